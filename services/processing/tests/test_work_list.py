"""Work lists, deadlines and reminders: what officers see at login and what happens when time runs out."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from procedures import Step
from processing.domain.assignment import least_loaded
from processing.domain.search import Sought, read_query
from processing.models import Dossier
from processing.usecases.flag_deadlines import flag_deadlines
from processing.usecases.remind_idle_officers import idle_since, remind_idle_officers
from regulation.calendar import national
from regulation.clock.by_profile import calendar_of, term_of
from regulation.profiles import load
from suite.testing import captured_logs

CODE = "H42.101-261207-0001"
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local time of December 2026 in UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


async def codes(stage, caller, **query) -> list[str]:
    return [one["code"] for one in (await stage.get(caller, "/dossiers", **query)).json()["items"]]


async def test_r_prc_05_due_date_remaining_time_and_lateness_are_shown_on_the_working_calendar(stage):
    stage.now = at(7, 11, 0)
    for caller in ("an", "lan"):
        shown = (await stage.get(caller, f"/dossiers/{CODE}")).json()
        assert shown["due_at"] == "2026-12-07T10:30:00Z"
        assert (shown["remaining_minutes"], shown["overdue"], shown["urgency"]) == (270, False, "plenty")
    stage.now = at(7, 16, 0)  # the step at hand is late, the dossier is not
    assert (await stage.get("an", f"/dossiers/{CODE}")).json()["overdue"] is False
    stage.now = at(8, 8, 0)
    late = (await stage.get("lan", f"/dossiers/{CODE}")).json()
    assert (late["remaining_minutes"], late["overdue"], late["urgency"]) == (-30, True, "overdue")
    coordinator = stage.who("lan", roles=["coordinator"], agency="H42", scope="province")
    assert (await stage.get(coordinator, f"/dossiers/{CODE}")).json()["overdue"] is True


async def test_r_prc_05_a_reminder_comes_once_before_the_due_time_and_a_flag_once_after_it(stage):
    assert await flag_deadlines(stage.database, at(7, 15, 37)) == 0
    assert (
        await flag_deadlines(stage.database, at(7, 15, 38)) == 1
    )  # 25 % of the 450 working minutes are left
    assert await flag_deadlines(stage.database, at(7, 15, 39)) == 0
    assert len(await stage.facts("processing.dossier_due_soon.v1")) == 1
    assert await flag_deadlines(stage.database, at(7, 17, 30)) == 0
    assert await flag_deadlines(stage.database, at(7, 17, 31)) == 1
    assert await flag_deadlines(stage.database, at(7, 17, 32)) == 0
    [fact] = await stage.facts("processing.dossier_overdue.v1")
    assert (fact["due_at"], fact["code"]) == ("2026-12-07T10:30:00Z", CODE)


async def test_a_flag_does_not_disturb_an_officer_at_work(stage):
    await stage.act("an", "claim")
    seen = await stage.version()
    await flag_deadlines(stage.database, at(8, 8))
    assert (
        await stage.act("an", "proposal", version=seen, outcome="grant", content="Đồng ý")
    ).status_code == 200
    versions = [fact["aggregate_version"] for fact in await stage.facts("processing.dossier_overdue.v1")]
    assert versions == [3]


async def test_a_decided_dossier_is_never_flagged(stage):
    await stage.to_leader()
    await stage.act("lan", "signature")
    assert await flag_deadlines(stage.database, at(9, 8)) == 0


@pytest.mark.parametrize(
    ("begun", "hours", "due"), [(at(7, 8), "1 wh", at(7, 9)), (at(7, 16), "4 wh", at(7, 17, 30))]
)
def test_r_prc_05_a_step_has_its_ledger_and_is_never_due_after_its_dossier(begun, hours, due):
    dossier = Dossier(code=CODE, unit="ho-tich", due_at=at(7, 17, 30))
    record = dossier.enter(Step("a", "Thẩm định", "ho-tich", "specialist", hours), begun, national())
    assert record.due_at == dossier.step_due_at == due
    assert (record.ledger["amount"], record.ledger["calendar_version"]) == (hours, national().version)


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_prc_16_officers_find_new_due_soon_overdue_and_sent_back_items_with_counts(staging, profile):
    stage = await staging(profile)
    for serial in range(1, 5):
        await stage.accept(f"H42.101-261207-000{serial}")
    await stage.accept("H42.101-261207-0005", due_at=at(8, 17, 30).isoformat())
    await stage.to_leader("H42.101-261207-0001")
    await stage.act("lan", "sending-back", "H42.101-261207-0001", remarks="Sửa")
    await stage.to_leader("H42.101-261207-0002")
    stage.now = at(7, 16, 0)
    counts = (await stage.get("an", "/dossiers/counts")).json()["lists"]
    assert counts == {
        "new": 3,
        "mine": 2,
        "due_today": 4,
        "due_soon": 4,
        "overdue": 0,
        "waiting": 0,
        "sent_back": 1,
        "to_sign": 0,
        "absent": 0,
        "all": 5,
    }
    assert (await stage.get("lan", "/dossiers/counts")).json()["lists"]["to_sign"] == 1
    assert await codes(stage, "an", filter="sent_back") == ["H42.101-261207-0001"]
    assert await codes(stage, "lan", filter="to_sign") == ["H42.101-261207-0002"]
    stage.now = at(7, 18, 0)
    later = (await stage.get("an", "/dossiers/counts")).json()["lists"]
    assert (later["overdue"], later["due_soon"]) == (4, 0)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("seen", "reminded", "told"),
    [
        (at(7, 8), at(8, 17, 30), at(9, 17, 30)),
        (at(7, 18), at(8, 17, 30), at(9, 17, 30)),
        (at(11, 8), at(14, 17, 30), at(15, 17, 30)),
    ],
)
def test_r_prc_16_who_is_unseen_for_a_working_day_is_idle_and_after_another_one_again(
    profile, seen, reminded, told
):
    rules = load(profile)
    idle, calendar = term_of(rules, "reminders.officer_idle"), calendar_of(rules)
    assert [idle_since(seen, idle, times, calendar) for times in (0, 1, 2)] == [seen, reminded, told]


async def test_r_prc_16_an_idle_officer_with_open_items_is_reminded_then_the_head_is_told(staging):
    stage = await staging()
    await stage.accept()
    await stage.act("an", "claim")
    await stage.get("an", "/dossiers/counts")  # An is last seen on Monday at 08:00
    remind = [stage.database, None, stage.rules.idle, stage.rules.calendar]

    async def told(now: datetime) -> list[list[str]]:
        remind[1] = now
        await remind_idle_officers(*remind)
        told = await stage.facts("processing.officer_idle.v1")
        assert [fact["aggregate_version"] for fact in told] == list(range(1, len(told) + 1))
        return [fact["tell"] for fact in told]

    assert await told(at(8, 17, 30)) == []  # one working day is not over
    assert await told(at(8, 17, 31)) == [["an"]]
    assert await told(at(9, 9, 0)) == [["an"]]
    assert await told(at(9, 17, 31)) == [["an"], ["lan"]]
    assert await told(at(11, 17, 31)) == [["an"], ["lan"]]
    for monday, page in (
        (14, "/dossiers/counts"),
        (21, "/dossiers"),
    ):  # either look counts, and it starts over
        stage.now = at(monday, 8)
        await stage.get("an", page)
        assert (await told(at(monday + 1, 17, 30)))[-1] == ["lan"]
        assert (await told(at(monday + 1, 17, 31)))[-1] == ["an"]
        assert (await told(at(monday + 2, 17, 31)))[-1] == ["lan"]


async def test_the_list_is_sorted_by_due_date_then_receipt_and_paged_without_gaps(stage):
    for serial, hour in [(2, 16), (3, 9), (4, 9), (5, 12)]:
        due = at(8, hour).isoformat()
        await stage.accept(f"H42.101-261207-000{serial}", due_at=due)
    first = (await stage.get("lan", "/dossiers", limit=2)).json()
    second = (await stage.get("lan", "/dossiers", limit=2, cursor=first["next"])).json()
    third = (await stage.get("lan", "/dossiers", limit=2, cursor=second["next"])).json()
    found = [one["code"][-1] for page in (first, second, third) for one in page["items"]]
    assert (found, first["total"], third["next"]) == (["1", "3", "4", "5", "2"], 5, None)
    assert (await stage.get("lan", "/dossiers", cursor="???")).json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-12-07T00:00:00"]
)
async def test_a_cursor_that_nobody_wrote_is_refused(stage, at):
    for place in ([at, "2026-12-07T00:00:00Z", "H42"], ["2026-12-07T00:00:00Z", at, "H42"], [at, at, "a\0"]):
        cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        answer = await stage.get("lan", "/dossiers", cursor=cursor)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


@pytest.mark.parametrize("q", ["khai sinh", "KHAI SINH", "đăng ký", "dang ky", "261207-0001", "1.001193"])
async def test_search_works_with_and_without_diacritics(stage, q):
    assert await codes(stage, "lan", q=q) == [CODE]
    assert await codes(stage, "lan", q=q + " zzz") == []


@pytest.mark.parametrize(
    ("typed", "point", "number", "serial", "words"),
    [
        ("h42.101–261207–0001.", "H42.101", "261207-0001", "", ("h42.101", "261207", "0001")),
        ("H42.101 2612", "H42.101", "2612", "", ("h42.101", "2612")),
        ("H42.101", "H42.101", "", "", ("h42.101",)),
        ("261207-0001", "", "261207-0001", "", ("261207", "0001")),
        ("261207", "", "261207", "", ("261207",)),
        ("0001", "", "", "0001", ("0001",)),
        ("1.001193", "", "", "", ("1.001193",)),
        ("Đăng ký", "", "", "", ("dang", "ky")),
        ("261207-0001 zzz", "", "", "", ("261207", "0001", "zzz")),
        ("\u200b", "", "", "", ()),
    ],
)
def test_what_is_typed_is_read_as_part_of_a_code_or_as_words(typed, point, number, serial, words):
    assert read_query(typed) == Sought(point, number, serial, words)


async def test_a_search_by_a_part_of_the_code_goes_on_page_by_page_the_newest_first(stage):
    for serial in (2, 3, 4):
        await stage.accept(f"H42.101-261207-000{serial}")
    for q in ("H42.101", "H42.101-2612", "261207", "261207-0"):
        seen, cursor = [], None
        for _ in range(4):
            query = {"q": q, "limit": 1, **({"cursor": cursor} if cursor else {})}
            page = (await stage.get("lan", "/dossiers", **query)).json()
            seen += [one["code"][-1] for one in page["items"]]
            cursor = page["next"]
            assert page["capped"] is (cursor is not None)
        assert (seen, cursor) == (["4", "3", "2", "1"], None), q
    assert await codes(stage, "lan", q="0003") == ["H42.101-261207-0003"]
    assert await codes(stage, "lan", q="H42.102-261207") == []
    assert await codes(stage, "an", q="khai sinh", filter="mine") == []
    assert len(await codes(stage, "lan", q="khai sinh", filter="new")) == 4


async def test_a_dossier_out_of_scope_is_not_found_anywhere_and_the_attempt_is_logged(stage):
    await stage.act("an", "claim")
    neighbour = stage.who("an", agency="H42.102", subject="x")
    other_unit = stage.who("an", unit="dia-chinh", scope="unit", subject="y")
    their_leader = stage.who("lan", agency="H42.102", subject="z")
    with captured_logs() as logged:
        for stranger in ("binh", neighbour, other_unit, their_leader):
            assert (await stage.get(stranger, f"/dossiers/{CODE}")).status_code == 404
            assert (await stage.get(stranger, f"/dossiers/{CODE}/draft-document")).status_code == 404
            assert await codes(stage, stranger, q=CODE) == []
            assert (await stage.get(stranger, "/dossiers/counts")).json()["lists"]["all"] == 0
            assert (await stage.act(stranger, "claim")).status_code == 404
    assert "access refused" in {entry["event"] for entry in logged}


async def test_citizens_and_strangers_have_no_work_list(stage):
    citizen = stage.who("an", roles=["citizen"], scope="own")
    object.__setattr__(citizen, "kind", "citizen")
    assert (await stage.get(citizen, "/dossiers")).status_code == 403


async def test_a_leader_assigns_by_name_or_by_least_load(stage):
    await stage.accept("H42.101-261207-0002")
    await stage.act("an", "claim")
    by_rule = (await stage.act("lan", "assignment", "H42.101-261207-0002")).json()
    assert by_rule["officer"]["name"] == "Hoàng Thị Bình"
    silent = await stage.act("lan", "assignment", "H42.101-261207-0002", officer_id="an")
    assert [one["field"] for one in silent.json()["errors"]] == ["reason"]  # Bình has it
    given = {"officer_id": "an", "reason": "An rõ việc này."}
    by_name = (await stage.act("lan", "assignment", "H42.101-261207-0002", **given)).json()
    assert [one["way"] for one in by_name["assignments"]] == ["least_loaded", "named"]
    assert by_name["officer"]["id"] == "an"
    wrong = await stage.act("lan", "assignment", "H42.101-261207-0002", officer_id="mai")
    assert wrong.json()["code"] == "officer-not-suitable"
    assert (await stage.act("an", "assignment", officer_id="binh")).status_code == 403
    assert least_loaded(["b", "a"], {}) == "a"
    assert least_loaded([], {}) is None


async def test_officers_are_listed_with_their_load(stage):
    await stage.act("an", "claim")
    answer = (await stage.get("lan", "/officers")).json()
    assert {one["name"]: one["open_count"] for one in answer} == {"Hoàng Thị Bình": 0, "Lê Văn An": 1}


async def test_only_who_assigns_sees_how_loaded_the_colleagues_are(stage):
    for colleague in ("an", "mai"):
        answer = await stage.get(colleague, "/officers")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_only_heads_of_the_officers_own_agency_are_told(staging):
    stage = await staging()
    for agency in ("H42.102", "H42.101.01", ""):
        stranger = {
            "officer_id": f"head-{agency}",
            "agency": agency or None,
            "roles": ["agency_head"],
            "active": True,
        }
        await stage.hear("identity.officer_changed.v1", stranger, f"head-{agency}")
    await stage.accept()
    await stage.act("an", "claim")
    await stage.get("an", "/dossiers/counts")
    for now in (at(8, 17, 31), at(9, 17, 31)):
        await remind_idle_officers(stage.database, now, stage.rules.idle, stage.rules.calendar)
    told = await stage.facts("processing.officer_idle.v1")
    assert [fact["tell"] for fact in told] == [["an"], ["lan"]]
