"""Publication decisions, the requests agencies owe after them, and the changes agencies ask for."""

from datetime import UTC, date, datetime

import pytest
import pytest_asyncio
from catalog import main
from catalog.domain.changes import ChangeDeed, ChangeKind, ItemDeed
from catalog.domain.editors import Editor
from catalog.domain.errors import (
    CalendarEndedError,
    DecisionDiffersError,
    DecisionMissingError,
    RequesterNotCompetentError,
    RequestNotWaitingError,
    UnknownChangeRequestError,
)
from catalog.models import Agency, AgencyLevel, ChangeClock, ChangeRequest
from catalog.queries.changes import change_requests, clocks_of
from catalog.settings import Settings
from catalog.usecases.flag_change_requests import flag_change_requests
from catalog.usecases.register_decision import Decided, register_decision
from catalog.usecases.send_change_request import Wanted, file_change_request, send_change_request
from catalog.usecases.settle_change_request import settle_change_request
from common.errors import ForbiddenError, InvalidInputError
from regulation.zone import local
from sqlalchemy import select
from suite.testing import client, officer, outbox_events

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BY = Editor("editor-1", "H42")
WARD, OTHER = "H42.101", "H42.102"
HEAD = officer("agency_head", agency=WARD, subject="head")
CENTRE = officer("coordinator", agency="H42.01", scope="province", subject="centre")
EDITOR = officer("catalogue_editor", agency="H42", scope="province", subject="editor")
OPERATOR = officer("operator", agency="H42", scope="province", subject="operator")
# The 24th of November is a holiday, so every limit from the 20th on passes over it.
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
BIRTH = Decided("1.001193", "Thủ tục đăng ký khai sinh", ItemDeed.AMEND, WARD)


def rules(profile="ninh-binh"):
    return main.change_rules(Settings(profile=profile))


async def registered(session, *items, effective_on=date(2026, 12, 1), profile="ninh-binh", **more):
    said = "15/QĐ-UBND", date(2026, 11, 18), effective_on, items or (BIRTH,)
    return await register_decision(session, *said, **{"rules": rules(profile), "by": BY, "now": NOW, **more})


async def owed(session, agency=WARD):
    return (await session.scalars(select(ChangeRequest).where(ChangeRequest.agency == agency))).one()


async def clock(session, request):
    return (await clocks_of(session, [request.id]))[request.id][-1]


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_cat_15_a_registered_decision_makes_the_responsible_agency_owe_a_request(session, profile):
    await registered(session, BIRTH, Decided("1.000894", "Kết hôn", ItemDeed.REPEAL, OTHER), profile=profile)
    request = await owed(session)
    assert (request.state, request.procedures, request.document_number) == (
        "owed",
        ["1.001193"],
        "15/QĐ-UBND",
    )
    running = await clock(session, request)
    assert (running.waits_for, local(running.due_at).date()) == ("request", date(2026, 12, 1))
    assert (await owed(session, OTHER)).procedures == ["1.000894"]


async def test_r_cat_15_on_a_day_off_it_is_due_on_the_working_day_before(session):
    await registered(session, effective_on=date(2026, 11, 22))
    assert local((await clock(session, await owed(session))).due_at).date() == date(2026, 11, 20)


async def test_r_cat_15_the_same_decision_again_adds_procedures_and_never_contradicts_itself(session):
    first = await registered(session)
    again = await registered(session, BIRTH, Decided("1.000894", "Kết hôn", ItemDeed.AMEND, WARD))
    assert (first.id, (await owed(session)).procedures) == (again.id, ["1.001193", "1.000894"])
    with pytest.raises(DecisionDiffersError):
        await registered(session, effective_on=date(2026, 12, 2))
    with pytest.raises(DecisionDiffersError):
        await registered(session, Decided("1.001193", "Tên khác", ItemDeed.AMEND, WARD))
    with pytest.raises(InvalidInputError):
        await registered(session, effective_on=date(2026, 11, 17))
    with pytest.raises(CalendarEndedError):
        await registered(session, effective_on=date(2150, 1, 1))


async def test_r_cat_15_what_was_not_sent_by_the_effective_day_is_flagged_once_and_told(session):
    await registered(session)
    request = await owed(session)
    assert await flag_change_requests(session, datetime(2026, 12, 1, 3, 0, tzinfo=UTC)) == 0
    late = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert [await flag_change_requests(session, late) for _ in range(2)] == [1, 0]
    assert (await clock(session, request)).overdue_at == late
    told = [data for name, data in await outbox_events(session) if name == "catalog.request_overdue.v1"]
    assert [(one["agency"], one["requester"], one["waits_for"], one["document_number"]) for one in told] == [
        (WARD, WARD, "request", "15/QĐ-UBND")
    ]
    await send_change_request(
        session, request.id, "Sửa lệ phí", seen=request.version, rules=rules(), caller=HEAD, now=late
    )
    first = (await clocks_of(session, [request.id]))[request.id][0]
    assert (first.overdue_at, first.ended_at, first.late(late)) == (late, late, True)


