"""Looking up: one bucket for all doors, a second question where somebody may be guessing, and an alarm."""

from typing import Any

import pytest
from common.metrics import registry
from intake.api.lookups import Lookups
from intake.domain.lookups import LOOKS, MISSES, STEPS, Walk, answers, walked
from live import Limiter
from regulation.codes import DossierCode

WALKS = "motcua_intake_lookup_walks_total"


def code(serial: int, agency: str = "H42.101") -> DossierCode:
    return DossierCode.parse(f"{agency}-261207-{serial:04d}")


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        ([1, 2, 3, 4], 3),
        ([9, 8, 7], 2),
        ([1, 3, 6, 9], 3),
        ([1, 1, 1, 1], 0),
        ([1, 2, 40], 0),
        ([1, 5, 9], 0),
    ],
)
def test_s22_who_counts_up_is_told_from_who_looks_up(asked: list[int], steps: int) -> None:
    walk: Walk | None = None
    for serial in asked:
        walk = walked(walk, code(serial))
    assert walk is not None
    assert walk.steps == steps
    assert walked(walk, code(asked[-1] + 1, "H42.102")).steps == 0


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
        said(await asked(stage, f"tracking/H42.101-200101-{n:04d}", here))[0] for n in range(1, STEPS + 2)
    ]
    assert answers_[-1] == 403
    assert (registry.get_sample_value(WALKS) or 0) == before + 1
    assert said(await asked(stage, f"tracking/{dossier}", here))[0] == 403


async def test_s22_very_many_codes_that_exist_bring_the_question_as_well() -> None:
    lookups = Lookups(Limiter(), "{agency}-{yymmdd}-{serial}", 1.0)
    passed = [await lookups.look("203.0.113.1", f"H42.{n + 100}-261207-0001") for n in range(LOOKS + 2)]
    assert passed == [True] * LOOKS + [False] * 2
    same = [await lookups.look("203.0.113.2", "H42.101-261207-0001") for _ in range(2 * LOOKS)]
    assert all(same)
    many = Lookups(Limiter(), "{agency}-{yymmdd}-{serial}", 1000.0)
    assert all([await many.look("203.0.113.1", f"H42.101-261207-{n:04d}") for n in range(1, 200)])
