"""Where an agency runs an instance of its own, all work is settled by exactly one."""

from datetime import UTC, datetime, timedelta

import pytest
from regulation.instances import Turn, settled_by, turns_of

CUT = datetime(2026, 12, 7, tzinfo=UTC)
APART = {"H42.15": CUT, "H42.15.03": CUT + timedelta(days=1)}


@pytest.mark.parametrize(
    ("agency", "days", "instance"),
    [
        ("H42.15", 0, "H42.15"),
        ("H42.15", 400, "H42.15"),
        ("H42.15", -1, ""),
        ("H42.15.07", 0, "H42.15"),
        ("000.00.15.H42", 0, "H42.15"),
        ("H42.15.03", 0, "H42.15"),  # its own cut is a day later
        ("H42.15.03", 1, "H42.15.03"),
        ("H42.16", 1, ""),
        ("H42.151", 1, ""),  # begins with the same signs and is another agency
        ("H42", 1, ""),
    ],
)
def test_agency_and_instant_of_acceptance_name_the_instance(agency: str, days: int, instance: str) -> None:
    assert settled_by(agency, CUT + timedelta(days=days), turns_of(APART)) == instance


@pytest.mark.parametrize(
    ("agency", "days", "instance"),
    [
        ("H42.15", 9, "H42.15"),
        ("H42.15", 10, ""),
        ("H42.15.07", 10, ""),
        ("H42.15.03", 10, "H42.15.03"),  # it did not hand back what the agency above it did
        ("H42.15", 20, "H42.15"),
    ],
)
def test_the_last_turn_counts_so_that_work_comes_back_and_goes_again(agency, days, instance):
    turns = [Turn("H42.15", CUT + timedelta(days=at), to) for at, to in ((20, "H42.15"), (10, ""))]
    assert settled_by(agency, CUT + timedelta(days=days), [*turns, *turns_of(APART)]) == instance
