"""What came on paper during an outage is written down afterwards, confirmed, and due from its real time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
DOWN, UP = datetime(2026, 12, 4, 1, tzinfo=UTC), datetime(2026, 12, 4, 4, tzinfo=UTC)  # Friday morning
RECEIVED = DOWN + timedelta(hours=2)
COUNTER = "/api/intake/counter"


async def outage(stage, number, ended_at=UP, book="incidents", version=1, began_at=DOWN, **more):
    told = {"book": book, "number": number, "began_at": began_at.isoformat(), **more}
    told["ended_at"] = ended_at.isoformat() if ended_at else None
    await stage.hear("registers.entry_opened.v1", told, version)


async def enter(stage, late, caller=None, **more):
    """Write a paper dossier down afterwards."""
    caller = caller or stage.desk()
    async with stage.client(caller) as web:
        body = {"procedure_code": stage.PLAIN}
        draft = (await web.post(f"{COUNTER}/drafts", json=body, headers=stage.key())).json()
        typed = {"answers": stage.ANSWERS, "version": draft["version"]}
        assert (await web.patch(f"{COUNTER}/drafts/{draft['id']}", json=typed)).status_code == 200
        body = {"draft_id": draft["id"], "way": "desk", "confirmation": "signature", "late": late}
        body |= {"declaration_accepted": True, "declaration_version": "1", **more}
        return await web.post(f"{COUNTER}/dossiers", json=body, headers=stage.key())


def paper(number, outage="SC-1", at=RECEIVED):
    return {"received_at": at.isoformat(), "outage": outage, "form_number": number}


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_int_20_the_due_date_runs_from_the_real_receipt_and_a_second_person_confirms(
    make_stage, profile
):
    stage = await make_stage(profile)
    await outage(stage, "SC-1")
    entered = await enter(stage, paper(f"P-{profile}"))
    assert entered.status_code == 201, entered.text
    code, second = entered.json()["code"], stage.desk(subject="desk-2")
    told = await stage.read(code, second)
    assert datetime.fromisoformat(told["agencies"]["received_at"]) == RECEIVED
    assert (told["entry"]["late"], told["entry"]["late_waits"]) == (True, True)
    items = [{"component": "to-khai", "verdict": "ok"}]
    assert (await stage.act(code, "checklist", method="PUT", items=items)).status_code == 200
    waits = await stage.act(code, "acceptance")
    assert (waits.status_code, waits.json()["code"]) == (409, "late-entry-not-confirmed")
    own = await stage.act(code, "late-confirmation")
    assert (own.status_code, own.json()["code"]) == (403, "late-entry-second-person")
    listed = (await stage.get("desk/late-entries", second)).json()
    assert [one["form_number"] for one in listed["items"] if one["code"] == code] == [f"P-{profile}".upper()]
    assert "SC-1" in [one["number"] for one in listed["outages"]]
    assert (await stage.act(code, "late-confirmation", second)).status_code == 200
    assert (await stage.act(code, "late-confirmation", second)).status_code == 409
    assert (await stage.act(code, "acceptance")).status_code == 200
    accepted = await stage.read(code, second)
    assert datetime.fromisoformat(accepted["accepted_at"]) == RECEIVED
    plain = await stage.dossier(code=stage.PLAIN)
    assert (await stage.act(plain, "checklist", method="PUT", items=items)).status_code == 200
    assert (await stage.act(plain, "acceptance")).status_code == 200
    assert accepted["due"]["due_at"] < (await stage.read(plain))["due"]["due_at"]
    assert "nhập bù theo phiếu giấy số" in await stage.paper(code, "cover", second)
    [submitted, accepted_fact] = [fact for _, fact in await stage.events(code)]
    assert datetime.fromisoformat(submitted["submitted_at"]) == RECEIVED
    assert datetime.fromisoformat(accepted_fact["accepted_at"]) == RECEIVED
    pool = await stage.database.pool()
    steps = await pool.fetch("select at from step where dossier_code = $1", code)
    assert {step["at"] for step in steps} == {stage.now}, "the history says when it was really written down"


async def test_r_ops_09_only_what_came_during_a_declared_outage_is_written_down_late(stage):
    await outage(stage, "SC-2")
    await outage(stage, "KK-2", book="difficulties")
    for late in (
        paper("F-1", "SC-2", DOWN - timedelta(minutes=1)),
        paper("F-2", "SC-2", UP + timedelta(minutes=1)),
        paper("F-3", "SC-2", stage.now + timedelta(hours=1)),
        paper("F-4", "SC-404"),
        paper("F-5", "KK-2"),
    ):
        refused = await enter(stage, late)
        assert (refused.status_code, refused.json()["code"]) == (422, "outside-outage"), late
    await outage(stage, "SC-3", None)
    future = await enter(stage, paper("F-6", "SC-3", stage.now + timedelta(minutes=1)))
    assert future.json()["code"] == "outside-outage", "an outage that goes on ends now"
    assert (await enter(stage, paper("F-7", "SC-3", stage.now))).status_code == 201


async def test_r_int_20_two_officers_at_once_write_one_form_down_once_and_confirm_once(stage):
    await outage(stage, "SC-4")
    callers = (stage.desk(), stage.desk(subject="desk-2"))
    both = await asyncio.gather(*(enter(stage, paper("G-1", "SC-4"), one) for one in callers))
    assert sorted(one.status_code for one in both) == [201, 409]
    [lost] = [one.json()["code"] for one in both if one.status_code == 409]
    assert lost == "late-form-taken"
    elsewhere = await enter(stage, paper("G-1", "SC-4"), stage.desk(stage.GIA_VIEN, subject="desk-5"))
    assert elsewhere.status_code == 201, "each desk has its own pre-printed numbers"
    code = (await enter(stage, paper("G-2", "SC-4"))).json()["code"]
    version = (await stage.read(code, stage.desk()))["version"]
    seconds = [stage.desk(subject=f"desk-{n}") for n in (6, 7)]
    told = await asyncio.gather(
        *(stage.act(code, "late-confirmation", one, version=version) for one in seconds)
    )
    assert sorted(one.status_code for one in told) == [200, 409]


async def test_r_int_20_where_the_regulation_provides_for_none_nothing_is_written_down_late(stage):
    await outage(stage, "SC-5")
    rules = stage.means.rules
    object.__setattr__(rules, "backfill", False)
    refused = await enter(stage, paper("H-1", "SC-5"))
    assert (refused.status_code, refused.json()["code"]) == (403, "late-entry-off")
    assert (await stage.get("desk/late-entries", stage.desk())).json()["outages"] == []


async def test_r_int_20_one_paper_form_is_written_down_once_however_its_number_is_typed(stage):
    await outage(stage, "SC-6")
    assert (await enter(stage, paper("P-007", "SC-6"))).status_code == 201
    for typed in (" P-007", "p-007", "P-0\u200b07", "P\u2010007", "\uff30-007", "P-007\u202e"):
        again = await enter(stage, paper(typed, "SC-6"))
        assert (again.status_code, again.json()["code"]) == (409, "late-form-taken"), ascii(typed)
    for nothing in ("   ", "\u200b", "7" * 41):
        refused = await enter(stage, paper(nothing, "SC-6"))
        assert refused.status_code == 422, "a form without a number, or with none that is printed"


async def test_r_int_20_only_what_kept_desks_from_receiving_is_an_outage(stage):
    await outage(stage, "SC-7", touches=["notices"])
    await outage(stage, "SC-8", touches=["information", "submission"])
    listed = [one["number"] for one in (await stage.get("desk/late-entries", stage.desk())).json()["outages"]]
    assert ("SC-7" in listed, "SC-8" in listed) == (False, True)
    refused = await enter(stage, paper("K-1", "SC-7"))
    assert (refused.status_code, refused.json()["code"]) == (422, "outside-outage")
    assert (await enter(stage, paper("K-2", "SC-8"))).status_code == 201
    await outage(stage, "SC-7", touches=["submission"], version=2)
    assert (await enter(stage, paper("K-3", "SC-7"))).status_code == 201, "corrected to a part that does"


async def test_r_int_20_what_was_received_long_ago_is_not_written_down_any_more(stage):
    long_ago = stage.now - timedelta(days=200)
    await outage(stage, "SC-9", None, began_at=long_ago)
    old = await enter(stage, paper("L-1", "SC-9", stage.now - timedelta(days=32)))
    assert (old.status_code, old.json()["code"]) == (422, "late-entry-too-late")
    assert (await enter(stage, paper("L-2", "SC-9", stage.now - timedelta(days=30)))).status_code == 201
