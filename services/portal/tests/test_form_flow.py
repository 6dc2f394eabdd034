"""One flow for every form: what the page can mend is told on the page, everything else goes where it belongs."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PACKAGE = Path(__file__).parent.parent / "portal"
MAY_CATCH = {
    "adapters/notices.py",  # a page without the banner is better than none
    "adapters/questions.py",  # a deed goes on where the province says the question is
    "adapters/tokens.py",
    "api/form_page.py",
    "api/public/tracking.py",  # the second question is asked, not refused
    "api/visit.py",
}
PAGE = f"/can-bo/tiep-nhan/{CODE}/tu-choi"
TYPED = {"reason": "Thiếu giấy tờ gốc", "legal_basis": "Điều 16"}


def catching() -> set[str]:
    """Name the modules that catch a service's refusal."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and node.type and "Service" in ast.unparse(node.type):
                found.add(str(file.relative_to(PACKAGE)))
    return found


def test_refusals_are_caught_in_one_place_and_not_page_by_page() -> None:
    assert catching() == MAY_CATCH


@pytest.mark.parametrize(
    ("status", "code", "shown"),
    [
        (409, "dossier-changed", 422),
        (422, "reason-too-short", 422),
        (403, "forbidden", 403),
        (404, "not-found", 404),
        (429, "too-many-requests", 429),
        (503, "away", 503),
    ],
)
async def test_a_refusal_is_told_where_it_can_be_mended(
    browse: Browse, status: int, code: str, shown: int
) -> None:
    officer = await browse().sign_in("desk_officer")
    complaint = [{"field": "reason", "rule": "length", "message": "Lý do quá ngắn."}]
    officer.fake.answers[f"POST /api/intake/dossiers/{CODE}/refusal"] = problem(
        status, code, "Không được.", complaint if status == 422 else None
    )
    answer = await officer.post(PAGE, PAGE, TYPED)
    assert answer.status_code == shown
    assert ("Thiếu giấy tờ gốc" in answer.text) is (status in (409, 422, 503))
    assert ('href="#reason">Lý do quá ngắn.' in answer.text) is (status == 422)


async def test_an_ended_session_keeps_what_was_typed_in_any_form(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"POST /api/intake/dossiers/{CODE}/refusal"] = problem(
        401, "unauthenticated", "Hãy đăng nhập."
    )
    answer = await officer.post(PAGE, PAGE, TYPED)
    assert answer.status_code == 401
    assert 'name="stash"' in answer.text


async def test_what_the_page_itself_misses_is_not_sent(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    answer = await officer.post(PAGE, PAGE, {"reason": "", "legal_basis": "Điều 16"})
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert "Điều 16" in answer.text
    assert officer.fake.calls("POST", f"/api/intake/dossiers/{CODE}/refusal") == []


async def test_every_repeat_of_a_form_bears_one_key(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    fields = {**TYPED, "request_key": "k-1", "version": "4"}
    for _ in range(2):
        await officer.post(PAGE, PAGE, fields)
    sent = officer.fake.calls("POST", f"/api/intake/dossiers/{CODE}/refusal")
    assert [s.headers["idempotency-key"] for s in sent] == ["k-1", "k-1"]
    assert sent[0].body == {**TYPED, "version": 4}
