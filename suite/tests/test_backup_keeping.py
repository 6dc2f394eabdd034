"""Which backups stay: enough to bring back every moment of the days promised, and no more."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from common.metrics import registry
from regulation import profiles
from regulation.zone import moment_said
from suite.backup.asking import Check
from suite.backup.catalogue import (
    SEGMENT,
    Backup,
    NoBackupError,
    following,
    position,
    reaching,
    segment,
)
from suite.backup.checking import _gaps
from suite.backup.copies import Copies, Copy
from suite.backup.drilling import Drill, drill_is_due, drill_problems
from suite.backup.figures import free, tell
from suite.backup.installation import EVERY
from suite.backup.keeping import kept
from suite.backup.lineage import hole, line, on_line
from suite.backup.standing import KeeperNote
from suite.cli.backup import _moment

NOW = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)


def backup(hours_ago: float, parent: Backup | None = None) -> Backup:
    """Make the record of a backup that ended some hours ago."""
    at = NOW - timedelta(hours=hours_ago)
    return Backup(
        id=f"{at:%Y%m%dT%H%M}",
        kind="differential" if parent else "full",
        parent=parent.id if parent else None,
        began_at=at - timedelta(minutes=1),
        ended_at=at,
        timeline=1,
        start_lsn="0/2000028",
        end_lsn="0/3000000",
        system_id=1,
        server="18",
        size=1,
        sha256="",
        file_count=0,
        file_size=0,
    )


def a_month_by_the_hour() -> list[Backup]:
    """Make thirty days of hourly backups with a full one a week."""
    made: list[Backup] = []
    full = backup(30 * 24)
    for hour in range(30 * 24, -1, -1):
        if hour % (7 * 24) == 0:
            full = backup(hour)
        made.append(full if hour % (7 * 24) == 0 else backup(hour, full if full in made else None))
    return made


def test_a_month_of_hours_is_two_days_of_hours_and_a_fortnight_of_days() -> None:
    stay = kept(a_month_by_the_hour(), NOW, 14)
    assert len([one for one in stay if one.ended_at >= NOW - timedelta(days=2)]) == 49
    assert len(stay) <= 49 + 14 + 4
    gaps = [
        after.ended_at - one.ended_at
        for one, after in pairwise(stay)
        if after.ended_at > NOW - timedelta(days=14)
    ]
    assert max(gaps[1:]) <= timedelta(days=1)


def test_a_day_of_which_the_last_backup_stays_is_a_day_of_the_province() -> None:
    before_midnight, after, newest = backup(140), backup(139), backup(1)
    assert kept([before_midnight, after, newest], NOW, 14) == [before_midnight, after, newest]


@pytest.mark.parametrize("hours", [0.5, 3, 47, 200, 14 * 24 - 1])
def test_every_moment_of_the_days_promised_is_reached_by_what_stays(hours: float) -> None:
    stay = kept(a_month_by_the_hour(), NOW, 14)
    chain = reaching(stay, NOW - timedelta(hours=hours))
    assert chain[-1].ended_at <= NOW - timedelta(hours=hours)
    assert chain[0].kind == "full"


def test_what_builds_on_a_full_backup_keeps_it_and_is_nothing_without_it() -> None:
    old = backup(13 * 24)
    assert kept([old, backup(1, old)], NOW, 1) == [old, backup(1, old)]
    assert kept([backup(2), backup(1, old)], NOW, 1) == [backup(2)]


def test_the_newest_backup_is_never_dropped_however_old_it_is() -> None:
    assert kept([backup(900), backup(800)], NOW, 14) == [backup(800)]


def test_before_the_oldest_backup_there_is_nothing() -> None:
    with pytest.raises(NoBackupError, match="the oldest ended at"):
        reaching([backup(1)], NOW - timedelta(hours=2))
    with pytest.raises(NoBackupError, match="none yet"):
        reaching([], None)


HISTORIES = {
    2: "1\t0/3000100\tbefore 2026-11-27 10:00\n",
    4: "1\t0/3000100\tbefore 2026-11-27 10:00\n\n2\t0/5000000\tno recovery target specified\n",
}


@pytest.mark.parametrize(
    ("timeline", "ended", "leads"),
    [
        (1, "0/3000100", True),
        (1, "0/3000101", False),
        (2, "0/4000000", True),
        (2, "0/5000001", False),
        (3, "0/3000000", False),
        (4, "0/9000000", True),
        (5, "0/9000000", True),
    ],
)
def test_from_what_a_restore_undid_no_way_leads_on(timeline: int, ended: str, *, leads: bool) -> None:
    one = backup(1).model_copy(update={"timeline": timeline, "end_lsn": ended})
    assert on_line([one], line(HISTORIES)) == ([one] if leads else [])
    assert on_line([one], line({})) == [one]


def test_places_in_the_log_have_the_names_that_postgresql_gives_them() -> None:
    assert segment(1, position("0/16F3338")) == "000000010000000000000001"
    assert segment(2, position("1/FF000000")) == "0000000200000001000000FF"
    assert following("0000000200000001000000FF") == "000000020000000200000000"


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ([3, 4, 5, 6], []),
        ([3, 4, 6], ["from 000000010000000000000005 on the log has a gap before 20261127T1130"]),
        ([3, 5, 6], ["from 000000010000000000000004 on the log has a gap before 20261127T1130"]),
        ([4, 5, 6], ["the log lacks 000000010000000000000003, without which this backup is nothing"]),
        ([3, 4, 5], ["the log lacks 000000010000000000000006, without which this backup is nothing"]),
        ([3, 4, 5, 6, 7, 8], []),
        (
            [3, 4, 5, 6, 7, 9],
            ["from 000000010000000000000008 on the log has a gap, and nothing behind it comes back"],
        ),
    ],
)
def test_a_gap_in_the_log_between_two_backups_within_one_or_behind_the_last_is_named(
    held: list[int], says: list[str]
) -> None:
    one = backup(2).model_copy(update={"start_lsn": "0/3000028", "end_lsn": "0/3000100"})
    after = backup(1).model_copy(update={"start_lsn": "0/6000028", "end_lsn": "0/6000100"})
    names = [segment(1, number * SEGMENT) for number in held]
    assert [said for _, said in _gaps([one, after], names, {})] == says


LED = {2: "1\t0/5000100\tbefore 2026-11-27 10:00\n"}
"""A restore began the second line in the fifth file of the first one."""


@pytest.mark.parametrize(
    ("held", "histories", "lost"),
    [
        (["1:3", "1:4", "1:5"], {}, None),
        (["1:3", "1:5"], {}, "1:4"),
        (["1:3", "1:4", "1:5.partial"], {}, None),
        (["1:3", "1:4.partial", "1:5"], {}, "1:4"),
        (["1:2"], {}, None),
        (["1:3", "1:4", "1:5", "1:6", "2:5", "2:6"], LED, None),
        (["1:3", "1:4", "1:5", "1:6", "2:5", "2:7"], LED, "2:6"),
        (["1:3", "1:4", "1:5", "2:6"], LED, "2:5"),
        (["1:3", "1:5", "1:6", "2:5"], LED, "1:4"),
        (["1:3", "1:4", "1:5", "1:9"], LED, None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_hole_is_looked_for_on_the_way_that_the_newest_line_went(
    held: list[str], histories: dict[int, str], lost: str | None
) -> None:
    def name(told: str) -> str:
        timeline, _, number = told.partition(":")
        whole, dot, rest = number.partition(".")
        return segment(int(timeline), int(whole) * SEGMENT) + dot + rest

    since = backup(1).model_copy(update={"start_lsn": "0/3000028", "end_lsn": "0/3000100"})
    assert hole(map(name, held), since, line(histories)) == (lost and name(lost))


def test_backups_are_by_the_hour_where_the_regulation_says_so_and_by_the_day_elsewhere() -> None:
    how_often = {
        name: EVERY[str(profiles.load(name).record("backup.scheme")["every"])] for name in profiles.NAMES
    }
    assert how_often.pop("thai-nguyen") == timedelta(hours=1)
    assert set(how_often.values()) == {timedelta(days=1)}


def test_what_the_keeper_noted_is_told_in_numbers() -> None:
    bad = Drill(at=NOW, checks=(Check(asks="the province comes back", outcome="FAIL"),))
    copies = Copies([Copy("file:///"), Copy("s3+https://key:secret@host/bucket")])
    told = TOLD.model_copy(update={"copies": {"file:///": "", "s3+https://host/bucket": "away"}})
    free.clear()  # what other tests of this process noted
    tell(told, bad, copies)

    def shown(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(f"motcua_{name}", labels)

    assert shown("backup_due_timestamp_seconds") == (NOW + timedelta(hours=1)).timestamp()
    assert shown("backup_shipped_timestamp_seconds") == NOW.timestamp()
    assert shown("drill_due_timestamp_seconds") == (NOW + timedelta(days=1)).timestamp()
    assert shown("drill_passed") == 0
    assert [shown("backup_copy_away", copy=number) for number in ("1", "2")] == [0, 1]
    assert (shown("backup_free_bytes", copy="1") or 0) > 0
    assert shown("backup_free_bytes", copy="2") is None


TOLD = KeeperNote(
    at=NOW, shipped_at=NOW, last="x", last_at=NOW, every=timedelta(hours=1), copies={"one": "", "two": ""}
)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (TOLD, ""),
        (TOLD.model_copy(update={"copies": {"one": "No space left on device", "two": ""}}), "No space left"),
        (TOLD.model_copy(update={"at": NOW - timedelta(minutes=6)}), "the keeper has said nothing"),
        (TOLD.model_copy(update={"shipped_at": NOW - timedelta(minutes=6)}), "nothing reached a copy"),
        (TOLD.model_copy(update={"last_at": NOW - timedelta(hours=3)}), "the last backup is from"),
        (TOLD.model_copy(update={"trouble": "BackupError: no"}), "BackupError"),
    ],
)
def test_what_an_operator_has_to_see_to_is_a_sentence(told: KeeperNote, says: str) -> None:
    assert len(told.problems(NOW)) == (1 if says else 0)
    assert says in "".join(told.problems(NOW))


@pytest.mark.parametrize(
    ("tried", "first", "says"),
    [
        (None, None, []),
        (None, 47, []),
        (None, 48, ["no drill was ever made"]),
        (47, 900, []),
        (48, 900, [f"the last drill is from {moment_said(NOW - timedelta(hours=48))}"]),
    ],
)
def test_a_drill_is_late_when_two_in_a_row_were_not_made(
    tried: int | None, first: int | None, says: list[str]
) -> None:
    told = TOLD.model_copy(update={"first_at": None if first is None else NOW - timedelta(hours=first)})
    good = (Check(asks="the province comes back", outcome="PASS"),)
    made = None if tried is None else Drill(at=NOW - timedelta(hours=tried), checks=good)
    assert drill_problems(made, told, NOW) == says


def test_a_drill_is_due_each_day_also_where_backups_are_taken_by_the_day() -> None:
    good = (Check(asks="the province comes back", outcome="PASS"),)
    day = Drill(at=NOW - timedelta(days=1), checks=good)
    assert drill_is_due(day, TOLD, NOW)
    assert not drill_is_due(day, TOLD, NOW - timedelta(seconds=1))
    assert not drill_is_due(None, TOLD, NOW)
    assert drill_is_due(None, TOLD.model_copy(update={"first_at": NOW - timedelta(days=1)}), NOW)


def test_a_moment_that_is_told_is_the_moment_that_restore_reads() -> None:
    first = backup(0).model_copy(update={"ended_at": NOW.replace(microsecond=4)})
    with pytest.raises(NoBackupError) as refused:
        reaching([first], NOW - timedelta(days=1))
    told = str(refused.value).rpartition(" at ")[2]
    assert reaching([first], _moment(told)) == [first]
    assert _moment(moment_said(NOW)) == NOW.replace(microsecond=0)


def test_who_keeps_no_copies_tells_no_number_about_them() -> None:
    names = "{one.name for one in registry.collect()}"
    program = f"import suite.cli.up; from common.metrics import registry; print(*{names})"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "motcua_jobs" in told
    assert [name for name in told.split() if name.startswith(("motcua_backup", "motcua_drill"))] == []
