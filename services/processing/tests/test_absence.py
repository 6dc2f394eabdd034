"""Who is away: recorded with a substitute, who sees and takes over; nothing new is given to who is not there."""

from datetime import UTC, date, datetime

import pytest
from common.errors import InvalidInputError
from processing.domain.absence import Away, Colleague, check_days, check_substitute
from processing.models import Officer
from processing.usecases.announce_absences import announce_absences
from processing.usecases.flag_deadlines import flag_deadlines
from processing.usecases.remind_idle_officers import remind_idle_officers
from suite.testing import officer

CODE, SECOND = "H42.101-261207-0001", "H42.101-261207-0002"
ROOT = "/api/processing/agencies/H42.101"
WEEK = {"from_on": "2026-12-07", "to_on": "2026-12-11"}
WEDNESDAY = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)


async def post(stage, who, path, **body):
    async with stage.api(who) as http:
        return await http.post(ROOT + path, json=body)


async def away(stage, who="an", **changes):
    return await post(stage, who, "/absences", **(WEEK | changes))


async def listed(stage, who, which):
    return [one["code"] for one in (await stage.get(who, "/dossiers", filter=which)).json()["items"]]


@pytest.fixture
async def held(stage):
    """Give a stage where An has one dossier, and another is free."""
    await stage.accept(SECOND)
    assert (await stage.act("an", "claim")).status_code == 200
    return stage


async def test_r_int_21_dossiers_of_who_is_away_are_visible_to_the_substitute_and_the_head(held):
    assert (await held.get("binh", f"/dossiers/{CODE}")).status_code == 404
    recorded = await away(held, substitute_id="binh")
    assert recorded.status_code == 200, recorded.text
    assert (recorded.json()["officer"]["id"], recorded.json()["substitute"]["name"]) == (
        "an",
        "Hoàng Thị Bình",
    )
    for who in ("binh", "lan"):
        seen = (await held.get(who, f"/dossiers/{CODE}")).json()
        assert (seen["absent_until"], "transfer" in seen["actions"]) == ("2026-12-11", True), who
        assert (await listed(held, who, "absent"), (await listed(held, who, "all"))[0]) == ([CODE], CODE)
        assert (await held.get(who, "/dossiers/counts")).json()["lists"]["absent"] == 1
    assert (await listed(held, "an", "absent"), await listed(held, "mai", "absent")) == ([], [])
    refused = await held.propose("binh")
    assert refused.status_code == 404  # who stands in takes the dossier over first, in his own name
    held.now = datetime(2026, 12, 12, 2, 0, tzinfo=UTC)
    assert (await held.get("binh", f"/dossiers/{CODE}")).status_code == 404
    assert await listed(held, "lan", "absent") == []


async def test_r_int_21_the_substitute_takes_over_in_his_own_name_and_the_history_says_why(held):
    await away(held, substitute_id="binh")
    to_another = await held.act("binh", "transfer", officer_id="an", reason="Thay")
    assert (to_another.status_code, to_another.json()["code"]) == (403, "step-not-yours")
    taken = await held.act("binh", "transfer", officer_id="binh", reason="An nghỉ ốm, sắp đến hạn.")
    assert taken.status_code == 200, taken.text
    line = taken.json()["assignments"][-1]
    assert (line["way"], line["from_officer"]["id"], line["officer"]["id"]) == ("stood_in", "an", "binh")
    assert (await held.facts("processing.dossier_assigned.v1"))[-1]["officer_id"] == "binh"
    assert (await held.propose("binh")).status_code == 200


async def test_r_int_21_nothing_new_is_given_to_who_is_away(held):
    await away(held, substitute_id="binh")
    named = await held.act("lan", "assignment", SECOND, officer_id="an")
    assert (named.status_code, named.json()["code"]) == (409, "officer-absent")
    assert "11/12/2026" in named.json()["detail"]
    by_rule = (await held.act("lan", "assignment", SECOND)).json()
    assert by_rule["officer"]["id"] == "binh"
    colleagues = {one["id"]: one["absent_until"] for one in (await held.get("binh", "/colleagues")).json()}
    assert (colleagues["an"], colleagues["binh"]) == ("2026-12-11", None)
    [kept] = (await held.get("mai", "/absences")).json()
    assert (kept["endable"], kept["from_on"]) == (False, "2026-12-07")
    assert (await post(held, "binh", f"/absences/{kept['id']}/end")).status_code == 403
    assert (await post(held, "lan", f"/absences/{kept['id']}/end")).status_code == 200
    assert (await held.get("binh", f"/dossiers/{CODE}")).status_code == 404
    back = await held.act("lan", "assignment", SECOND, officer_id="an", reason="An đã đi làm lại.")
    assert back.json()["officer"]["id"] == "an"


