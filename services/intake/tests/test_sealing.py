"""What says who somebody is stands sealed in intake: a copy of the database tells nothing of it, and all is found."""

import asyncio
import json
import subprocess
import time
from typing import Any

import pytest
import pytest_asyncio
from common import resealing
from common.ids import uuid7
from common.resealing import CLEAR, values_by_key
from common.sealing import FILE, FIRST, Ring, SealBrokenError, add_key
from intake.models import Dossier
from intake.usecases.seal_columns import KINDS, sealing
from suite.run.places import postgres_programs
from suite.testing import citizen

PEOPLE = 1000
STREET = "Số 5, đường Tràng An"
SECRET = b"the key of the tests"


@pytest_asyncio.fixture(scope="module", loop_scope="session", name="database")
async def crowded(fresh_database: Any) -> Any:
    """Give a database of its own: so many people would hide what other tests look for."""
    return await fresh_database("intake")


def person(number: int) -> dict[str, Any]:
    return {
        "full_name": "Nguyễn Thị Giữ Kín",
        "id_number": f"0372880{number:05d}",
        "phone": f"09177{number:05d}",
        "email": f"canary{number:05d}@giu-kin.example",
        "child_name": "Nguyễn Minh Anh",
        "born_on": f"2026-03-{1 + number % 28:02d}",
        "relation": "mother",
        "at_hospital": False,
    }


async def handed_in(stage: Any, number: int, agency: str = "", **more: Any) -> str:
    answers = {**person(number), **more}
    body = {"procedure_code": stage.PLAIN, "procedure_version": 1, "agency": agency or stage.HOA_LU}
    answer = await stage.submit(citizen(str(uuid7())), **body, answers=answers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def found(stage: Any, words: str) -> set[str]:
    rows = (await stage.get("desk/dossiers", stage.desk(), q=words, limit=200)).json()["items"]
    return {row["code"] for row in rows}


async def sealed_all(stage: Any, batch: int = 200) -> int:
    seal, total, count = sealing(batch), 0, 1
    while count:
        async with stage.database.sessions.begin() as session:
            count = await seal(session)
        total += count
    return total


async def counted(stage: Any) -> dict[str, int]:
    async with stage.database.sessions() as session:
        told = await values_by_key(session, KINDS)
    return {key: count for key, count in told.items() if count}


async def dumped(stage: Any) -> str:
    """Copy the database as whoever steals a dump has it."""
    command = [str(postgres_programs() / "pg_dump"), "--inserts", stage.database.dsn]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True, text=True)
    return done.stdout


async def in_clear(stage: Any, number: int) -> str:
    """Hand in as a version does that knows nothing of seals."""
    ring, stage.database.ring = stage.database.ring, None
    try:
        return await handed_in(stage, number)
    finally:
        stage.database.ring = ring


async def met(stage: Any) -> str:
    """Play what leaves values behind: a draft, a corrected contact, a corrected answer, a paper, a search."""
    code = await stage.dossier(result_channel="post", result_address=STREET)
    told = {"phone": "0917799998", "email": "sua-lai@giu-kin.example", "reason": "Ghi nhầm một số"}
    corrected = await stage.act(code, "contact", None, "PATCH", **told)
    assert corrected.status_code == 200, corrected.text
    draft = await stage.draft(stage.PLAIN)
    async with stage.client(stage.citizen) as web:
        url, answers = f"/api/intake/drafts/{draft['id']}", {"id_number": "037288077777"}
        saved = await web.patch(url, json={"answers": answers, "version": draft["version"]})
    assert saved.status_code == 200, saved.text
    assert code in await found(stage, "0917 799 998")
    return code