WANTED = Wanted(ChangeKind.PROCEDURES, "12/CV-UBND", date(2026, 11, 19), "Sửa thời hạn", ("1.001193",))


@pytest.mark.parametrize(
    ("profile", "due"),
    [
        ("ninh-binh", "2026-12-07"),
        ("thai-nguyen", "2026-11-27"),
        ("binh-dinh", "2026-12-07"),
        ("quang-tri", "2026-12-04"),
    ],
)
async def test_r_cat_14_a_request_is_carried_out_within_the_profiles_time(session, profile, due):
    request = await file_change_request(session, WANTED, rules=rules(profile), caller=HEAD, now=NOW)
    running = await clock(session, request)
    assert (request.state, running.waits_for) == ("requested", "update")
    assert f"{local(running.due_at):%Y-%m-%d}" == due


async def test_r_cat_14_the_editor_takes_it_and_says_what_was_done_and_the_agency_sees_it(session):
    request = await file_change_request(session, WANTED, rules=rules(), caller=HEAD, now=NOW)
    go = {"rules": rules(), "now": NOW}
    with pytest.raises(ForbiddenError):
        await settle_change_request(
            session, request.id, ChangeDeed.TAKE, "", seen=request.version, caller=OPERATOR, **go
        )
    await settle_change_request(
        session, request.id, ChangeDeed.TAKE, "", seen=request.version, caller=EDITOR, **go
    )
    await settle_change_request(
        session,
        request.id,
        ChangeDeed.COMPLETE,
        "Đã công bố phiên bản 3",
        seen=request.version,
        caller=EDITOR,
        **go,
    )
    rows, total = await change_requests(session, HEAD, ended=True, page=1)
    assert [(row.state, row.answer, total) for row in rows] == [("done", "Đã công bố phiên bản 3", 1)]
    assert (await clock(session, request)).ended_at == NOW
    with pytest.raises(RequestNotWaitingError):
        await settle_change_request(
            session, request.id, ChangeDeed.RETURN, "x", seen=request.version, caller=EDITOR, **go
        )


async def test_r_cat_14_what_is_returned_is_owed_again_by_the_same_day(session):
    await registered(session)
    request, go = await owed(session), {"rules": rules(), "now": NOW}
    await send_change_request(session, request.id, "Sửa", seen=request.version, caller=HEAD, **go)
    await settle_change_request(
        session, request.id, ChangeDeed.RETURN, "Thiếu mẫu đơn", seen=request.version, caller=EDITOR, **go
    )
    running = await clock(session, request)
    assert (request.state, request.answer, running.waits_for) == ("returned", "Thiếu mẫu đơn", "request")
    assert local(running.due_at).date() == date(2026, 12, 1)
    await send_change_request(session, request.id, "Đã bổ sung", seen=request.version, caller=HEAD, **go)
    assert (request.state, request.content) == ("requested", "Đã bổ sung")


async def test_r_cat_14_nobody_sees_or_sends_what_another_agency_owes(session):
    await registered(session)
    request, stranger = await owed(session), officer("agency_head", agency=OTHER, subject="other")
    assert await change_requests(session, stranger, ended=False, page=1) == ([], 0)
    go = {"seen": request.version, "rules": rules(), "now": NOW}
    with pytest.raises(UnknownChangeRequestError):
        await send_change_request(session, request.id, "x", caller=stranger, **go)
    with pytest.raises(ForbiddenError):
        await send_change_request(session, request.id, "x", caller=CENTRE, **go)


LISTED = Wanted(ChangeKind.AGENCIES, "3/NQ-HĐND", date(2026, 11, 19), "Đổi tên xã", level="commune")


async def test_r_cat_03_the_list_is_changed_by_the_operator_within_seven_working_days_and_flagged(session):
    request = await file_change_request(session, LISTED, rules=rules(), caller=HEAD, now=NOW)
    running = await clock(session, request)
    assert f"{local(running.due_at):%Y-%m-%d}" == "2026-12-02"
    await settle_change_request(
        session,
        request.id,
        ChangeDeed.TAKE,
        "",
        seen=request.version,
        rules=rules(),
        caller=OPERATOR,
        now=NOW,
    )
    assert await flag_change_requests(session, datetime(2026, 12, 3, 3, 0, tzinfo=UTC)) == 1
    [told] = [data for name, data in await outbox_events(session) if name == "catalog.request_overdue.v1"]
    assert (told["kind"], told["waits_for"], told["agency"]) == ("agencies", "update", None)


