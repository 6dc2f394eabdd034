"""A look-up is answered from what was kept for a second, and from the truth as soon as something changed."""

import asyncio
from typing import Any

from suite.testing import officer


async def seen(stage: Any, code: str, language: str = "vi") -> dict[str, Any]:
    answer = await stage.get(f"tracking/{code}", language=language)
    return {"status": answer.status_code, **answer.json()}


async def secretly(stage: Any, code: str, name: str) -> None:
    """Change a name in the database without telling anybody."""
    pool = await stage.database.pool()
    await pool.execute("update dossier set applicant_name = $2 where code = $1", code, name)


async def test_what_nobody_told_is_seen_after_a_second_and_a_deed_at_once(stage: Any) -> None:
    code = await stage.dossier()
    before = await seen(stage, code)
    await secretly(stage, code, "Trần Văn Bình")
    assert await seen(stage, code.lower()) == before
    async with asyncio.timeout(1.5):
        while await seen(stage, code) == before:  # noqa: ASYNC110 - nobody is told of it
            await asyncio.sleep(0.05)
    assert (await seen(stage, code))["owner_masked"] == "T*** V*** B***"
    accepted = await stage.accepted()
    assert (await seen(stage, accepted))["state"] == "accepted"
    await stage.unit_tells(accepted, "in_process", 2, step=2)
    assert (await seen(stage, accepted))["state"] == "in_process"


async def test_each_reads_the_own_language_and_an_officer_no_more_than_anybody(stage: Any) -> None:
    code = await stage.dossier()
    vietnamese, english = await seen(stage, code), await seen(stage, code, language="en")
    assert vietnamese["state_label"] != english["state_label"]
    answer = await stage.get(f"tracking/{code}", officer("desk_officer"))
    assert {"status": 200, **answer.json()} == vietnamese
    assert "set-cookie" not in answer.headers


async def test_a_code_nobody_has_is_remembered_for_a_moment_and_told_to_each_anew(stage: Any) -> None:
    code = await stage.dossier()
    unknown = code[:-4] + "9998"
    first, second = await seen(stage, unknown), await seen(stage, unknown)
    assert first["status"] == second["status"] == 404
    assert first["trace_id"] != second["trace_id"]
