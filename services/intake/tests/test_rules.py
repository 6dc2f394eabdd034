"""The rules as tables, and the rows as the migrations make them."""

from datetime import UTC, date, datetime

import pytest
from common.migrations import differences
from eforms import read_form, settle, tidy
from intake.domain.availability import ComingVersion
from intake.domain.errors import (
    ActionNotAllowedError,
    ResultAddressMissingError,
    ResultChannelNotOfferedError,
)
from intake.domain.labels import ACTIONS, action_label, state_label
from intake.domain.life_cycle import CLOSED, OPEN, TRANSITIONS, Action, leads_on, next_state
from intake.domain.masking import mask_name
from intake.domain.papers import Letterhead, Paper, frame, is_quiet, papers_to_bring, present_components
from intake.domain.rules import choose_channel, near, read_rules
from intake.domain.submission import next_steps
from intake.domain.times import spoken
from intake.main import create_worker
from intake.models import Base, Dossier
from intake.settings import Settings
from intake.subscribers import LISTENS, subscriptions
from procedures import Component, EForm, Procedure
from pydantic import ValidationError
from regulation.calendar import national
from regulation.channels import Channel
from regulation.clock import Ledger
from regulation.profiles import load
from regulation.states import WORDS, State


@pytest.mark.parametrize("state", [None, *State])
@pytest.mark.parametrize("action", list(Action))
def test_only_the_transitions_of_the_table_exist(state, action):
    for accepted in (False, True):
        if leads_on(state, action, accepted=accepted):
            assert next_state(state, action, accepted=accepted) is TRANSITIONS[state, action]
        else:
            with pytest.raises(ActionNotAllowedError):
                next_state(state, action, accepted=accepted)
    either = {leads_on(state, action, accepted=accepted) for accepted in (False, True)}
    assert (True in either) == ((state, action) in TRANSITIONS)


FORBIDDEN = [
    (State.REFUSED, Action.FORWARD),
    (State.REFUSED, Action.ACCEPT),
    (State.ACCEPTED, Action.ACCEPT),
    (State.ACCEPTED, Action.RESUBMIT),
    (State.SUBMITTED, Action.RESUBMIT),
    (State.SUPPLEMENT_REQUESTED, Action.ACCEPT),
    (State.RETURNED, Action.RETURN),
    (State.RESULT_READY, Action.CHOOSE_CHANNEL),
    (State.ACCEPTED, Action.RETURN),
    (State.REJECTED, Action.COMPLETE),
    (State.RETURNED, Action.START),
    (None, Action.ACCEPT),
    (State.REJECTED, Action.CHOOSE_CHANNEL),
    (State.REJECTED, Action.START),
]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        (Action.RESUBMIT, True, False),
        (Action.REFUSE, True, False),
        (Action.SUPPLY, False, True),
        (Action.REJECT, False, True),
        (Action.START, False, True),
        (Action.EXTEND, False, True),
        (Action.REMIND, True, True),
    ],
)
def test_r_prc_10_what_waits_for_a_supplement_goes_back_to_where_it_was(action, before, after, accepted):
    may = leads_on(State.SUPPLEMENT_REQUESTED, action, accepted=accepted)
    assert may is (after if accepted else before)


@pytest.mark.parametrize(("state", "action"), FORBIDDEN)
def test_what_the_regulations_forbid_is_impossible(state, action):
    with pytest.raises(ActionNotAllowedError):
        next_state(state, action)


def test_no_action_leads_out_of_a_closed_state():
    ways = TRANSITIONS.items()
    assert {state for (state, _), after in ways if state in CLOSED and after is not state} == set()
    assert {action for (state, action), _ in ways if state in CLOSED} == {
        Action.EXTEND,
        Action.JOIN,
        Action.PASS_ON,
        Action.REVOKE,
        Action.REPLACE,
    }
    assert set(OPEN) | CLOSED == set(State)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_and_action_has_a_name(lang):
    assert all(state_label(state, lang) for state in State)
    assert all(action_label(action, lang) for action in Action)
    assert (set(WORDS), set(ACTIONS)) == (set(State), set(Action))


def test_masks_keep_little_and_tell_no_length():
    assert (mask_name("Nguyễn Thị Ánh"), mask_name("Đỗ An")) == ("N*** T*** Á***", "Đ*** A***")


