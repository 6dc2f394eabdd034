"""Draft an answer with the legal texts it cites, kept while it is typed; pass it to the leader, who may mend it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from answers.qa import QuestionOut
from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.form_page import BACK, Filled, FormFlow, WrongInputError, back_to, form_page, needed
from portal.api.forms import Posted, PostedDep
from portal.api.questions.keeping import told_kept
from portal.api.visit import FormError, OfficerDep, Visit, officer
from portal.domain import citation_forms as texts
from portal.domain import question_forms as asked
from portal.domain.addresses import Address, Page
from portal.domain.fields import Field, as_typed

router = APIRouter()
SUBMIT, FIND, TAKE = "submit", "find", "take"
FORBIDDEN = frozenset((403,))
OF_A_TEXT = re.compile(r"citations[.\[](\d+)[.\]]+(\w+)")
CHANGED = "stale-version"
"""How the service calls that somebody else was quicker."""


@dataclass(frozen=True)
class Writing:
    """Who writes at a draft: whoever drafts it, or the leader who mends it."""

    page: Address
    action: str
    heading: str
    mends: bool = False

    async def show(self, visit: Visit, filled: Filled) -> Response:
        """Show the draft as kept or as typed; what a colleague saved meanwhile stands beside it."""
        question = await visit.questions.one(visit.part("number"))
        if self.action not in question.actions and not filled.errors:
            return visit.go(Page.ASKED_ONE, number=question.number, flash="Việc này không còn chờ bạn.")
        typed, kept = filled.typed, question.draft.citations if question.draft else ()
        cited = as_typed(texts.citations(visit.say, kept, typed), typed, filled.wrong)
        text, uncited = as_typed(_text(visit, question), typed, filled.wrong)
        lost = filled.code == CHANGED
        stood = _stood(question)
        return filled.page(
            visit,
            "questions/draft.html",
            fields=[text, uncited, *(box for row in cited for box in row.boxes)],
            writing=self,
            q=question,
            text=text,
            uncited=uncited,
            cited=cited,
            # what was typed is about what was seen, until a colleague's version is shown beside it
            version=question.version if lost else typed.get("version", question.version),
            stood=stood if lost else typed.get("stood", stood),
            theirs=question.draft if lost and stood != typed.get("stood", "") else None,
            find=typed.get(FIND, ""),
            suggested=await _suggested(visit, question, typed),
            first=texts.FIRST,
            row=texts.empty_row(kept, typed),
        )

    async def save(self, visit: Visit, form: Posted) -> Response:
        """Keep the draft, or pass it on; the way back keeps it too. Raises: WrongInputError."""
        number, wanted = visit.part("number"), form.text("next")
        if form.text(TAKE) or wanted == FIND:
            await _take(visit, form)
            raise WrongInputError  # shown again as typed, with nothing wrong
        if wanted == BACK and not form.text("text"):
            return visit.go(Page.ASKED_ONE, number=number)
        body = _body(form, form.typed())
        needed(visit, body, {"text": "Ghi câu trả lời"})
        _expect_days(visit, form.typed())
        if self.mends:
            await visit.questions.act(number, self.action, body, form.key)
            flash = "Đã sửa dự thảo; bản của người soạn được giữ lại."
            return visit.go(Page.ASKED_ONE, number=number, flash=flash)
        passed = wanted == SUBMIT
        await visit.questions.act(number, self.action, {**body, "submit": passed}, form.key, "PUT")
        return visit.go(
            Page.ASKED_ONE, number=number, flash="Đã trình lãnh đạo." if passed else "Đã lưu dự thảo."
        )


def _body(form: Posted, typed: Mapping[str, str]) -> Json:
    return {
        "version": form.version,
        "text": form.text("text"),
        "citations": texts.cited(typed),
        "no_citation_reason": form.text("no_citation_reason"),
    }


async def _suggested(visit: Visit, question: QuestionOut, typed: Mapping[str, str]) -> list[texts.Suggestion]:
    """Suggest texts from earlier answers and from what the procedure rests on; none where neither can be read."""
    words = typed.get(FIND, "").strip()[:200]
    earlier = await visit.spare(visit.questions.cited(question.number, words), ())
    code = question.procedure
    procedure = await visit.spare(visit.catalog.procedure(code), None) if code else None
    kept = question.draft.citations if question.draft else ()
    basis = procedure.content.legal_basis if procedure else ()
    return texts.suggestions(earlier, basis, words, texts.numbers(kept, typed))


async def _take(visit: Visit, form: Posted) -> None:
    """Write a suggested text into the first row in which nothing stands."""
    if not form.text(TAKE):
        return
    question, typed = await visit.questions.one(visit.part("number")), form.typed()
    found = await _suggested(visit, question, typed)
    wanted = next((one for one in found if one.number == form.text(TAKE)), None)
    row = texts.empty_row((), typed)
    form.kept.update({f"cited-{row}-{name}": part for name, part in wanted.parts.items()} if wanted else {})


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


@router.post(Page.ASKED_DRAFT_KEPT)
async def keep(visit: OfficerDep, number: str, form: PostedDep) -> Response:
    """Keep what has been typed so far and say when; what a colleague saved meanwhile is never written over."""
    question, typed = await visit.questions.one(number), form.typed()
    body, whole = _body(form, typed), texts.keepable(typed)
    if question.version != form.version or AUTHOR.action not in question.actions:
        return told_kept(visit, None, "Câu hỏi vừa có thay đổi; bấm “Lưu dự thảo” để xem cả hai bản.")
    sent = {**body, "citations": whole, "submit": False}
    kept = await visit.spare(visit.questions.keep_draft(number, sent), None)
    rest = kept is not None and len(whole) < len(body["citations"])
    return told_kept(visit, kept, "Đã lưu lúc {time}; văn bản ghi chưa đủ thì chưa lưu" if rest else "")


def _expect_days(visit: Visit, typed: Mapping[str, str]) -> None:
    """Refuse days that nobody can read, each named. Raises: WrongInputError."""
    wrong = [
        FormError(
            f"cited-{row}-{name}",
            visit.say(
                "Văn bản {n}, {what}: ghi ngày như 31/12/2026",
                n=row + 1,
                what=visit.say(texts.DAYS[name]).lower(),
            ),
        )
        for row, name in texts.unreadable(typed)
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


AUTHOR = Writing(Page.ASKED_DRAFT, "draft", "Soạn trả lời")
LEADER = Writing(Page.ASKED_MENDING, "draft-mending", "Sửa dự thảo", mends=True)
form_page(router, Page.ASKED_DRAFT, FormFlow(AUTHOR.show, AUTHOR.save, told, FORBIDDEN), officer)
mending = FormFlow(LEADER.show, LEADER.save, told, FORBIDDEN, back_to(Page.ASKED_ONE, "number"))
form_page(router, Page.ASKED_MENDING, mending, officer)
