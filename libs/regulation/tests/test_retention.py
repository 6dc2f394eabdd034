"""What is kept about people, how long, and what becomes of it: one table, read with every province's profile."""

from datetime import UTC, datetime, timedelta

import pytest
from regulation import profiles
from regulation.profiles.schema import SCHEMA
from regulation.retention import RULES, Fate, Record, Retention, key_of, retention_of

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
PROVINCES = ("ninh-binh", "quang-tri", "thai-nguyen", "binh-dinh", "ha-nam", "national-2026")


@pytest.mark.parametrize("record", list(Record))
def test_sec_20_every_kind_of_record_has_an_owner_a_fate_a_source_and_a_reason_in_both_languages(record):
    rule = RULES[record]
    assert rule.service in {"identity", "intake", "notify", "qa"}
    assert all((rule.source, rule.said("vi"), rule.said("en")))
    assert rule.said("vi") != rule.said("en")
    assert (key_of(record) in SCHEMA) is (rule.fate is not Fate.KEPT)


@pytest.mark.parametrize("province", PROVINCES)
def test_sec_20_every_province_says_how_long_what_goes_stays_and_nothing_says_when_a_dossier_goes(province):
    kept = retention_of(profiles.load(province))
    assert {record for record, rule in RULES.items() if rule.fate is not Fate.KEPT} == set(kept.spans)
    assert not {Record.DOSSIER, Record.ACCESS_LINE} & set(kept.spans)
    assert all(span >= timedelta(days=1) for span in kept.spans.values())


@pytest.mark.parametrize(
    ("days", "before"),
    [(1, datetime(2026, 11, 26, 8, tzinfo=UTC)), (30, datetime(2026, 10, 28, 8, tzinfo=UTC))],
)
def test_sec_20_the_time_of_a_record_is_over_its_days_after_it_was_last_needed(days, before):
    assert Retention({Record.DRAFT: timedelta(days=days)}).over_before(Record.DRAFT, NOW) == before
