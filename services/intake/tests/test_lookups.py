"""Looking up: one bucket for all doors, a second question where somebody may be guessing, and an alarm."""

from typing import Any

import pytest
from common.metrics import registry
from intake.api.lookups import Lookups
from intake.domain.lookups import LOOKS, MISSES, SIBLINGS, answers
from live import Limiter
from suite.testing import captured_logs

PATTERN = "{agency}-{yymmdd}-{serial}"
WALKS = "motcua_intake_lookup_walks_total"


def code(serial: int, agency: str = "H42.101") -> str:
    return f"{agency}-261207-{serial:04d}"


ORDERS = {
    "up": range(1, 37),
    "down": range(36, 0, -1),
    "in threes": [n + 3 * k for n in range(1, 4) for k in range(12)],
    "in strides of four": [n + 4 * k for n in range(1, 5) for k in range(9)],
    "anyhow": [7, 31, 2, 19, 11, 36, 4, 27, 15, 22, 9, 33],
}


@pytest.mark.parametrize("order", ORDERS)
async def test_s22_whoever_reads_codes_off_gets_few_in_whatever_order(order: str) -> None:
    lookups, before = Lookups(Limiter(), PATTERN, 1.0), registry.get_sample_value(WALKS) or 0
    got = [await lookups.look("203.0.113.1", code(serial)) for serial in ORDERS[order]]
    assert got == [True] * SIBLINGS + [False] * (len(got) - SIBLINGS)
    assert (registry.get_sample_value(WALKS) or 0) == before + 1
    assert await lookups.look("203.0.113.99", code(1)), "another network asks for what it likes"


async def test_s22_the_log_names_the_network_of_who_reads_codes_off_once_and_no_code() -> None:
    lookups = Lookups(Limiter(), PATTERN, 1.0)
    with captured_logs() as said:
        for serial in range(1, 37):
            await lookups.look("203.0.113.1", code(serial))
    told = [(one["event"], one["network"]) for one in said]
    assert told == [("dossier codes are read off", "203.0.113.1")]
    assert "261207" not in str(said)


async def test_s22_agencies_in_turn_hide_nobody_who_reads_off() -> None:
    lookups = Lookups(Limiter(), PATTERN, 1.0)
    asked = [code(serial, agency) for serial in range(1, 20) for agency in ("H42.101", "H42.102")]
    assert sum([await lookups.look("203.0.113.1", one) for one in asked]) == 2 * SIBLINGS


async def test_s22_a_few_dossiers_are_looked_at_as_often_as_one_likes() -> None:
    lookups = Lookups(Limiter(), PATTERN, 1.0)
    assert all([await lookups.look("203.0.113.1", code(n % SIBLINGS)) for n in range(1, 200)])


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("5678", True),
        ("1234", True),
        (" 56 78", True),
        ("0678", False),
        ("678", False),
        ("", False),
        ("45678", False),
    ],
)
def test_s22_the_last_four_digits_of_telephone_or_number_answer(digits: str, right: bool) -> None:
    assert answers(digits, phone="+84912345678", number="037090001234") is right
    assert not answers(digits, phone=None, number=None)
    assert not answers(digits, phone="", number="12")


async def asked(stage: Any, path: str, address: str) -> Any:
    async with stage.client(None, "vi") as web:
        return await web.get(f"/api/intake/{path}", headers={"X-Forwarded-For": address})


async def answered(stage: Any, dossier: str, digits: str, address: str) -> Any:
    body = {"code": dossier, "digits": digits}
    async with stage.client(None, "vi") as web:
        return await web.post("/api/intake/lookups", json=body, headers={"X-Forwarded-For": address})


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, str(answer.json().get("code", ""))


async def test_s22_misses_at_either_door_bring_the_question(stage: Any) -> None:
    dossier, here = await stage.dossier(), "198.51.100.20"
    for number in range(MISSES // 2):
        assert said(await asked(stage, f"tracking/H42.101-200101-{9000 + 7 * number}", here))[0] == 404
        assert said(await asked(stage, f"verifications/{number}AAAA-BBBB-CCCC", here))[0] == 404
    assert said(await asked(stage, f"tracking/{dossier}", here)) == (403, "lookup-question-needed")
    assert said(await asked(stage, "verifications/AAAA-BBBB-CCCC", here))[0] == 429
    assert (await asked(stage, f"tracking/{dossier}", "198.51.100.21")).status_code == 200
    wrong = await answered(stage, dossier, "0000", here)
    unknown = await answered(stage, "H42.101-200101-9999", "5678", here)
    assert {**wrong.json(), "trace_id": 0} == {**unknown.json(), "trace_id": 0}
    right = await answered(stage, dossier.lower(), "5678", here)
    assert (right.status_code, right.json()["code"]) == (200, dossier)


async def test_s22_the_question_is_not_answered_by_trying(stage: Any) -> None:
    dossier, here = await stage.dossier(), "198.51.100.22"
    tried = [said(await answered(stage, dossier, f"{guess:04d}", here))[0] for guess in range(12)]
    assert tried == [404] * 10 + [429] * 2
    assert said(await answered(stage, dossier, "5678", here))[0] == 429


async def test_s22_one_code_after_the_other_brings_the_question_and_the_alarm(stage: Any) -> None:
    dossier, here = await stage.dossier(), "198.51.100.23"
    before = registry.get_sample_value(WALKS) or 0
    answers_ = [
        said(await asked(stage, f"tracking/H42.101-200101-{n:04d}", here))[0] for n in range(1, SIBLINGS + 2)
    ]
    assert answers_[-1] == 403
    assert (registry.get_sample_value(WALKS) or 0) == before + 1
    assert said(await asked(stage, f"tracking/{dossier}", here))[0] == 403


async def test_s22_very_many_codes_that_exist_bring_the_question_as_well() -> None:
    lookups = Lookups(Limiter(), PATTERN, 1.0)
    passed = [await lookups.look("203.0.113.1", f"H42.{n + 100}-261207-0001") for n in range(LOOKS + 2)]
    assert passed == [True] * LOOKS + [False] * 2
    same = [await lookups.look("203.0.113.2", "H42.101-261207-0001") for _ in range(2 * LOOKS)]
    assert all(same)
    many = Lookups(Limiter(), PATTERN, 1000.0)
    assert all([await many.look("203.0.113.1", f"H42.101-261207-{n:04d}") for n in range(1, 200)])
