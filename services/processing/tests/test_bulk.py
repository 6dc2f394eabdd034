"""One deed for many dossiers: each by the rules of the single deed, what is refused says why, a crash loses nothing."""

import asyncio
import os
import sys
import uuid
from subprocess import PIPE

import httpx
import pytest
from common.jobs import run_if_due
from processing.jobs import jobs, many

CODES = [f"H42.101-261207-{number:04}" for number in range(1, 5)]
BULKS = "/api/processing/agencies/H42.101/bulks"


async def order(stage, who, deed, codes=CODES, key=None, **said) -> httpx.Response:
    versions = dict(await stage.sql("SELECT code, version FROM dossier"))
    items = [{"code": code, "version": versions.get(code, 1)} for code in codes]
    async with stage.api(who) as http:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return await http.post(f"{BULKS}/{deed}", json={"items": items} | said, headers=headers)


async def carried_out(stage, who, answer: httpx.Response) -> dict:
    """Let the worker do it and return the order as its giver sees it."""
    assert answer.status_code == 201, answer.text
    await many(stage.rules, stage.app.state.built.means).run(stage.database, stage.now)
    return (await stage.get(who, f"/bulks/{answer.json()['id']}")).json()


def states(told: dict) -> list[tuple[str, str | None]]:
    return [(one["state"], one["refusal_code"]) for one in told["items"]]


@pytest.fixture
async def full(stage):
    for code in CODES[1:]:
        await stage.accept(code)
    return stage


async def test_dossiers_are_taken_given_and_passed_on_each_by_the_rules_of_the_single_deed(full):
    await full.act("binh", "claim", CODES[3])
    taken = await carried_out(full, "an", await order(full, "an", "claim"))
    assert states(taken) == [("done", None)] * 3 + [("refused", "not-found")]  # own scope: Bình has it
    assert (taken["done"], taken["refused"], taken["waiting"], taken["total"]) == (3, 1, 0, 4)
    assert taken["items"][3]["refusal"].startswith("Không tìm thấy")
    given = await carried_out(
        full, "lan", await order(full, "lan", "assignment", officer_id="binh", reason="Chia lại việc.")
    )
    assert states(given) == [("done", None)] * 4
    told = await full.facts("processing.dossier_assigned.v1")
    assert [one["assigned_by"] for one in told[-4:]] == ["lan"] * 4
    passed_on = await carried_out(full, "binh", await order(full, "binh", "step-completion", remarks="Đủ."))
    assert states(passed_on) == [("refused", "proposal-missing")] * 4  # no step can be skipped here either


async def test_r_prc_11_many_are_signed_after_a_look_and_one_proof_and_who_changed_one_meanwhile_wins(full):
    for code in CODES:
        await full.to_leader(code)
    shown = (await full.get("lan", "/bulks/preview", deed="signature", code=[*CODES, "H42.101-0"])).json()
    assert [(one["code"], one["possible"]) for one in shown["items"]] == [(code, True) for code in CODES]
    assert shown["items"][0]["proposal"]["lines"][0]["text"]
    looks = await full.facts("processing.dossier_looked_at.v1")
    assert sorted(one["code"] for one in looks if one["part"] == "draft_decision") == CODES
    answer = await order(full, "lan", "signature")
    await full.act("lan", "sending-back", CODES[1], remarks="Sửa lại quê quán.")
    told = await carried_out(full, "lan", answer)
    assert states(told)[1] == ("refused", "stale-version")
    assert [state for state, _ in states(told)].count("done") == 3
    assert len(full.signer.signed) == 3
    assert told["finished_at"] is not None
    issued = await full.facts("processing.result_ready.v1")
    assert sorted(one["code"] for one in issued) == [CODES[0], *CODES[2:]]
    lines = await full.sql(
        "SELECT actor, subject FROM audit_line WHERE route = 'job bulk signature' ORDER BY subject"
    )
    assert [tuple(one) for one in lines] == [("lan", code) for code in [CODES[0], *CODES[2:]]]


async def test_an_order_asks_for_the_right_the_agency_and_at_each_dossier_for_what_its_giver_still_is(full):
    for code in CODES:
        await full.to_leader(code)
    assert (await order(full, "an", "signature")).status_code == 403
    assert (await order(full, full.who("lan", agency="H42"), "signature")).status_code == 404
    assert (await order(full, "lan", "signature", [])).status_code == 422
    assert (await order(full, "lan", "signature", [CODES[0]] * 501)).status_code == 422
    unseen = await order(full, "lan", "signature", ["H42.102-261207-0001"])
    assert states(await carried_out(full, "lan", unseen)) == [("refused", "not-found")]
    [tried] = await full.sql("SELECT subject FROM audit_line WHERE route LIKE 'job bulk%' AND outcome = 404")
    assert tried[0] == "H42.102-261207-0001"
    given = await order(full, "lan", "signature")
    assert (await full.get("an", f"/bulks/{given.json()['id']}")).status_code == 404
    await full.sql("UPDATE officer SET roles = '[\"desk_officer\"]' WHERE id = 'lan'")
    assert states(await carried_out(full, "lan", given)) == [("refused", "forbidden")] * 4
    assert full.signer.signed == []


async def test_an_order_sent_twice_is_one_and_a_dossier_named_twice_is_signed_once(full):
    await full.to_leader(CODES[0])
    key = str(uuid.uuid4())
    first, again = [await order(full, "lan", "signature", [CODES[0]] * 2, key) for _ in range(2)]
    assert first.json()["id"] == again.json()["id"]
    assert states(await carried_out(full, "lan", first)) == [("done", None)]
    assert len((await full.get("lan", "/bulks")).json()) == 1