FORM = read_form(
    {
        "pages": [
            {"id": "p", "fields": [{"name": name, "widget": "yes_no", "label": name} for name in "abcd"]}
        ],
        "logic": [
            {"when": {"all": [{"field": "a", "operator": "equals", "value": True}]}, "then": {"show": ["b"]}},
            {
                "when": {"all": [{"field": "b", "operator": "answered"}]},
                "then": {"show": ["c"], "require": ["c"]},
            },
            {"when": {"any": [{"field": "c", "operator": "not_answered"}]}, "then": {"set": {"d": False}}},
        ],
    }
)


@pytest.mark.parametrize(
    ("typed", "answers", "required"),
    [
        ({"a": True, "b": True, "c": True}, {"a": True, "b": True, "c": True}, {"c"}),
        ({"a": False, "b": True, "c": True}, {"a": False, "d": False}, set()),  # hiding b hides c in turn
        ({"a": "yes", "b": "0"}, {"a": True, "b": False, "d": False}, {"c"}),
        ({"a": "maybe"}, {"a": "maybe", "d": False}, set()),
    ],
)
def test_the_logic_table_settles_to_what_counts(typed, answers, required):
    settled = settle(FORM, tidy(FORM, typed), date(2026, 12, 7))
    assert (settled.answers, settled.required) == (answers, required)