@pytest.mark.asvs("11.3.3", "14.2.4")
async def test_s41_a_copy_of_intakes_database_holds_no_number_no_address_and_no_answer(stage):
    gate = asyncio.Semaphore(20)

    async def one(number: int) -> str:
        async with gate:
            return await handed_in(stage, number, stage.NHO_QUAN)

    await asyncio.gather(*(one(number) for number in range(PEOPLE)))
    await met(stage)
    await sealed_all(stage)
    people = [person(number) for number in range(PEOPLE)]
    canaries = [one[field] for one in people for field in ("id_number", "email")]
    canaries += [one["phone"][1:] for one in people]  # however it is written
    canaries += [STREET, "917799998", "sua-lai@giu-kin.example", "037288077777"]
    canaries += [f'"born_on": "{person(number)["born_on"]}"' for number in range(28)]
    canaries += [stage.ANSWERS["id_number"], stage.ANSWERS["email"], stage.ANSWERS["phone"][1:]]
    copy = await dumped(stage)
    assert "Nguyễn Thị Giữ Kín" in copy, "names stay readable, and so the copy is one"
    assert [one for one in canaries if one in copy] == []
    await in_clear(stage, PEOPLE)
    assert person(PEOPLE)["phone"][1:] in await dumped(stage), "the look into the copy would see one"
    assert await sealed_all(stage) > 0
    assert person(PEOPLE)["phone"][1:] not in await dumped(stage)


@pytest.mark.parametrize("older", [False, True], ids=["sealed", "in clear"])
async def test_r_trk_11_a_person_is_found_by_number_phone_and_address_in_any_writing(stage, older):
    number = 40_001 if older else 40_002
    code = await (in_clear if older else handed_in)(stage, number)
    digits = person(number)["phone"][1:]
    ways = [f"0{digits}", f"+84 {digits[:2]} {digits[2:5]}.{digits[5:]}", f"84{digits}"]
    ways += [person(number)["id_number"], person(number)["email"].upper(), f"giu kin 0{digits}"]
    for times in range(2):
        assert [way for way in ways if code not in await found(stage, way)] == [], times
        assert code not in await found(stage, f"0{int(digits) + 1}")
        await sealed_all(stage)


async def test_s41_a_sealed_column_is_not_compared_in_clear_by_mistake():
    with pytest.raises(TypeError, match="phone is sealed"):
        _ = Dossier.phone == "0912345678"


async def test_s41_values_moved_to_another_dossier_open_for_nobody(stage):
    one, other = await handed_in(stage, 50_001), await handed_in(stage, 50_002)
    pool = await stage.database.pool()
    stolen = await pool.fetchval("select answers_sealed from dossier where code = $1", one)
    kept = await pool.fetchval("select answers_sealed from dossier where code = $1", other)
    await pool.execute("update dossier set answers_sealed = $2 where code = $1", other, stolen)
    async with stage.database.sessions() as session:
        assert (await session.get_one(Dossier, one)).answers["id_number"] == person(50_001)["id_number"]
        with pytest.raises(SealBrokenError):
            _ = (await session.get_one(Dossier, other)).answers
    await pool.execute("update dossier set answers_sealed = $2 where code = $1", other, kept)


async def test_s41_what_an_older_version_wrote_is_read_in_clear_and_sealed_once(stage, monkeypatch):
    await sealed_all(stage)
    monkeypatch.setattr(resealing, "WINDOW", 3)
    ring, stage.database.ring = stage.database.ring, None
    code = await met(stage)
    stage.database.ring = ring
    before = {**await stage.read(code, stage.desk()), "alike": []}
    assert (await counted(stage))[CLEAR] > 5
    assert await sealed_all(stage, 2) > 3
    assert CLEAR not in await counted(stage)
    assert await sealed_all(stage) == 0
    assert {**await stage.read(code, stage.desk()), "alike": []} == before
    assert (before["answers"]["id_number"], before["phone"]) == (stage.ANSWERS["id_number"], "+84917799998")
    assert code in await found(stage, "0917799998")


