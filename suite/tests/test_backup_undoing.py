"""What a restore undid of an access log is noted when it takes over; until then nobody's cut is excused."""

import asyncio
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from audit.heads import Hand, ship, shipped, undone
from audit.reading import AS_HASHED
from audit.sealing import seal
from audit.verifying import Report, verify
from common.migrations import upgrade
from suite.backup import restoring
from suite.backup.keeper import Keeper
from suite.backup.restoring import lay_out, restore
from suite.backup.room import NoRoomError
from suite.backup.undoing import LAID_OUT
from suite.testing.copied import Province, at_once, quiet

HAND = Hand("notify", "secret")
CUT = """set session_replication_role = replica;
    delete from audit_line where subject = 'looked at'; delete from audit_seal where number > 1"""


async def look(province: Province, subject: str) -> None:
    """Write a line of the access log, seal it, and ship the head of it."""
    connection = await asyncpg.connect(province.server.dsn("notify"), server_settings=AS_HASHED)
    try:
        await connection.execute(
            "insert into audit_line (actor, deed, subject) values ('a', 'view', $1)", subject
        )
        newest = await seal(connection, HAND)
        assert newest is not None
        await ship(province.place.heads_url, HAND.head(newest, datetime.now(UTC)))
    finally:
        await connection.close()


async def cut(province: Province) -> None:
    """Take the last looks away, as who owns the database can."""
    connection = await asyncpg.connect(province.server.dsn("notify"))
    await connection.execute(CUT)
    await connection.close()


async def judged(province: Province) -> Report:
    """Verify the living log as `motcua audit verify` does."""
    connection = await asyncpg.connect(province.server.dsn("notify"), server_settings=AS_HASHED)
    url = province.place.heads_url
    try:
        heads, notes = await shipped(url, "notify"), await undone(url, "notify")
        return await verify(connection, "notify", public_key=HAND.public_key, heads=heads, undone=notes)
    finally:
        await connection.close()


async def looked_at(province: Province) -> datetime:
    """Have a log with two looks, and return a moment between them."""
    (province.place.folder / "secrets.json").write_text(json.dumps({"audit-notify": "secret"}))
    await province.sql("create database notify")
    await asyncio.to_thread(upgrade, province.server.dsn("notify"), "notify")
    await look(province, "before")
    await province.keeper.round()
    moment: datetime = (await province.sql("select clock_timestamp()"))[0]  # type: ignore[assignment]
    await look(province, "looked at")
    await province.ship()
    return moment


async def test_who_restores_beside_and_cuts_the_log_in_that_window_is_still_told(province: Province) -> None:
    moment = await looked_at(province)
    await lay_out(province.place, moment, province.place.folder / "beside", quiet)
    await province.keeper.round()
    report = await judged(province)
    assert (report.holds, report.restores) == (True, [])
    await cut(province)
    report = await judged(province)
    assert [one.kind for one in report.findings] == ["tail cut"]
    assert report.undone == 0


async def test_what_was_laid_out_to_be_looked_into_is_forgotten_once_it_is_gone(province: Province) -> None:
    moment, beside = await looked_at(province), province.place.folder / "beside"
    await lay_out(province.place, moment, beside, quiet)
    kept = province.place.work / LAID_OUT
    await province.keeper.round()
    assert len(json.loads(kept.read_text())) == 1
    away = beside.with_name("on another disk")
    beside.rename(away)
    await province.keeper.round()
    assert len(json.loads(kept.read_text())) == 1, "a disk that is not there for a while is not gone"
    away.rename(beside)
    shutil.rmtree(beside / "postgres")
    await province.keeper.round()
    assert json.loads(kept.read_text()) == []


async def test_what_was_laid_out_is_noted_once_when_its_databases_have_taken_over(
    province: Province,
) -> None:
    moment = await looked_at(province)
    into, data = province.place.work / "restored", province.place.folder / "postgres" / "data"
    await lay_out(province.place, moment, into, quiet)
    province.leave()
    data.rename(data.with_name("replaced"))
    (into / "postgres" / "data").rename(data)
    province.server.start()
    assert [one.kind for one in (await judged(province)).findings] == ["tail cut"]
    for _ in range(2):
        keeper = Keeper(province.place, province.server.dsn(), at_once)
        province.keeper = keeper
        await keeper.round()
        assert keeper.told.trouble == ""
        report = await judged(province)
        assert (report.holds, report.undone, len(report.restores)) == (True, 1, 1)
        keeper.receiver.stop()


async def test_a_store_of_heads_that_is_away_is_told_and_what_it_missed_is_signed_later(
    province: Province,
) -> None:
    moment = await looked_at(province)
    province.leave()
    heads = Path(province.place.heads_url.removeprefix("file://"))
    blocked = heads / "audit-undone"
    blocked.write_text("no folder")
    done = await restore(province.place, moment, quiet)
    assert done is not None
    assert any("notify's access log goes back" in one for one in done.troubles)
    blocked.unlink()
    province.server.start()
    province.keeper = Keeper(province.place, province.server.dsn(), at_once)
    await province.keeper.round()
    report = await judged(province)
    assert (report.holds, report.undone, len(report.restores)) == (True, 1, 1)


async def test_what_is_signed_later_excuses_nothing_that_was_shipped_since(province: Province) -> None:
    moment = await looked_at(province)
    province.leave()
    blocked = Path(province.place.heads_url.removeprefix("file://")) / "audit-undone"
    blocked.write_text("no folder")
    assert await restore(province.place, moment, quiet) is not None
    blocked.unlink()
    province.server.start()
    await look(province, "looked at")
    await cut(province)
    province.server.stop()
    province.server.start()
    keeper = province.keeper = Keeper(province.place, province.server.dsn(), at_once)
    await keeper.round()
    report = await judged(province)
    assert ([one.kind for one in report.findings], len(report.restores)) == (["tail cut"], 1)


async def test_a_restore_that_changed_nothing_in_the_end_notes_nothing(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = await looked_at(province)
    province.leave()

    def narrow(*_: object) -> list[str]:
        raise NoRoomError("no room for the files")

    monkeypatch.setattr(restoring, "bring_files", narrow)
    with pytest.raises(NoRoomError):
        await restore(province.place, moment, quiet)
    province.server.start()
    await cut(province)
    assert [one.kind for one in (await judged(province)).findings] == ["tail cut"]