@pytest.mark.parametrize(
    ("who", "changes", "refused"),
    [
        ("an", {}, "substitute-needed"),
        ("binh", {"from_on": "2026-12-10", "to_on": "2026-12-20"}, "stands-in"),
        (
            "an",
            {"from_on": "2026-12-30", "to_on": "2026-12-31", "substitute_id": "binh"},
            "substitute-absent",
        ),
        ("lan", {"officer_id": "cuc", "from_on": "2026-12-10", "to_on": "2026-12-10"}, "already-absent"),
        ("an", {"officer_id": "binh"}, "forbidden"),
        ("lan", {"officer_id": "stranger"}, "not-found"),
        ("lan", {"officer_id": "lan", "substitute_id": "an"}, "invalid-input"),
        ("an", {"substitute_id": "an"}, "invalid-input"),
        ("an", {"substitute_id": "mai"}, "invalid-input"),
        ("an", {"substitute_id": "stranger"}, "invalid-input"),
    ],
)
async def test_r_int_21_an_absence_that_would_leave_dossiers_alone_is_refused_in_plain_words(
    held, who, changes, refused
):
    for subject, agency in (("cuc", "H42.101"), ("stranger", "H42.102")):
        told = {"officer_id": subject, "display_name": subject, "agency": agency, "unit": "tu-phap-ho-tich"}
        told |= {"roles": ["specialist"], "active": True}
        await held.hear("identity.officer_changed.v1", told, subject)
    assert (await away(held, "lan", officer_id="cuc", substitute_id="binh")).status_code == 200
    later = {"from_on": "2026-12-29", "to_on": "2026-12-30"}
    assert (await away(held, "binh", **later)).status_code == 200
    answer = await away(held, who, **changes)
    assert answer.json()["code"] == refused, answer.text


async def test_who_is_away_is_not_reminded_and_starts_over_when_he_is_back(held):
    await held.get("an", "/dossiers/counts")
    await away(held, substitute_id="binh")

    async def told(day):
        now = datetime(2026, 12, day, 10, 31, tzinfo=UTC)
        await remind_idle_officers(held.database, now, held.rules.idle, held.rules.calendar)
        return [fact["tell"] for fact in await held.facts("processing.officer_idle.v1")]

    assert (await told(9), await told(11), await told(14)) == ([], [], [["an"]])


@pytest.mark.parametrize(("substitute", "told"), [("binh", "binh"), (None, None)])
async def test_r_int_21_of_who_is_away_the_substitute_is_reminded(held, substitute, told):
    if substitute:
        assert (await away(held, substitute_id=substitute, to_on="2026-12-31")).status_code == 200
    await flag_deadlines(held.database, datetime(2026, 12, 30, 2, 0, tzinfo=UTC))
    facts = [one for one in await held.facts("processing.dossier_overdue.v1") if one["code"] == CODE]
    assert [(one["officer_id"], one["substitute_id"]) for one in facts] == [("an", told)]


async def test_r_int_21_a_substitute_who_has_left_is_not_reminded(held):
    await away(held, substitute_id="binh", to_on="2026-12-31")
    async with held.database.sessions.begin() as session:
        (await session.get_one(Officer, "binh")).active = False
    await flag_deadlines(held.database, datetime(2026, 12, 30, 2, 0, tzinfo=UTC))
    facts = [one for one in await held.facts("processing.dossier_overdue.v1") if one["code"] == CODE]
    assert [one["substitute_id"] for one in facts] == [None]


async def test_r_acc_18_who_leads_one_unit_ends_no_absence_of_another(held):
    kept = (await away(held, substitute_id="binh")).json()
    end = f"{ROOT}/absences/{kept['id']}/end"
    for unit, status in (("another-unit", 404), ("tu-phap-ho-tich", 200)):
        leads = officer("agency_head", agency="H42.101", unit=unit, scope="unit", subject="lead")
        async with held.api(leads) as http:
            [row] = (await http.get(f"{ROOT}/absences")).json()
            assert (row["endable"], (await http.post(end, json={})).status_code) == (status == 200, status)


@pytest.mark.parametrize(("first", "last"), [("12-09", "12-08"), ("12-01", "12-04"), ("12-09", "12-10")])
def test_days_end_after_they_begin_and_not_in_the_past(first, last):
    year = 2027 if (first, last) == ("12-09", "12-10") else 2026
    away = Away("an", date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"{year}-{last}"), None)
    with pytest.raises(InvalidInputError):
        check_days(away, date(2026, 12, 7))


def test_only_who_does_the_same_work_stands_in():
    an = Colleague("H42.101", "tu-phap", ["specialist"], active=True)
    check_substitute(an, Colleague("H42.101", "tu-phap", ["specialist", "signer"], active=True))
    for other in (
        Colleague("H42.101", "dia-chinh", ["specialist"], active=True),
        Colleague("H42.102", "tu-phap", ["specialist"], active=True),
        Colleague("H42.101", "tu-phap", ["desk_officer"], active=True),
        Colleague("H42.101", "tu-phap", ["specialist"], active=False),
    ):
        with pytest.raises(InvalidInputError):
            check_substitute(an, other)


async def test_r_int_21_an_absence_and_its_end_are_told_for_whoever_writes_to_officers(held):
    await away(held, substitute_id="binh")
    [kept] = (await held.get("lan", "/absences")).json()
    for _ in range(2):
        assert (await post(held, "lan", f"/absences/{kept['id']}/end")).status_code == 200
    began, ended = await held.facts("processing.absence_changed.v1")
    same = {"absence_id": kept["id"], "officer_id": "an", "substitute_id": "binh", "agency": "H42.101"}
    assert all(fact[name] == said for fact in (began, ended) for name, said in same.items())
    assert [(one["aggregate_version"], one["ended"]) for one in (began, ended)] == [(1, False), (2, True)]
    async with held.database.sessions() as session:
        [again] = await announce_absences(session, "", 10)
        assert await announce_absences(session, again.key, 10) == []
    [fact] = again.facts
    assert fact.model_dump(mode="json") == ended
