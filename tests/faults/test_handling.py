"""Many officers at one moment: an opinion, a new date, a change of hands each happen once and are told once."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from processing.usecases.flag_consultations import flag_consultations
from rig.handling import FRIDAY_CLOSE, MONDAY_8, HandlingService
from rig.procedure import AGENCY
from suite.testing import FreshDatabase

pytestmark = pytest.mark.faults
ROUNDS = 8
OPINION = {"agency": "H42.101", "unit": "lanh-dao", "question": "Đúng thẩm quyền chưa?", "within": "1 wd"}
NEW_DATE = {"reason": "Phải xác minh.", "until_on": "2026-12-16"}


@pytest.fixture
async def office(fresh_database: FreshDatabase, tmp_path: Path) -> HandlingService:
    opened = HandlingService(await fresh_database("processing"), tmp_path)
    await opened.open()
    return opened


async def taken(office: HandlingService) -> list[str]:
    """Let two officers take each of some dossiers at once; one of them has it afterwards."""
    codes = [await office.accept(number) for number in range(1, ROUNDS + 1)]
    for code in codes:
        both = await asyncio.gather(*(office.act(who, f"dossiers/{code}/claim") for who in ("an", "binh")))
        assert sorted(answer.status_code for answer in both) == [200, 409], both[0].text
    return codes


async def expect_whole(office: HandlingService, code: str, wanted: dict[str, int]) -> None:
    """Nothing is told twice, nothing is left out, and of each kind there is what was done."""
    told = await office.told(code)
    assert [version for _, version in told] == list(range(1, len(told) + 1)), told
    assert Counter(kind for kind, _ in told) == wanted, told


async def test_opinions_asked_answered_and_flagged_at_once_are_each_told_once(
    office: HandlingService,
) -> None:
    for code in await taken(office):
        seen = await office.one(code)
        holder = seen["officer"]["id"]
        asked = await asyncio.gather(
            *(
                office.act(holder, f"dossiers/{code}/consultation", version=seen["version"], **OPINION)
                for _ in range(4)
            )
        )
        assert sorted(answer.status_code for answer in asked) == [200, 409, 409, 409]
        [opinion] = (await office.one(code))["consultations"]
        place = f"consultations/{opinion['id']}/answer"
        *answered, _ = await asyncio.gather(
            *(office.act(who, place, answer="Đúng.") for who in ("chi", "lan", "minh")),
            flag_consultations(office.database, MONDAY_8 + timedelta(days=2)),
        )
        assert Counter(answer.status_code for answer in answered)[200] == 1
        after = await office.one(code)
        assert (after["consulting"], after["consultations"][0]["answer"]) == (0, "Đúng.")
        lapsed = any(kind == "consultation_lapsed" for kind, _ in await office.told(code))
        wanted = {"dossier_opened": 1, "dossier_assigned": 1, "dossier_consulted": 1}
        wanted |= {"consultation_answered": 1} | ({"consultation_lapsed": 1} if lapsed else {})
        await expect_whole(office, code, wanted)


async def test_a_new_date_signed_by_two_and_sent_back_at_once_is_promised_once_or_not_at_all(
    office: HandlingService,
) -> None:
    outcomes: Counter[str] = Counter()
    for code in await taken(office):
        seen = await office.one(code)
        path = f"dossiers/{code}/extension"
        proposed = await office.act(
            seen["officer"]["id"], f"{path}-proposal", version=seen["version"], **NEW_DATE
        )
        assert proposed.status_code == 200, proposed.text
        version = proposed.json()["version"]
        answers = await asyncio.gather(
            *(office.act(who, path, version=version) for who in ("lan", "minh")),
            office.act("lan", f"{path}-sending-back", version=version, remarks="Nêu rõ hơn."),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409], answers[0].text
        after = await office.one(code)
        promised = after["extended_until"] is not None
        outcomes["promised" if promised else "sent back"] += 1
        assert (after["extending"], after["due_at"]) == (False, seen["due_at"])
        wanted = {"dossier_opened": 1, "dossier_assigned": 1}
        await expect_whole(office, code, wanted | ({"dossier_extended": 1} if promised else {}))
    print(f"a new date signed twice and sent back at once: {dict(outcomes)}")


async def test_what_is_missing_is_drafted_once_and_the_clock_waits_and_runs_once_whoever_is_first(
    office: HandlingService,
) -> None:
    outcomes: Counter[str] = Counter()
    for code in await taken(office):
        seen = await office.one(code)
        holder, free = seen["officer"]["id"], [{"text": "Sổ hộ khẩu", "legal_basis": "Luật Cư trú Đ.8"}]
        gap = {"reason": "Thiếu.", "guidance": "Chụp lại.", "free_items": free}
        path, version = f"dossiers/{code}", seen["version"]
        drafts = [office.act(holder, f"{path}/supplement-draft", version=version, **gap) for _ in range(3)]
        assert sorted(one.status_code for one in await asyncio.gather(*drafts)) == [200, 409, 409]
        at, after = MONDAY_8.isoformat(), (MONDAY_8 + timedelta(days=3)).isoformat()
        asked = {"code": code, "competent_agency": AGENCY, "requested_at": at, "answer_by_on": "2027-01-06"}
        version = (await office.one(code))["version"]
        request = "intake.dossier_supplement_requested.v1", asked | {"handling": True}, code
        refusal = {"outcome": "reject", "reasons": "Thiếu.", "legal_basis": "Đ.19"}
        proposed, *_ = await asyncio.gather(
            office.act(holder, f"{path}/proposal", version=version, **refusal),
            office.hear(*request),
            office.hear(*request),
        )
        went_on = proposed.status_code == 200
        assert went_on or proposed.status_code == 409, proposed.text
        outcomes["proposed first" if went_on else "asked first"] += 1
        assert (await office.one(code))["paused_at"] is not None
        due = (FRIDAY_CLOSE + timedelta(days=3)).isoformat()
        answer = {"code": code, "competent_agency": AGENCY, "supplied_at": after, "due_at": due}
        told = "intake.dossier_supplemented.v1", answer, code
        await asyncio.gather(office.hear(*told), office.hear(*told))
        back = await office.one(code)
        assert (back["paused_at"], datetime.fromisoformat(back["due_at"])) == (
            None,
            datetime.fromisoformat(due),
        )
        wanted = {"dossier_opened": 1, "dossier_assigned": 1, "supplement_drafted": 1}
        await expect_whole(office, code, wanted | ({"step_completed": 1} if went_on else {}))
    print(f"asked while the officer proposes: {dict(outcomes)}")


async def test_all_dossiers_handed_over_while_each_is_handed_over_leave_none_behind(
    office: HandlingService,
) -> None:
    codes = await taken(office)
    seen = {code: await office.one(code) for code in codes}
    why = {"officer_id": "binh", "reason": "An nghỉ phép."}
    at_once = await asyncio.gather(
        office.act("lan", "transfers", from_officer="an", **why),
        *(
            office.act("minh", f"dossiers/{code}/transfer", version=one["version"], **why)
            for code, one in seen.items()
        ),
    )
    assert {answer.status_code for answer in at_once} <= {200, 403, 404, 409}, [one.text for one in at_once]
    for code in codes:
        after, mine = await office.one(code), seen[code]["officer"]["id"]
        lines = [(one["way"], one["officer"]["id"]) for one in after["assignments"]]
        moved = [("transferred", "binh")] if mine == "an" else []
        assert (after["officer"]["id"], lines) == ("binh", [("claimed", mine), *moved])
        await expect_whole(office, code, {"dossier_opened": 1, "dossier_assigned": 1 + len(moved)})
