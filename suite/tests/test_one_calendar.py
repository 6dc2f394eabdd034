"""Desk, handling officers and catalogue count by one calendar, the province's own where it has one."""

from fractions import Fraction

import pytest
from catalog.main import day_hours_of
from catalog.settings import Settings as CatalogSettings
from intake.main import make_means
from intake.settings import Settings as IntakeSettings
from processing.main import rules_of
from processing.settings import Settings as ProcessingSettings

OWN = """
zone: Asia/Ho_Chi_Minh
valid: [2027-01-01, 2027-12-31]
periods: {mon: ["07:00-11:00", "13:00-16:00"], tue: ["07:00-11:00", "13:00-16:00"]}
off: [2027-01-01, 2027-01-04]
make_up: []
"""


@pytest.fixture
def calendars(tmp_path, monkeypatch):
    """The calendars of the services in an environment."""

    def read():
        told = {"database_url": "", "files_url": "memory:///", "signing_folder": tmp_path}
        rules = rules_of(ProcessingSettings(**told))
        hours = day_hours_of(CatalogSettings(**told))
        return make_means(IntakeSettings(**told)).calendar, rules.calendar, hours

    def read_with(text):
        place = tmp_path / "own.yaml"
        place.write_text(text, "utf-8")
        monkeypatch.setenv("MOTCUA_CALENDAR_FILE", str(place))
        return read()

    read.with_file = read_with
    return read


def test_without_a_file_all_count_by_the_hours_of_the_profile(calendars):
    desk, handling, hours = calendars()
    assert desk.version == handling.version
    assert hours == 8


def test_a_file_holds_for_all_and_the_length_of_a_day_comes_from_it(calendars):
    plain = calendars()[0].version
    desk, handling, hours = calendars.with_file(OWN)
    assert desk.version == handling.version != plain
    assert (desk.valid_from.year, hours) == (2027, Fraction(7))
