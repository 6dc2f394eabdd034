"""The desk's queues narrowed, ordered and counted: what is counted is what is shown, page by page and in the file."""

import csv
import io
import itertools
from datetime import UTC, datetime

import pytest
from regulation.queues import DESK
from regulation.states import State
from suite.testing import officer

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 10, day, 1, tzinfo=UTC) for day in (5, 6, 7))
REFUSAL = {"reason": "Không đúng", "legal_basis": "Luật Hộ tịch Đ.16"}
NARROWINGS = (
    {},
    {"procedure": "1.001193"},
    {"procedure": "9.999999"},
    {"state": "submitted,refused"},
    {"channel": "online"},
    {"channel": "post"},
    {"officer": "hoa"},
    {"since": "2026-10-06"},
    {"until": "2026-10-06"},
    {"since": "2026-10-06", "until": "2026-10-06", "procedure": "2.000777"},
)


async def shown(stage, caller, **query):
    """Read a list to its last row, two rows at a time."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await stage.get("desk/dossiers", caller, limit=2, **query, **more)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        if (cursor := page["next"]) is None:
            return found, page["total"]


@pytest.fixture
async def desk(stage):
    """Give a desk of its own with dossiers of three days, two procedures, and officers who decided some."""
    codes = {}
    for day, (procedure, name) in itertools.product(
        (MONDAY, TUESDAY, WEDNESDAY), ((stage.PLAIN, "plain"), (stage.BIRTH, "birth"))
    ):
        stage.now = day
        codes[f"{name}-{day.day}"] = await stage.dossier(agency=stage.KIM_SON, code=procedure)
    caller = stage.desk(stage.KIM_SON, subject="hoa")
    assert (await stage.act(codes["plain-5"], "refusal", caller, **REFUSAL)).status_code == 200
    stage.now = WEDNESDAY.replace(hour=2)
    return caller, codes


async def test_r_int_01_a_count_is_the_length_of_its_list_however_it_is_narrowed(stage, desk):
    caller, _ = desk
    for narrowed in NARROWINGS:
        counted = (await stage.get("desk/counts", caller, **narrowed)).json()["lists"]
        assert counted.keys() == {name for name, queue in DESK.items() if queue.is_open}
        for name, count in counted.items():
            rows, total = await shown(stage, caller, list=name, **narrowed)
            assert (len(rows), total) == (count, count), (name, narrowed)
            assert len({row["code"] for row in rows}) == count


async def test_r_int_01_the_desk_is_narrowed_by_procedure_days_officer_channel_and_state(stage, desk):
    caller, codes = desk
    named = {code: name for name, code in codes.items()}

    async def found(**query):
        rows, _ = await shown(stage, caller, **query)
        return {named[row["code"]] for row in rows if row["code"] in named}

    assert await found(list="to_check", procedure=stage.BIRTH) == {"birth-5", "birth-6", "birth-7"}
    assert await found(list="to_check", since="2026-10-06", until="2026-10-06") == {"plain-6", "birth-6"}
    assert await found(list="to_check", until="2026-10-05") == {"birth-5"}
    assert await found(list="closed", officer="hoa") == {"plain-5"}
    assert await found(list="closed", officer="lan") == set()
    assert await found(list="closed", state="refused,submitted") == {"plain-5"}
    assert await found(list="closed", state="submitted") == set()
    assert await found(list="to_check", channel="counter") == set()
    assert await found(q="minh anh", procedure=stage.BIRTH, since="2026-10-07") == {"birth-7"}
    wrong = await stage.get("desk/dossiers", caller, since="2026-10-07", until="2026-10-06")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "until")


@pytest.mark.parametrize(
    ("sort", "key", "falling"),
    [("newest", "submitted_at", True), ("oldest", "submitted_at", False), ("due", "next_due_at", False)],
)
async def test_an_order_holds_over_all_pages_and_states(stage, desk, sort, key, falling):
    caller, _ = desk
    rows, total = await shown(stage, caller, state=",".join(State), sort=sort)
    told = [(row[key], row["code"]) for row in rows]
    assert told == sorted(told, reverse=falling)
    assert len(set(told)) == total >= 6


async def test_the_file_holds_the_narrowed_list(stage, desk):
    caller, codes = desk
    query = {"list": "to_check", "procedure": stage.BIRTH, "until": "2026-10-06"}
    answer = await stage.get("desk/dossiers.csv", caller, **query)
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert {codes["birth-5"], codes["birth-6"]} <= {row[0] for row in rows[1:]}
    assert {row[0] for row in rows[1:]} == {row["code"] for row in (await shown(stage, caller, **query))[0]}


async def test_only_what_occurs_at_the_desk_is_offered(stage, desk):
    caller, _ = desk
    offered = (await stage.get("desk/choices", caller)).json()
    assert {one["id"] for one in offered["procedures"]} == {stage.PLAIN, stage.BIRTH}
    assert {one["id"] for one in offered["states"]} == {*State}
    nobody = (await stage.get("desk/choices", officer("desk_officer", agency="H42.15"))).json()
    assert (nobody["procedures"], nobody["officers"]) == ([], [])


async def test_r_prc_16_applicants_are_named_to_who_may_open_the_dossier_and_to_nobody_else(stage, desk):
    _, codes = desk
    sought = [*codes.values()]
    mine = officer("desk_officer", "specialist", agency=stage.KIM_SON)
    named = (await stage.get("desk/applicants", mine, code=sought)).json()
    assert {one["code"] for one in named} == set(sought)
    assert {one["applicant_name"] for one in named} == {"Nguyễn Thị Ánh"}
    theirs = officer("desk_officer", "specialist", agency=stage.GIA_VIEN)
    assert (await stage.get("desk/applicants", theirs, code=sought)).json() == []
    assert (await stage.get("desk/applicants", stage.citizen, code=sought)).status_code == 403