async def test_s47_a_step_is_sealed_once_and_nothing_else_of_it_changes(stage):
    code = await met(stage)
    pool = await stage.database.pool()
    step = await pool.fetchval("select max(id) from step where dossier_code = $1", code)
    for change in ("details_sealed = 'k0.x'", "reason = 'khác'", "details = '{}', details_sealed = 'k0.x'"):
        with pytest.raises(Exception, match="rows are only added"):
            await pool.execute(f"update step set {change} where id = $1", step)
    with pytest.raises(Exception, match="rows are only added"):
        await pool.execute("delete from step where id = $1", step)
    with pytest.raises(Exception, match="rows are only added"):
        await pool.fetchval("select seal_step($1, 'k0.x')", step)


async def test_a_version_without_seals_beside_this_one_reads_everything(stage):
    stage.database.ring.beside = True
    code = await handed_in(stage, 60_001)
    pool = await stage.database.pool()
    plain = await pool.fetchrow("select phone, answers, search_key from dossier where code = $1", code)
    assert plain["phone"].endswith(person(60_001)["phone"][1:])
    assert json.loads(plain["answers"])["id_number"] == person(60_001)["id_number"]
    assert person(60_001)["phone"] in plain["search_key"].split()
    await pool.execute("update dossier set phone = '+84917760009' where code = $1", code)
    assert (await stage.read(code, stage.desk()))["phone"] == "+84917760009"
    assert await sealed_all(stage) == 0
    stage.database.ring.beside = False
    assert await sealed_all(stage) > 0
    assert await pool.fetchval("select phone from dossier where code = $1", code) is None
    assert (await stage.read(code, stage.desk()))["phone"] == "+84917760009"
    assert code in await found(stage, person(60_001)["id_number"])


@pytest.mark.asvs("11.2.2")
async def test_s42_the_key_changes_while_people_hand_in(make_stage, tmp_path, monkeypatch):
    stage = await make_stage(alone=True)  # nobody else has the keys
    clock, file = [time.time()], tmp_path / FILE
    stage.database.ring = ring = Ring(SECRET, file, now=lambda: clock[0])
    first = [await handed_in(stage, 70_000 + number) for number in range(20)]
    await sealed_all(stage)
    assert set(await counted(stage)) == {FIRST}
    over, codes = asyncio.Event(), list[str]()

    async def people(start: int) -> None:
        while not over.is_set():
            codes.append(await handed_in(stage, start + len(codes)))

    coming = [asyncio.create_task(people(start)) for start in (71_000, 81_000)]
    try:
        await _until(lambda: len(codes) > 5)
        add_key(file, clock[0])
        clock[0] += 121
        ring._look(0)
        monkeypatch.setattr(resealing, "WINDOW", 40)
        assert await sealed_all(stage, 25) >= 20
        came = len(codes)
        await _until(lambda: len(codes) > came + 5)
    finally:
        over.set()
        await asyncio.gather(*coming)
    await sealed_all(stage)
    async with stage.database.sessions() as session:
        kept = await values_by_key(session, KINDS[:3])
    assert {key for key, count in kept.items() if count} == {"k1"}
    for code in (first[0], codes[0], codes[-1]):
        assert (await stage.read(code, stage.desk()))["version"] == 1, "nobody edited anything"


async def _until(holds: Any) -> None:
    for _ in range(3000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came")


async def test_s15_numbers_and_addresses_looked_for_stand_in_no_line_of_the_access_log(stage):
    code = await handed_in(stage, 90_001)
    asked = person(90_001)
    for words in (f"Giữ Kín {asked['id_number']}", asked["phone"], asked["email"], code):
        await found(stage, words)
    pool = await stage.database.pool()
    lines = await pool.fetch("select details from audit_line where details <> '' order by seq desc limit 4")
    told = [json.loads(line["details"])["q"] for line in lines]
    assert told[0] == code
    assert told[3].startswith("Giữ Kín ~")
    text = str(told)
    assert [asked[name] for name in ("id_number", "phone", "email") if asked[name] in text] == []
    await found(stage, f"+84 {asked['phone'][1:]}")
    again = await pool.fetchval(
        "select details from audit_line where details <> '' order by seq desc limit 1"
    )
    assert json.loads(again)["q"] == told[2], "the same number is the same mark, however it is written"