async def test_the_tables_are_those_of_the_models(database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []


async def test_what_is_listened_to_is_what_has_a_handler(stage, folder):
    assert set(subscriptions(stage.means).types) == set(LISTENS)
    settings = Settings(
        database_url=stage.database.dsn,
        files_url=folder.as_uri(),
        profile="ha-nam",
        signing_folder=folder / "keys",
    )
    assert create_worker(settings, stage.database) is not None


def test_without_a_signing_folder_intake_does_not_start(monkeypatch):
    monkeypatch.delenv("MOTCUA_SIGNING_FOLDER", raising=False)
    with pytest.raises(ValidationError, match="signing_folder"):
        Settings()


async def test_pending_papers_are_printed_by_the_job_and_a_broken_one_does_not_hold_up_the_others(stage):
    code, other = await stage.dossier(code=stage.PLAIN), await stage.dossier(code=stage.PLAIN)
    pool = await stage.database.pool()
    await pool.execute("update document set kind = 'nonsense' where dossier_code = $1", code)
    others = "update document set state = 'blocked' where state = 'pending' and dossier_code <> all($1)"
    await pool.execute(others, [code, other])  # left by other tests: nobody waits for them
    night = stage.now.replace(hour=19)  # two o'clock in Vietnam
    await {job.name: job for job in stage.jobs()}["issue-documents"].run(stage.database, night)
    states = {row["dossier_code"]: row["state"] for row in await pool.fetch("select * from document")}
    assert (states[code], states[other]) == ("pending", "ready")
    await pool.execute("update document set kind = 'confirmation' where dossier_code = $1", code)


async def test_an_unsigned_paper_is_printed_when_somebody_opens_it(stage):
    code = await stage.dossier(code=stage.PLAIN)
    await {job.name: job for job in stage.jobs()}["issue-documents"].run(stage.database, stage.now)
    pool = await stage.database.pool()
    assert await pool.fetchval("select state from document where dossier_code = $1", code) == "pending"
    assert code in await stage.paper(code, "confirmation")
    assert await pool.fetchval("select state from document where dossier_code = $1", code) == "ready"


@pytest.mark.parametrize(
    ("hour", "quiet"), [(17, False), (18, True), (21, True), (22, False), (1, False)], ids=str
)
def test_the_quiet_hours_are_from_one_to_five_in_vietnam(hour, quiet):
    assert is_quiet(datetime(2026, 12, 7, hour, 30, tzinfo=UTC)) is quiet


@pytest.mark.parametrize(
    ("profile", "forward"),
    [
        ("ninh-binh", ("NB Đ.22.3.d; national † NĐ 61/2018 Đ.18", "15h")),
        ("thai-nguyen", ("TN Đ.11.3.a; TN PL.B2", "4 wh")),
        ("ha-nam", ("HN Đ.11.2", "½ wd")),
    ],
)
def test_r_int_02_r_int_11_the_deadlines_of_check_and_forwarding_are_kept_with_their_ledgers(
    profile, forward
):
    rules, calendar, now = read_rules(load(profile)), national(), datetime(2026, 12, 7, 1, tzinfo=UTC)
    dossier = Dossier()
    dossier.start_check(now, check := rules.check.starting(now, calendar))
    assert dossier.next_due_at == dossier.check_due_at == check.due_at
    dossier.promise(now, check, rules.forward.starting(now, calendar) if rules.forward else None)
    assert dossier.check_ledger["amount"] == ("4 wh" if profile == "thai-nguyen" else "8 wh")
    kept = dossier.forward_ledger
    assert Ledger.from_dict(kept).due_at == dossier.forward_due_at
    assert kept["source"] == forward[0]
    assert forward[1] in (kept["amount"] or kept["rule"])


RESULT_CHANNELS = {
    "ninh-binh": (["counter", "post"], ["online", "counter", "post"]),
    "thai-nguyen": (["counter", "post"], ["online", "counter", "post"]),
    "binh-dinh": (["counter", "post"], ["online", "post", "counter"]),
    "quang-tri": (["counter", "post", "online"], ["counter", "post", "online"]),
    "ha-nam": (["counter"], ["online"]),
}


@pytest.mark.parametrize("profile", RESULT_CHANNELS)
@pytest.mark.parametrize("level", ["partial", "full"])
def test_r_sub_12_only_the_result_channels_of_level_and_province_are_offered(profile, level):
    rules, offered = read_rules(load(profile)), RESULT_CHANNELS[profile][level == "full"]
    assert list(rules.result_channels(level)) == offered
    assert choose_channel(rules, level, None, "Số 1 Hoa Lư") == offered[0]
    for channel in Channel:
        if channel in offered:
            assert choose_channel(rules, level, channel, "Số 1 Hoa Lư") == channel
        else:
            with pytest.raises(ResultChannelNotOfferedError):
                choose_channel(rules, level, channel, "Số 1 Hoa Lư")


@pytest.mark.parametrize("address", [None, "", "  "])
def test_r_sub_12_post_needs_an_address(address):
    with pytest.raises(ResultAddressMissingError):
        choose_channel(read_rules(load("ninh-binh")), "partial", "post", address)


@pytest.mark.parametrize("profile", RESULT_CHANNELS)
def test_r_int_02_what_is_near_is_told_for_every_clock_of_the_desk_and_no_other(profile):
    rules, now = read_rules(load(profile)), datetime(2026, 12, 7, 1, tzinfo=UTC)
    told = near(rules, now, national())
    assert set(told) == {State.SUBMITTED, State.ACCEPTED, State.SUPPLEMENT_REQUESTED}
    assert now < told[State.SUBMITTED] < told[State.SUPPLEMENT_REQUESTED]


@pytest.mark.parametrize(
    ("widget", "present", "originals"), [("text", ["to-khai"], []), ("photo", [], ["Tờ khai"])]
)
def test_r_int_09_a_form_that_is_handed_in_as_a_paper_is_compared_and_never_there_unseen(
    widget, present, originals
):
    asked = [{"name": "form", "widget": widget, "component": "to-khai"}]
    form = EForm({"pages": [{"id": "p", "fields": asked}]})
    papers = (Component("to-khai", "Tờ khai", form_id="mau-1"),)
    version = Procedure.model_construct(components=papers, eform=form)
    assert [item.id for item, _ in present_components(version, None, [])] == present
    bring = papers_to_bring(version, None, Channel.COUNTER, compare=True)
    assert [text.vi.partition(": ")[2] for text in bring if text.vi.startswith("Bản chính")] == originals


SEPTEMBER = datetime(2026, 9, 5, 9, 5, tzinfo=UTC)


def test_a_day_is_written_as_documents_write_it_on_papers_and_as_letters_do_in_sentences():
    head = frame(Letterhead("Sở Tư pháp", "", "Ninh Bình", ""), Paper.RECEIPT, SEPTEMBER, "")
    assert (head["date"], spoken(SEPTEMBER)) == (
        "ngày 05 tháng 9 năm 2026",
        "16 giờ 05 phút, ngày 05 tháng 9 năm 2026",
    )
    said = [next_steps(lang, SEPTEMBER, Channel.ONLINE)[0] for lang in ("vi", "en")]
    assert said[0].endswith("chậm nhất 16 giờ 05 ngày 05/09/2026.")
    assert said[1].endswith("by 16:05 on 5 September 2026.")
    assert "from 5 September 2026;" in ComingVersion(2, SEPTEMBER.date()).message("en")
