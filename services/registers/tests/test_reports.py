"""Somebody reports that something does not work: a ticket with a state, an alarm where it is urgent, who leads."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from common.ids import uuid7
from common.inbox import Meta
from registers.adapters.book_files import declared_books
from registers.domain.book import book_problems
from registers.domain.leading import lead_of
from registers.main import create_app, suggested_by
from registers.settings import Settings
from registers.subscribers import subscriptions
from registers_stage import BOOKS, INCIDENT, enter
from suite.check.shapes import fact
from suite.testing import citizen, client, officer, outbox_events

REPORTS = "/api/registers/reports"
SAID: dict[str, Any] = {"part": "payment", "what": "Trang thanh toán không mở được.", "urgent": True}
LOST = "identity.control_lost.v1"


async def report(http: Any, **changes: Any) -> Any:
    body = {"values": {**SAID, **changes}}
    return await http.post(REPORTS, json=body, headers={"Idempotency-Key": str(uuid7())})


async def alarms(database: Any) -> list[bool]:
    async with database.sessions() as session:
        events = await outbox_events(session)
    return [data["alarm"] for type_, data in events if type_ == "registers.entry_opened.v1"]


async def test_r_ops_05_a_user_reports_gets_a_number_and_sees_what_came_of_it(app, web, database):
    async with client(app, citizen()) as http:
        assert (await http.get(REPORTS)).json()["items"] == []
        made = (await report(http)).json()
        assert (made["number"], made["state"]) == ("BSC-2026-0001", "open")
        asked = (await http.get(REPORTS)).json()["opening"]["pages"][0]["fields"]
    assert [one["name"] for one in asked] == ["part", "what", "urgent"]
    assert await alarms(database) == [True]
    async with web() as http:
        place = f"{BOOKS}/reports/entries/{made['number']}"
        entry = (await http.get(place)).json()
        end = {
            "version": entry["version"],
            "values": {"answer": "Đã sửa lúc 9 giờ.", "incident": "SC-2026-0001"},
        }
        assert (await http.post(f"{place}/closing", json=end)).status_code == 201
    async with client(app, citizen()) as http:
        [mine] = (await http.get(REPORTS)).json()["items"]
    assert (mine["state"], mine["answer"]) == ("closed", "Đã sửa lúc 9 giờ.")
    stranger = citizen("018f0000-0000-7000-8000-000000000009")
    async with client(app, stranger) as http:
        assert (await http.get(REPORTS)).json()["items"] == []


async def test_r_ops_05_an_agencys_report_names_the_agency_whatever_is_typed(app, web, database):
    async with client(app, officer("specialist", agency="H42.15", scope="agency")) as http:
        made = (await report(http, agency="H42.99", urgent=False)).json()
    async with web() as http:
        entry = (await http.get(f"{BOOKS}/reports/entries/{made['number']}")).json()
    assert entry["values"]["agency"] == "H42.15"
    assert await alarms(database) == [False]


async def test_r_ops_05_nothing_is_reported_without_words_or_by_nobody(app):
    async with client(app, citizen()) as http:
        refused = await report(http, what="")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "what")
    async with client(app) as http:
        assert (await report(http)).status_code == 401


async def test_r_ops_05_an_urgent_incident_and_one_of_security_alarm_and_others_do_not(web, database):
    async with web() as http:
        for severity, nature in (("urgent", "technical"), ("minor", "security"), ("major", "technical")):
            await enter(http, severity=severity, nature=nature)
    assert await alarms(database) == [True, True, False]


def test_an_alarm_for_an_answer_that_nobody_can_give_is_told():
    source = {
        "prefix": "TH",
        "name": {"vi": "Thử", "en": "Try"},
        "source": "NB Đ.8",
        "reads": "operations.read",
        "keeps": "operations.keep",
        "opening": [{"name": "urgent", "widget": "yes_no", "label": {"vi": "Khẩn", "en": "Urgent"}}],
        "alarms": {"urgent": ["maybe"]},
    }
    assert book_problems(source) == ["maybe is no answer to urgent"]
    assert book_problems({**source, "alarms": {"urgent": [True]}}) == []


async def heard(database: Any, **changes: Any) -> None:
    listening = subscriptions(declared_books())
    told = {
        "account_id": "018f0000-0000-7000-8000-0000000000aa",
        "kind": "citizen",
        "agency": None,
        **changes,
    }
    at = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    meta = Meta(uuid.uuid4(), LOST, at, told["agency"], told["account_id"], 1)
    event = listening[LOST].model.model_validate(fact(LOST, told))
    async with database.sessions.begin() as session:
        await listening[LOST].handler(session, [(event, meta)])


@pytest.mark.parametrize(("agency", "lead"), [("H42.15", "agency_it"), (None, "operator")])
async def test_r_acc_15_an_account_that_was_lost_opens_an_incident_for_who_sees_to_it(
    web, database, agency, lead
):
    await heard(database, agency=agency, kind="officer" if agency else "citizen")
    async with web() as http:
        [row] = (await http.get(f"{BOOKS}/incidents/entries")).json()["items"]
        entry = (await http.get(f"{BOOKS}/incidents/entries/{row['number']}")).json()
        assert (await http.get("/api/registers/notices")).json()["items"] == []
    values = entry["values"]
    assert (values["lead"], values["nature"], values.get("agency")) == (lead, "security", agency)
    assert (entry["state"], entry["began_at"]) == ("open", "2026-11-21T01:30:00Z")
    assert await alarms(database) == [True]


@pytest.mark.parametrize(
    ("profile", "lead"),
    [
        ("ninh-binh", "dic"),
        ("thai-nguyen", "dic"),
        ("ha-nam", "dic"),
        ("binh-dinh", "office"),
        ("quang-tri", "office"),
        ("national-2026", "operator"),
    ],
)
def test_r_ops_06_who_leads_is_suggested_as_the_province_says(profile, lead):
    assert suggested_by(profile) == {"lead": lead}
    choices = {one.value for one in declared_books()["incidents"].opening.questions["lead"].choices}
    assert lead in choices


@pytest.mark.parametrize(
    ("bodies", "lead"),
    [
        ([], "operator"),
        (["ubnd"], "operator"),
        (["ict_centre@technical"], "technical_unit"),
        (["agencies"], "agency_it"),
    ],
)
def test_r_ops_06_a_body_nobody_knows_here_leaves_the_operator(bodies, lead):
    assert lead_of(bodies) == lead


async def test_r_ops_06_each_incident_has_its_lead_and_a_hand_over_is_logged_with_who_when_and_why(database):
    app = create_app(Settings(profile="binh-dinh"), database)
    async with client(app, officer("operator", scope="province")) as http:
        assert (await http.get(f"{BOOKS}/incidents")).json()["suggested"] == {"lead": "office"}
        missing = {key: said for key, said in INCIDENT.items() if key != "lead"} | {"began_on": "2026-11-01"}
        body = {"values": missing}
        refused = await http.post(f"{BOOKS}/incidents/entries", json=body, headers={"Idempotency-Key": "a-1"})
        assert [one["field"] for one in refused.json()["errors"]] == ["lead"]
        opened = await enter(http, began_on="2026-11-01", lead="office", nature="security")
        change = {
            "version": opened["version"],
            "values": {"lead": "police"},
            "reason": "Có dấu hiệu tội phạm",
        }
        place = f"{BOOKS}/incidents/entries/{opened['number']}/corrections"
        told = (await http.post(place, json=change)).json()
    line = told["lines"][-1]
    assert (line["kind"], line["reason"], bool(line["by"]), bool(line["at"])) == (
        "corrected",
        "Có dấu hiệu tội phạm",
        True,
        True,
    )
    [change] = line["changes"]
    assert (change["before"], change["after"]) == (
        "Văn phòng UBND tỉnh",
        "Công an tỉnh (an toàn thông tin)",
    )