async def test_a_worker_that_dies_halfway_is_followed_by_one_that_does_the_rest_once(full):
    for code in CODES:
        await full.to_leader(code)
    answer = await order(full, "lan", "signature")
    seen: list[str] = []
    running = asyncio.create_task(many(full.rules, full.app.state.built.means).run(full.database, full.now))

    async def die_at_the_third() -> None:
        seen.append("one")
        if len(seen) == 3:
            running.cancel()
            await asyncio.Event().wait()

    full.signer.before = die_at_the_third
    with pytest.raises(asyncio.CancelledError):
        await running
    full.signer.before = None
    told = (await full.get("lan", f"/bulks/{answer.json()['id']}")).json()
    assert (told["finished_at"], told["waiting"] >= 1) == (None, True)
    assert (await carried_out(full, "lan", answer))["done"] == 4
    numbers = await full.sql("SELECT decision_serial FROM dossier ORDER BY 1")
    assert [one[0] for one in numbers] == [1, 2, 3, 4]
    assert len(await full.facts("processing.result_ready.v1")) == 4


WORKER = """
import asyncio, sys
from datetime import datetime
from dataclasses import replace
from common.database import Database
from processing.jobs import many
from processing.main import means_of, rules_of
from processing.settings import Settings

class HangsAtTheFourth:
    def __init__(self, signer): self.signer, self.asked = signer, 0
    async def sign(self, *told, **named):
        self.asked += 1
        if self.asked >= 4:
            print("hangs", flush=True)
            await asyncio.Event().wait()
        return await self.signer.sign(*told, **named)

settings = Settings()
means = means_of(settings)
database = Database(settings.database_url)
database.ring = settings.ring
bulk = many(rules_of(settings), replace(means, signer=HangsAtTheFourth(means.signer)))
asyncio.run(bulk.run(database, datetime.fromisoformat(sys.argv[1])))
"""


async def test_a_worker_killed_by_the_system_among_many_signatures_loses_none_and_signs_none_twice(full):
    for code in CODES[:4] + (more := [f"H42.101-261207-{number:04}" for number in range(5, 8)]):
        if code in more:
            await full.accept(code)
        await full.to_leader(code)
    answer = await order(full, "lan", "signature", CODES + more)
    settings = full.settings
    told = {
        "MOTCUA_DATABASE_URL": full.database.dsn,
        "MOTCUA_PROFILE": settings.profile,
        "MOTCUA_FILES_URL": settings.files_url,
        "MOTCUA_SIGNING_FOLDER": str(settings.signing_folder),
        "MOTCUA_SEALING_KEY": "the key of the tests",
        "MOTCUA_PUBLIC_URL": settings.public_url,
    }
    command = (sys.executable, "-c", WORKER, full.now.isoformat())
    worker = await asyncio.create_subprocess_exec(*command, env={**os.environ, **told}, stdout=PIPE)
    assert worker.stdout is not None
    try:
        async with asyncio.timeout(120):
            while (line := (await worker.stdout.readline()).strip()) != b"hangs":
                assert line, "it ended before it hung"
                assert b"[error" not in line, line
    finally:
        worker.kill()
        await worker.wait()
    left = (await full.get("lan", f"/bulks/{answer.json()['id']}")).json()
    assert (left["finished_at"], left["waiting"] >= 4, left["refused"]) == (None, True, 0)
    ended = await carried_out(full, "lan", answer)
    assert (ended["done"], ended["finished_at"] is not None) == (7, True)
    assert len(full.signer.signed) == left["waiting"]
    numbers = await full.sql("SELECT decision_serial FROM dossier ORDER BY 1")
    assert [one[0] for one in numbers] == list(range(1, 8))
    ready = await full.facts("processing.result_ready.v1")
    assert sorted(one["code"] for one in ready) == CODES + more


async def test_what_breaks_at_one_dossier_is_said_there_and_the_job_of_the_worker_does_the_others(full):
    for code in CODES:
        await full.to_leader(code)
    answer = await order(full, "lan", "signature")
    broken = iter([RuntimeError("no key")])

    async def break_once() -> None:
        for error in broken:
            raise error

    full.signer.before = break_once
    job = next(one for one in jobs(full.rules, full.app.state.built.means) if one.name == "bulk")
    full.now = (await full.sql("SELECT now()"))[0][0]
    await full.sql("UPDATE bulk SET started_at = now()")
    await run_if_due("processing", full.database, job)
    told = (await full.get("lan", f"/bulks/{answer.json()['id']}")).json()
    assert sorted(states(told)) == [("done", None)] * 3 + [("refused", "not-done")]


async def test_an_order_of_yesterday_is_not_carried_out_any_more(full):
    await full.to_leader(CODES[0])
    answer = await order(full, "lan", "signature", CODES[:1])
    await full.sql("UPDATE bulk SET started_at = started_at - interval '25 hours'")
    assert states(await carried_out(full, "lan", answer)) == [("refused", "order-too-old")]
    await full.sql("UPDATE bulk SET finished_at = finished_at - interval '31 days'")
    await many(full.rules, full.app.state.built.means).run(full.database, full.now)
    assert await full.sql("SELECT 1 FROM bulk UNION SELECT 1 FROM bulk_item") == []
