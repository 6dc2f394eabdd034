"""Profiles: typed access, versions that change at a date, and refusals that name the line."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from regulation.durations import Duration
from regulation.profiles import (
    NAMES,
    PROVINCES,
    Limit,
    Profile,
    ProfileNotInForceError,
    ProfileRefusedError,
    UnknownKeyError,
    UnknownProfileError,
    WrongKindError,
    default_leaves,
    difference,
    load,
    load_file,
    versions,
)
from regulation.profiles.comparing import plain, shown
from regulation.profiles.loading import complete
from regulation.profiles.reading import read_document
from regulation.profiles.schema import SCHEMA

HEAD = """\
profile: {vi: Tỉnh thử, en: Test}
regulation:
  number: {value: 30/2019/QĐ-UBND, source: NB QĐ.1}
  effective_from: {value: 2019-09-15, source: NB QĐ.2}
contacts:
  hotline: {value: "1900", source: NB Đ.23.3}
  address: {value: Số 1, source: NB Đ.23.3}
  phone: {value: "1900", source: NB Đ.23.3}
  email: {value: a@b.example, source: NB Đ.23.3}
domains:
  citizen: {value: thu.example, source: NB Đ.3}
"""
FIRST = HEAD.count("\n") + 1  # the line after the head

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a profile below the head and give its path."""

    def written(body: str) -> Path:
        path = tmp_path / "thu.yaml"
        path.write_text(HEAD + body, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_profile_loads_with_every_key(name: str) -> None:
    profile = load(name)
    assert set(profile.leaves) == set(SCHEMA)
    assert profile.name == name
    assert all(leaf.source for leaf in profile.leaves.values())
    assert all(leaf.line for leaf in profile.leaves.values())


def test_a_profile_is_read_by_kind() -> None:
    profile = load("thai-nguyen")
    assert profile.duration("intake.check_deadline") == Duration.parse("4 wh")
    assert profile.limit("feedback.response_deadline").on_working_days
    assert profile.text("intake.check_deadline") == "4 wh"
    assert profile.text("catalog.level_scheme") == "levels_1_4"
    assert profile.flag("dossier_code.qr")
    assert profile.number("intake.supplement_wait_days") == 30
    assert profile.percent("ops.availability_target") == Decimal("99.5")
    assert profile.day("regulation.effective_from") == dt.date(2020, 5, 28)
    assert profile.listing("ui.languages") == ("vi", "en")
    assert profile.listing("fees.channels.any") == ("card", "bank_account", "post", "online")
    assert profile.record("backup.scheme") == {"copies": "1+1", "every": "hour"}
    leaf = profile.get("intake.check_deadline")
    assert (leaf.source, leaf.inherited) == ("TN Đ.11.3.a; TN PL.B2", False)
    assert [cited.place for cited in profile.basis("intake.check_deadline")] == ["Đ.11.3.a", "PL.B2"]
    assert profile.get("ops.outage_stops_clock").inherited


def test_a_value_that_does_not_apply_reads_as_no_or_nothing() -> None:
    profile = load("quang-tri")
    assert profile.flag("accounts.first_login_change") is False
    assert profile.listing("fees.channels.l3") == ()
    assert load("binh-dinh").qualified("notifications.channels")[1:3] == (
        ("email", ""),
        ("sms", "encouraged"),
    )
    assert load("binh-dinh").listing("notifications.channels") == ("portal", "email", "sms", "messaging")


def test_a_word_without_a_number_borrows_the_number_of_the_default() -> None:
    assert load("ha-nam").duration("catalog.service_update_deadline") == Duration.parse("10 wd")
    assert load("quang-tri").duration("feedback.response_deadline") == Duration.parse("3 wd")
    assert load("ha-nam").limit("catalog.service_update_deadline").word == "promptly"
    for name, key in (("binh-dinh", "fees.update_deadline"), ("thai-nguyen", "intake.forward_deadline")):
        with pytest.raises(WrongKindError) as refused:
            load(name).duration(key)
        assert refused.value.params["kind"] == "duration"


@pytest.mark.parametrize(
    ("read", "key"),
    [
        (Profile.flag, "regulation.number"),
        (Profile.text, "dossier_code.qr"),
        (Profile.number, "dossier_code.qr"),
        (Profile.number, "catalog.level_scheme"),
        (Profile.percent, "intake.supplement_wait_days"),
        (Profile.day, "regulation.number"),
        (Profile.listing, "regulation.number"),
        (Profile.record, "regulation.number"),
        (Profile.limit, "regulation.number"),
    ],
)
def test_a_value_of_another_kind_is_refused(read: Callable[[Profile, str], object], key: str) -> None:
    with pytest.raises(WrongKindError) as refused:
        read(load("ninh-binh"), key)
    assert refused.value.params["key"] == key


def test_an_unknown_key_or_profile_is_refused() -> None:
    with pytest.raises(UnknownKeyError):
        load("ninh-binh").get("intake.chek_deadline")
    with pytest.raises(UnknownProfileError) as refused:
        load("ha-tinh")
    assert "ninh-binh" in refused.value.message("vi")


@pytest.mark.parametrize("name", PROVINCES)
def test_r_org_06_every_rule_names_its_legal_text_with_number_and_dates(name: str) -> None:
    profile = load(name)
    for leaf in profile.leaves.values():
        assert leaf.citations or leaf.source in {"suite default", "national †"}, leaf.key
        assert all(cited.text.number for cited in leaf.citations)
    own = profile.basis("regulation.number")[0].text
    assert own.number == profile.text("regulation.number")
    assert own.effective_from == profile.day("regulation.effective_from")
    assert own.issued_on is not None


def test_r_org_06_a_replaced_text_makes_a_new_version_and_a_running_dossier_keeps_its_own() -> None:
    old, new = load("national-2026", dt.date(2025, 9, 14)), load("national-2026", dt.date(2025, 9, 15))
    assert (old.text("forms.set"), new.text("forms.set")) == ("tt01_2018", "tt03_2025")
    assert (old.version, old.valid_to, new.version) == ("2025-07-01", dt.date(2025, 9, 15), "2025-09-15")
    assert load("national-2026", dt.date.fromisoformat(old.version)).text("forms.set") == "tt01_2018"
    cited = old.basis("forms.set")[0].text
    assert (cited.replaced_by, cited.replaced(dt.date(2025, 9, 14))) == ("TT 03/2025", False)
    assert cited.replaced(dt.date(2025, 9, 15))
    stale = {leaf.key for leaf in load("ninh-binh").resting_on_replaced_texts(dt.date(2025, 11, 25))}
    assert "qna.answer_deadline.own" in stale
    assert "ui.languages" in stale
    assert "reminders.before_due" not in stale


def test_versions_follow_one_another_and_the_newest_is_given_without_a_day() -> None:
    every = versions("national-2026")
    assert [one.version for one in every] == sorted(one.version for one in every)
    assert [one.valid_to for one in every[:-1]] == [one.valid_from for one in every[1:]]
    assert every[-1].valid_to is None
    assert load("national-2026") is every[-1]
    assert every[0].text("security.check_cycle") == "yearly"
    assert every[-1].text("security.check_cycle") == "half_yearly"
    with pytest.raises(ProfileNotInForceError) as refused:
        load("thai-nguyen", dt.date(2020, 5, 27))
    assert refused.value.params["since"] == dt.date(2020, 5, 28)


def test_a_province_loads_a_file_of_its_own(write: Write) -> None:
    profile = load_file(
        write("intake:\n  check_deadline: {value: 6 wh, source: NB Đ.16.1, note: ngắn hơn}\n")
    )
    assert (profile.name, profile.vi, profile.en) == ("thu", "Tỉnh thử", "Test")
    leaf = profile.get("intake.check_deadline")
    assert (str(leaf.value), leaf.note, leaf.line, leaf.file) == ("6 wh", "ngắn hơn", FIRST + 1, "thu.yaml")
    bare = load_file(write(""))
    assert [one.key for one in difference(profile, bare)] == ["intake.check_deadline"]
    assert difference(bare, bare) == ()


CHANGE = """\
intake:
  check_deadline:
    value: 6 wh
    source: NB Đ.16.1
    changes:
      - {from: 2027-01-01, value: 2 wh, source: NĐ 118/2025 Đ.17}
      - {from: 2028-01-01, value: 8 wh, source: suite default}
"""


def test_a_value_changes_at_its_day(write: Write) -> None:
    path = write(CHANGE)
    days = ("2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01")
    limits = [load_file(path, dt.date.fromisoformat(day)).text("intake.check_deadline") for day in days]
    assert limits == ["6 wh", "2 wh", "2 wh", "8 wh"]


def test_a_default_names_every_key() -> None:
    document = read_document("ui:\n  languages: {value: [vi], source: suite default}\n", "_default.yaml")
    with pytest.raises(ProfileRefusedError) as refused:
        complete(document)
    assert {one.key for one in refused.value.problems} == SCHEMA.keys() - {"ui.languages"}


REFUSED = [
    ("dossier_code.pattern", "value: '{agency}{serial}', source: NB Đ.1", "once each and apart"),
    ("contacts.email", "value: nobody, source: NB Đ.1", "an e-mail address"),
    ("intake.chek_deadline", "value: 4 wh, source: NB Đ.1", "no key of the schema"),
    ("intake.check_deadline", "value: 4 wh", "needs a value and a source"),
    ("intake.check_deadline", "source: NB Đ.1", "needs a value and a source"),
    ("intake.check_deadline", "value: 4 wh, source: NB Đ.1, why: x", "why is none of"),
    ("intake.check_deadline", "value: soon, source: NB Đ.1", "must be a duration"),
    ("intake.check_deadline", "value: promptly, source: NB Đ.1", "must be a duration"),
    ("intake.check_deadline", "value: 0 wh, source: NB Đ.1", "must be a duration"),
    ("intake.check_deadline", "value: 4 wh, source: XX Đ.1", "cites no text"),
    ("intake.check_deadline", "value: 4 wh, source: NB điều 1", "cites no text"),
    ("intake.check_deadline", "value: 4 wh, source: suite default", "cites no article"),
    ("intake.check_deadline", "value: 4 wh, source: ''", "cites no text"),
    ("intake.offline_backfill", "value: yes, source: NB Đ.1", "true or false"),
    ("intake.offline_backfill", "value: null, source: NB Đ.1", "true or false"),
    ("intake.offline_backfill", "value: [true], source: NB Đ.1", "true or false"),
    ("intake.supplement_wait_days", "value: 366, source: NB Đ.1", "from 1 to 365"),
    ("intake.supplement_wait_days", "value: ten, source: NB Đ.1", "whole number"),
    ("catalog.level_scheme", "value: levels, source: NB Đ.1", "one of levels_1_4"),
    ("ops.availability_target", "value: 99.5, source: NB Đ.1", "percentage"),
    ("ops.availability_target", "value: 101 %, source: NB Đ.1", "percentage"),
    ("ui.languages", "value: vi, source: NB Đ.1", "a list of vi, en"),
    ("ui.languages", "value: [vi, fr], source: NB Đ.1", "a list of vi, en"),
    ("ui.languages", "value: [vi, en@home], source: NB Đ.1", "a list of vi, en"),
    ("ui.languages", "value: [vi, vi], source: NB Đ.1", "without repetition"),
    ("roles.owner", "value: [ubnd@x], source: NB Đ.1", "optionally with @"),
    ("backup.scheme", "value: hourly, source: NB Đ.1", "the fields copies, every"),
    ("backup.scheme", "value: {copies: 1+1}, source: NB Đ.1", "the fields copies, every"),
    (
        "backup.scheme",
        "value: {copies: 1+1, every: day, every: hour}, source: NB Đ.1",
        "the fields copies, every",
    ),
    ("catalog.min_level_if_forms", "value: 5, source: NB Đ.1", "or null"),
]


@pytest.mark.parametrize(("key", "said", "what"), REFUSED)
def test_a_wrong_value_is_refused_and_its_line_is_named(write: Write, key: str, said: str, what: str) -> None:
    group, _, name = key.partition(".")
    with pytest.raises(ProfileRefusedError) as refused:
        load_file(write(f"{group}:\n  {name}: {{{said}}}\n"))
    first = next(one for one in refused.value.problems if what in one.what)
    assert (first.line, first.key) == (FIRST + 1, key)
    assert f"thu.yaml:{first.line}: {key}: " in refused.value.message("vi")


MISPLACED = [
    ("intak:\n  check_deadline: {value: 4 wh, source: NB Đ.1}\n", "intak", "no key of the schema"),
    ("intake: 4 wh\n", "intake", "no key of the schema"),
    ("intake:\n  check_deadline: 4 wh\n", "intake.check_deadline", "needs value, source and note"),
    (
        "ui:\n  languages: {value: [vi], source: NB Đ.3}\n  languages: {value: [vi], source: NB Đ.3}\n",
        "ui.languages",
        "written twice",
    ),
    ("domains:\n", "domains", "written twice"),
    ("profile: x\n", "profile", "written twice"),
]


@pytest.mark.parametrize(("body", "key", "what"), MISPLACED)
def test_a_key_in_the_wrong_place_is_refused(write: Write, body: str, key: str, what: str) -> None:
    with pytest.raises(ProfileRefusedError) as refused:
        load_file(write(body))
    assert any(one.key == key and what in one.what and one.line >= FIRST for one in refused.value.problems)


BAD_PERIODS = [
    "[7:30-11:30]",
    '["07:30-11:30", "11:00-12:00"]',
    '["11:30-07:30"]',
    '"07:30-11:30"',
    '["24:00-25:00"]',
]


@pytest.mark.parametrize("monday", BAD_PERIODS)
def test_working_periods_follow_one_another(write: Write, monday: str) -> None:
    rest = ", ".join(f"{day}: []" for day in ("tue", "wed", "thu", "fri", "sat", "sun"))
    body = f"calendar:\n  working_periods:\n    value: {{mon: {monday}, {rest}}}\n    source: NB Đ.1\n"
    with pytest.raises(ProfileRefusedError, match="periods in order"):
        load_file(write(body))


BAD_CHANGES = [
    ("2 wh", "changes is a list"),
    ("[2 wh]", "a change needs from"),
    ("[{value: 2 wh, source: NB Đ.1}]", "a change needs from"),
    ("[{from: next year, value: 2 wh, source: NB Đ.1}]", "from must be a date"),
    ("[{from: 2027-01-01, value: 2, source: NB Đ.1}]", "must be a duration"),
    ("[{from: 2027-01-01, value: 2 wh, source: NB Đ.1, to: 2028-01-01}]", "to is none of"),
    (
        "[{from: 2027-01-01, value: 2 wh, source: NB Đ.1}, {from: 2027-01-01, value: 3 wh, source: NB Đ.1}]",
        "not after",
    ),
    ("[{from: 2027-01-01, value: 2 wh, source: suite default}]", "cites no article"),
]


@pytest.mark.parametrize(("changes", "what"), BAD_CHANGES)
def test_a_change_needs_a_day_after_the_last_one(write: Write, changes: str, what: str) -> None:
    body = f"intake:\n  check_deadline:\n    value: 6 wh\n    source: NB Đ.1\n    changes: {changes}\n"
    with pytest.raises(ProfileRefusedError, match=what):
        load_file(write(body))


def test_a_required_value_must_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "thu.yaml"
    path.write_text(HEAD.replace("{value: thu.example", "{value: null"), encoding="utf-8")
    with pytest.raises(ProfileRefusedError) as refused:
        load_file(path)
    assert [str(one) for one in refused.value.problems] == [
        f"thu.yaml:{FIRST - 1}: domains.citizen: is required"
    ]
    path.write_text("profile: {vi: Thử}\n", encoding="utf-8")
    with pytest.raises(ProfileRefusedError) as refused:
        load_file(path)
    assert {one.key for one in refused.value.problems} >= {"regulation.number", "contacts.email"}


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("a: [", "is no YAML"),
        ("- a\n", "is no profile"),
        ("", "is no profile"),
        ("profile: [x]\n", "needs the texts"),
        ("profile: {vi: [x]}\n", "needs the texts"),
    ],
)
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, written: str, what: str) -> None:
    path = tmp_path / "thu.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ProfileRefusedError, match=what):
        load_file(path)


