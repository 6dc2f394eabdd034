"""The provincial centre looks at every desk and touches none, unless it was given the desk of an agency."""

import pytest
from suite.testing import officer

CENTRE, ACTS = "H42.90", ("acceptance", "refusal", "redirection", "supplement-requests", "checklist")


def coordinator(*more, agency=CENTRE):
    return officer("coordinator", *more, agency=agency, unit="mot-cua", scope="province", subject="centre-1")


async def waiting(stage, who, agencies):
    seen = set()
    for agency in agencies:
        row = await stage.dossier(agency=agency)
        found = await stage.get("desk/dossiers", who, q=row)
        seen |= {one["receiving_point"] for one in found.json()["items"]}
    return seen


async def test_r_int_23_the_coordinator_sees_the_queues_of_all_desks(stage):
    both = (stage.HOA_LU, stage.GIA_VIEN)
    assert await waiting(stage, coordinator(), both) == {*both}
    before = (await stage.get("desk/counts", coordinator())).json()["lists"]["to_check"]
    await stage.dossier(agency=stage.GIA_VIEN)
    assert (await stage.get("desk/counts", coordinator())).json()["lists"]["to_check"] == before + 1
    assert (await stage.get("desk/dossiers", coordinator(), list="to_check")).status_code == 200
    assert await waiting(stage, stage.desk(stage.GIA_VIEN), both) == {stage.GIA_VIEN}


async def test_r_int_23_what_the_coordinator_sees_is_read_only(stage):
    code = await stage.dossier()
    assert (await stage.read(code, coordinator()))["actions"] == []
    for act in ACTS:
        body = {
            "version": 1,
            "reason": "x",
            "guidance": "x",
            "legal_basis": "x",
            "competent_agency": "H42.102",
        }
        method = "PUT" if act == "checklist" else "POST"
        answer = await stage.act(code, act, coordinator(), method, **body)
        assert answer.status_code == 403, act
    assert (await stage.read(code))["state"] == "submitted"


@pytest.mark.parametrize("own", [True, False])
async def test_r_int_23_given_the_desk_of_an_agency_the_centre_receives_and_returns_for_it_alone(stage, own):
    agency = stage.HOA_LU if own else stage.GIA_VIEN
    centre = coordinator("desk_officer", agency=stage.HOA_LU)
    code = await stage.dossier(agency=agency)
    judged = await stage.judged(code, centre)
    accepted = await stage.act(code, "acceptance", centre)
    assert (judged.status_code, accepted.status_code) == ((200, 200) if own else (404, 404))
    if own:
        await stage.finish(code, state="rejected")
        returned = await stage.act(code, "handover", centre, way="counter")
        assert returned.json()["state"] == "returned", returned.text
