"""A drill leaves the living province its room, and what is damaged keeps nothing else from coming back."""

from pathlib import Path
from typing import NamedTuple

import pytest
from suite.backup import room
from suite.backup.drilling import drill
from suite.backup.files import FILES
from suite.backup.installation import Settings
from suite.backup.restoring import restore
from suite.backup.room import NoRoomError, refuse_narrow
from suite.testing.copied import Province, copy_of, damage, quiet

GB = 1_000_000_000
HELD = 5  # gigabytes, as everywhere but in tests


@pytest.fixture(autouse=True)
def held(reserve: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold free what a living province needs."""
    assert Settings.model_fields["reserve"].default == HELD
    monkeypatch.delenv("MOTCUA_BACKUP_RESERVE")


class Disk(NamedTuple):
    """What a disk says of itself."""

    total: int
    used: int
    free: int


def disk(monkeypatch: pytest.MonkeyPatch, *free: int, total: int = 200 * GB) -> None:
    """Have the disk say one after another how much is free, and the last for ever."""
    said = list(free)
    monkeypatch.setattr(
        room.shutil, "disk_usage", lambda _folder: Disk(total, 0, said.pop(0) if len(said) > 1 else said[0])
    )


@pytest.mark.parametrize(
    ("free", "total", "wanted", "fits"),
    [
        (65 * GB, 200 * GB, 60 * GB, True),
        (65 * GB, 200 * GB, 60 * GB + 1, False),
        (2 * GB, 20 * GB, GB, True),
        (4 * GB, 200 * GB, 0, False),
    ],
)
def test_what_the_living_province_needs_stays_free(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, free: int, total: int, wanted: int, fits: bool
) -> None:
    disk(monkeypatch, free, total=total)
    try:
        refuse_narrow(tmp_path, wanted, HELD)
    except NoRoomError:
        assert not fits
    else:
        assert fits


async def test_a_drill_without_room_lays_nothing_out_and_says_what_it_could_not_verify(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.keeper.round()
    disk(monkeypatch, 5 * GB + 1)
    done = await drill(province.place, quiet)
    assert not done.passed
    assert [(one.asks, one.outcome) for one in done.checks] == [
        ("there is room to bring the province back", "COULD-NOT-VERIFY")
    ]
    assert "are needed in" in done.checks[0].says
    assert not (province.place.work / "drill").exists()


async def test_a_drill_ends_when_the_room_goes_while_it_lays_out(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.keeper.round()
    disk(monkeypatch, 100 * GB, 100 * GB, 5 * GB)
    done = await drill(province.place, quiet)
    assert [one.outcome for one in done.checks] == ["COULD-NOT-VERIFY"]
    assert not (province.place.work / "drill").exists()


async def test_a_restore_without_room_changes_nothing(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    await province.write("kept")
    await province.keeper.round()
    province.leave()
    with monkeypatch.context() as narrow:
        disk(narrow, 100 * GB, 5 * GB)
        with pytest.raises(NoRoomError):
            await restore(province.place, None, quiet)
    assert not (province.place.work / "restored").exists()
    assert not (province.place.folder / "replaced").exists()
    province.server.start()
    assert await province.sql("select said from word") == ["kept"]


async def test_a_file_damaged_in_every_copy_is_told_and_everything_else_comes_back(
    province: Province,
) -> None:
    papers = [await province.file(word) for word in (b"whole", b"harmed")]
    await province.write("kept")
    await province.keeper.round()
    for number in (0, 1):
        (sealed,) = copy_of(province.place, number).glob(f"{FILES}/**/{papers[1].name}*")
        damage(sealed)
    tried = await drill(province.place, quiet)
    said = {one.asks: (one.outcome, one.says) for one in tried.checks}
    assert said["every other file that a restore brings is whole"] == (
        "FAIL",
        "1 of 2 are whole in no copy",
    )
    province.leave()
    for paper in papers:
        paper.unlink()
    done = await restore(province.place, None, quiet)
    assert done is not None
    (trouble,) = done.troubles
    assert papers[1].name in trouble
    assert [paper.exists() for paper in papers] == [True, False]
    province.server.start()
    assert await province.sql("select said from word") == ["kept"]
