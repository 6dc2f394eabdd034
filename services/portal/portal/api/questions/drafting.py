"""Draft an answer with the legal texts it cites; keep it, or pass it to the leader."""

import re
from collections.abc import Mapping
from dataclasses import replace

from answers.qa import QuestionOut
from fastapi import APIRouter, Response

from portal.adapters.http import ServiceAnswerError
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain import question_forms as asked
from portal.domain.addresses import Page
from portal.domain.fields import Field, as_typed

router = APIRouter()
SUBMIT, BACK = "submit", "back"
FORBIDDEN = frozenset((403,))
OF_A_TEXT = re.compile(r"citations[.\[](\d+)[.\]]+(\w+)")
CHANGED = "stale-version"
"""How the service calls that somebody else was quicker."""


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the draft as kept or as typed; what a colleague saved meanwhile stands beside it."""
    question = await visit.questions.one(visit.part("number"))
    if "draft" not in question.actions and not filled.errors:
        return visit.go(Page.ASKED_ONE, number=question.number, flash="Việc này không còn chờ bạn.")
    text, uncited = _text(visit, question)
    kept = question.draft.citations if question.draft else ()
    cited = as_typed(asked.citations(visit.say, kept, filled.typed), filled.typed, filled.wrong)
    text, uncited = as_typed([text, uncited], filled.typed, filled.wrong)
    boxes = [box for row in cited for box in row.boxes]
    theirs = filled.code == CHANGED and _stood(question) != filled.typed.get("stood", "")
    return filled.page(
        visit,
        "questions/draft.html",
        fields=[text, uncited, *boxes],
        q=question,
        text=text,
        uncited=uncited,
        cited=cited,
        stood=_stood(question),
        theirs=question.draft if theirs else None,
    )


def _stood(question: QuestionOut) -> str:
    """Tell which draft stood there, so that a colleague's later one is known."""
    return question.draft.at.isoformat() if question.draft else ""


def _text(visit: Visit, question: QuestionOut) -> tuple[Field, Field]:
    draft = question.draft
    text = Field(
        "text",
        visit.say("Câu trả lời"),
        "long_text",
        draft.text if draft else "",
        rows=12,
        hint=visit.say("Ngắn, đúng vào điều được hỏi. Ghi cả việc người hỏi cần làm tiếp."),
    )
    none = asked.reason(
        visit.say,
        "Nếu không viện dẫn văn bản nào, vì sao?",
        name="no_citation_reason",
        required=False,
    )
    return text, replace(none, value=draft.no_citation_reason if draft else "", rows=2)


async def save(visit: Visit, form: Posted) -> Response:
    """Keep the draft, or pass it on; the way back keeps it too."""
    wanted = form.text("next")
    number, typed = visit.part("number"), form.typed()
    if wanted == BACK and not form.text("text"):
        return visit.go(Page.ASKED_ONE, number=number)
    body = {
        "version": form.version,
        "text": form.text("text"),
        "citations": asked.cited(typed),
        "no_citation_reason": form.text("no_citation_reason"),
        "submit": wanted == SUBMIT,
    }
    needed(visit, body, {"text": "Ghi câu trả lời"})
    _expect_days(visit, typed)
    await visit.questions.act(number, "draft", body, form.key, "PUT")
    flash = "Đã trình lãnh đạo." if wanted == SUBMIT else "Đã lưu dự thảo."
    return visit.go(Page.ASKED_ONE, number=number, flash=flash)


def _expect_days(visit: Visit, typed: Mapping[str, str]) -> None:
    """Refuse days that nobody can read, each named. Raises: WrongInputError."""
    wrong = [
        FormError(
            f"cited-{row}-{name}",
            visit.say(
                "Văn bản {n}, {what}: ghi ngày như 31/12/2026",
                n=row + 1,
                what=visit.say(asked.DAYS[name]).lower(),
            ),
        )
        for row, name in asked.unreadable(typed)
    ]
    if wrong:
        raise WrongInputError(*wrong)


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at the row of the text it is about."""
    if refusal.code == CHANGED:
        words = "Câu hỏi vừa có thay đổi. Nội dung bạn soạn còn nguyên ở đây; xem lại rồi lưu lần nữa."
        return [FormError("", visit.say(words))]
    names = {
        problem.field: "cited-{}-{}".format(*found.groups())
        for problem in refusal.problems
        if (found := OF_A_TEXT.search(problem.field))
    }
    return visit.problems(refusal, {**names, "citations": "cited-0-number"})


form_page(router, Page.ASKED_DRAFT, FormFlow(show, save, told, FORBIDDEN), officer)
