"""The lines of a result stand sealed in processing, and go to another instance that has keys of its own."""

import pytest
from common.resealing import CLEAR, values_by_key
from common.sealing import Ring, SealBrokenError
from processing.models import Dossier
from processing.usecases.seal_columns import KINDS, sealing

CODE, SECOND = "H42.101-261207-0001", "H42.101-261207-0002"
LINES = "select to_jsonb(t)::text from {} t"
REPLACED = {"ground": "Sai tên mẹ", "legal_basis": "Điều 70"}


async def signed(stage, content):
    await stage.to_leader()
    assert (await stage.act("lan", "signature")).status_code == 200
    new = {**content, "mother_name": "Trần Thị Khác"}
    answer = await stage.act("an", "revocation-proposal", **REPLACED, content=new)
    assert answer.status_code == 200, answer.text


async def written(stage):
    dossiers, revocations = (
        await stage.sql(LINES.format("dossier")),
        await stage.sql(LINES.format("revocation")),
    )
    return "".join(row[0] for row in (*dossiers, *revocations))


async def sealed_all(stage):
    seal, total, count = sealing(1), 0, 1
    while count:
        async with stage.database.sessions.begin() as session:
            count = await seal(session)
        total += count
    return total


async def counted(stage):
    async with stage.database.sessions() as session:
        return {key: count for key, count in (await values_by_key(session, KINDS)).items() if count}


@pytest.mark.parametrize("older", [False, True], ids=["sealed", "in clear"])
async def test_s41_the_lines_of_a_result_stand_sealed_and_are_read_as_they_were(stage, content, older):
    ring = stage.database.ring
    stage.database.ring = None if older else ring
    await signed(stage, content)
    stage.database.ring = ring
    assert ("Trần Thị Khác" in await written(stage), CLEAR in await counted(stage)) == (older, older)
    before = (await stage.get("an", f"/dossiers/{CODE}")).json()
    assert (await sealed_all(stage), await sealed_all(stage)) == (2 if older else 0, 0)
    text = await written(stage)
    assert [value for value in (*content.values(), "Trần Thị Khác") if len(value) > 6 and value in text] == []
    assert (await stage.get("an", f"/dossiers/{CODE}")).json() == before
    assert before["version"] == await stage.version(CODE), "nobody edited anything"
    assert content["mother_name"] in str(before)


async def test_s41_lines_moved_to_another_dossier_or_read_with_other_keys_open_for_nobody(stage):
    await stage.accept(SECOND)
    await stage.to_leader()
    move = "update dossier set content_sealed = (select content_sealed from dossier where code = :a) where code = :b"
    await stage.sql(move, a=CODE, b=SECOND)
    async with stage.database.sessions() as session:
        with pytest.raises(SealBrokenError):
            _ = (await session.get_one(Dossier, SECOND)).content
    stage.database.ring = Ring(b"another")
    async with stage.database.sessions() as session:
        with pytest.raises(SealBrokenError):
            _ = (await session.get_one(Dossier, CODE)).content