def test_values_are_written_for_tables_and_for_machines() -> None:
    profile = load("quang-tri")
    assert shown(profile.get("fees.channels.l3").value) == "–"
    assert shown(profile.get("scope.vertical_agencies").value) == "false"
    assert shown(profile.get("dossier_code.qr").value) == "true"
    assert shown(profile.get("ops.availability_target").value) == "99.5 %"
    assert shown(profile.get("fees.channels.any").value) == "desk, online"
    assert shown(profile.get("accounts.password_max_age_days").value) == "mode: enforce, days: 90"
    assert shown(profile.get("regulation.effective_from").value) == "2024-12-13"
    assert plain(profile.get("accounts.password_max_age_days").value) == {"mode": "enforce", "days": 90}
    assert plain(profile.get("ops.availability_target").value) == 99.5
    assert plain(profile.get("fees.channels.any").value) == ["desk", "online"]
    assert plain(profile.get("fees.update_deadline").value) == "5 d from decision"
    assert str(Limit.parse("24 h on working days")) == "24 h on working days"


def test_two_profiles_differ_where_their_values_differ() -> None:
    differing = {one.key: one for one in difference(load("thai-nguyen"), load("ha-nam"))}
    assert "dossier_code.pattern" not in differing
    assert str(differing["intake.forward_deadline"].right.value) == "½ wd from complete_and_valid"
    assert difference(load("ha-nam"), load("ha-nam")) == ()
    assert default_leaves()["intake.check_deadline"].value == Limit.parse("8 wh")
