"""Settled at once: who is authorised accepts and returns in one visit; intake and result are both on record."""

from datetime import date, timedelta

import pytest
from intake.domain.settling import Authorisation, NotAuthorisedToSettleError
from suite.testing import signer

PROOF = "motcua-desk-authorisation"
RESULT = "Bản sao trích lục số 15/TLKS-BS"
TODAY = date(2026, 12, 7)


def stated(stage, **changed):
    """Return what identity states of the desk officer's authorisation."""
    claims = {"sub": "desk-1", "aud": PROOF, "number": "12/QĐ-UBND", "procedure": stage.PLAIN}
    claims |= {"agency": stage.HOA_LU, "until": "2027-12-31", **changed}
    return signer().sign(claims, timedelta(minutes=5))


async def checked(stage):
    """Hand a dossier in whose papers are all in order."""
    code = await stage.dossier(code=stage.PLAIN)
    items = [{"component": "to-khai", "verdict": "ok"}]
    assert (await stage.act(code, "checklist", method="PUT", items=items)).status_code == 200
    return code


async def settle(stage, code, statement=None, **more):
    body = {"statement": statement or stated(stage), "result": RESULT, **more}
    return await stage.act(code, "settlement", **body)


@pytest.mark.parametrize(
    "wrong",
    [{"officer": "o-2"}, {"procedure": "9"}, {"agency": "H42.102"}, {"today": TODAY + timedelta(days=1)}],
)
def test_r_int_15_it_covers_one_officer_the_named_procedure_the_own_agency_and_its_days(wrong):
    told = Authorisation("o-1", "12/QĐ", "1", "H42.101", TODAY)
    asked = {"officer": "o-1", "procedure": "1", "agency": "H42.101", "today": TODAY}
    told.must_cover(**asked)
    with pytest.raises(NotAuthorisedToSettleError):
        told.must_cover(**(asked | wrong))


async def test_r_int_13_settled_at_once_writes_intake_and_result_and_needs_no_receipt(stage):
    code = await checked(stage)
    done = await settle(stage, code)
    assert (done.status_code, done.json()["state"]) == (200, "returned")
    told = await stage.read(code, stage.citizen)
    assert [one["action"] for one in told["timeline"]] == ["submit", "accept", "settle"]
    last = told["timeline"][-1]
    assert (RESULT in last["reason"], "12/QĐ-UBND" in last["reason"]) == (True, True)
    assert "receipt" not in [one["kind"] for one in told["documents"]]
    facts = await stage.events(code)
    assert [type_ for type_, _ in facts[-2:]] == ["intake.dossier_accepted.v1", "intake.dossier_returned.v1"]
    accepted, returned = facts[-2][1], facts[-1][1]
    assert (accepted["state"], returned["state"]) == ("returned", "returned"), "no unit takes it up"
    assert (returned["way"], accepted["accepted_at"]) == ("counter", returned["returned_at"])
    assert (await settle(stage, code)).json()["code"] == "action-not-allowed"


async def test_r_int_14_who_asks_for_it_gets_the_receipt_of_an_instant_procedure_too(stage):
    code = await checked(stage)
    assert (await settle(stage, code, receipt=True)).json()["state"] == "returned"
    told = await stage.read(code, stage.citizen)
    assert "receipt" in [one["kind"] for one in told["documents"]]
    assert code in await stage.paper(code, "receipt", stage.desk())


async def test_r_int_15_without_an_authorisation_that_counts_it_is_refused_in_words(stage):
    code = await checked(stage)
    for statement in (
        "nothing",
        stated(stage, sub="desk-9"),
        stated(stage, aud="motcua-number"),
        stated(stage, procedure=stage.BIRTH),
        stated(stage, agency=stage.GIA_VIEN),
        stated(stage, until="2026-12-01"),
        signer().sign({"sub": "desk-1"}, timedelta(minutes=5)),
    ):
        refused = await settle(stage, code, statement)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised-to-settle")
        assert "ủy quyền" in refused.json()["detail"]
    told = await stage.read(code, stage.desk())
    assert (told["state"], told["timeline"][-1]["action"]) == ("submitted", "check")
    assert (await stage.act(code, "acceptance")).status_code == 200, "the way with forwarding stays"


async def test_r_int_15_what_stands_in_the_way_of_accepting_stands_in_the_way_of_settling(stage):
    code = await stage.dossier(code=stage.PLAIN)
    assert (await settle(stage, code)).json()["code"] == "components-unjudged"
