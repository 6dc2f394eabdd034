"""A sealed migration is never edited; seen failing for each way somebody might."""

from pathlib import Path

import pytest
from suite.check.house import findings
from suite.check.migrations import SEAL, BrokenSealError, breaches, seal


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Give the one migration of a service that is sealed."""
    place = tmp_path / "services/qa/qa/migrations/versions/0001_create_qa.py"
    place.parent.mkdir(parents=True)
    place.write_text("revision = '0001'\n")
    (tmp_path / "services/qa/service.toml").write_text('name = "qa"\n')
    assert [one.what for one in breaches(tmp_path)] == ["is not sealed; run: motcua migrations seal"]
    assert seal(tmp_path) == ["qa/0001_create_qa.py"]
    return place


def test_what_is_sealed_and_untouched_is_right(tmp_path: Path, first: Path) -> None:
    assert breaches(tmp_path) == []
    assert seal(tmp_path) == []
    assert (tmp_path / "services/qa" / SEAL).read_text().endswith(f"  {first.name}\n")


def test_a_changed_migration_is_refused_by_the_house_and_cannot_be_sealed_again(
    tmp_path: Path, first: Path
) -> None:
    first.write_text("revision = '0001'  # touched\n")
    assert [finding.what for finding in findings(tmp_path)] == [
        "a sealed migration was changed; write a new one instead"
    ]
    with pytest.raises(BrokenSealError):
        seal(tmp_path)


def test_a_seal_that_was_taken_away_is_missed(tmp_path: Path, first: Path) -> None:
    first.parents[3].joinpath(SEAL).unlink()
    assert [breach.what for breach in breaches(tmp_path)] == ["is not sealed; run: motcua migrations seal"]


def test_a_migration_that_is_gone_is_missed(tmp_path: Path, first: Path) -> None:
    first.unlink()
    assert [breach.what for breach in breaches(tmp_path)] == [
        "a sealed migration is gone; databases out there have run it"
    ]


def test_a_new_migration_is_sealed_before_it_lands(tmp_path: Path, first: Path) -> None:
    first.with_name("0002_add_topic.py").write_text("revision = '0002'\n")
    assert [breach.what for breach in breaches(tmp_path)] == ["is not sealed; run: motcua migrations seal"]
    assert seal(tmp_path) == ["qa/0002_add_topic.py"]
    assert breaches(tmp_path) == []