@pytest.mark.parametrize(
    "missing", [{"document_number": None}, {"document_number": " "}, {"document_on": None}]
)
async def test_r_cat_03_a_request_without_number_or_date_of_the_document_is_rejected(session, missing):
    wanted = Wanted(**{**vars(LISTED), **missing})
    with pytest.raises(DecisionMissingError):
        await file_change_request(session, wanted, rules=rules(), caller=HEAD, now=NOW)


@pytest.mark.parametrize(
    ("level", "caller", "allowed"),
    [
        ("province", CENTRE, True),
        ("province", HEAD, False),
        ("commune", HEAD, True),
        ("commune", CENTRE, False),
    ],
)
async def test_r_cat_03_the_centre_asks_for_provincial_agencies_a_committee_for_the_others(
    session, level, caller, allowed
):
    asked = file_change_request(
        session, Wanted(**{**vars(LISTED), "level": level}), rules=rules(), caller=caller, now=NOW
    )
    if allowed:
        assert (await asked).state == "requested"
    else:
        with pytest.raises(RequesterNotCompetentError):
            await asked


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document_on": date(2026, 11, 21)}, "document_on"),
        ({"level": "district"}, "level"),
        ({"level": None}, "level"),
    ],
)
async def test_a_request_that_names_a_day_to_come_or_a_level_that_is_no_more_is_refused(
    session, changed, field
):
    with pytest.raises(InvalidInputError) as refused:
        await file_change_request(
            session, Wanted(**{**vars(LISTED), **changed}), rules=rules(), caller=HEAD, now=NOW
        )
    assert [problem.field for problem in refused.value.problems()] == [field]
    assert (await session.scalars(select(ChangeClock))).all() == []


@pytest_asyncio.fixture(loop_scope="session")
async def app(fresh_database, tmp_path):
    database = await fresh_database("catalog")
    async with database.sessions.begin() as session:
        session.add(AgencyLevel(id="commune", name="Cấp xã", name_en="Commune", rank=3, valid_from=TODAY))
        await session.flush()
        session.add_all(
            Agency(code=code, name=code, level="commune", valid_from=TODAY) for code in (WARD, OTHER)
        )
    application = main.create_app(Settings(profile="ninh-binh", files_url=f"file://{tmp_path}"), database)
    application.state.now = lambda: NOW
    return application


async def test_r_cat_14_the_agency_and_the_editor_see_state_due_date_and_its_reason_over_http(app):
    body = {
        "kind": "procedures",
        "document_number": "77/QĐ-UBND",
        "document_on": "2026-11-19",
        "content": "Sửa thời hạn",
        "procedures": ["1.001193"],
    }
    async with client(app, HEAD) as agency, client(app, EDITOR) as editor:
        key = {"Idempotency-Key": "change-1"}
        filed = (await agency.post("/api/catalog/change-requests", json=body, headers=key)).json()
        again = (await agency.post("/api/catalog/change-requests", json=body, headers=key)).json()
        seen = (await editor.get(f"/api/catalog/change-requests/{filed['id']}")).json()
        taking = {"version": filed["version"]}
        taken = await editor.post(f"/api/catalog/change-requests/{filed['id']}/taking", json=taking)
        listed = (await agency.get("/api/catalog/change-requests")).json()
    assert (filed["id"], filed["state_label"], filed["actions"]) == (again["id"], "Đã gửi, chờ nhận", [])
    assert (seen["actions"], seen["due_at"][:10], seen["overdue"]) == (
        ["taking", "return"],
        "2026-12-07",
        False,
    )
    assert "NB Đ.11.2.b" in seen["why_then"]
    assert (taken.status_code, taken.json()["actions"]) == (200, ["completion", "return"])
    assert (listed["may_file"], [one["state"] for one in listed["items"]]) == (True, ["in_work"])


async def test_r_cat_15_a_decision_is_registered_and_listed_over_http(app):
    item = {"procedure": "1.001193", "name": "Thủ tục đăng ký khai sinh", "deed": "amend", "agency": OTHER}
    body = {"number": "88/QĐ-UBND", "signed_on": "2026-11-18", "effective_on": "2026-12-01", "items": [item]}
    async with client(app, EDITOR) as editor:
        made = await editor.post(
            "/api/catalog/publication-decisions", json=body, headers={"Idempotency-Key": "d-1"}
        )
        listed = (await editor.get("/api/catalog/publication-decisions")).json()
        wrong = {**body, "number": "89/QĐ", "items": [{**item, "agency": "H42.999"}]}
        refused = await editor.post(
            "/api/catalog/publication-decisions", json=wrong, headers={"Idempotency-Key": "d-2"}
        )
    assert (made.status_code, made.json() in listed["items"], refused.status_code) == (201, True, 404)
    assert made.json()["items"][0]["deed_label"] == "Sửa đổi, bổ sung"
