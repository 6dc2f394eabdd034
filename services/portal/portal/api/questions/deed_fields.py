"""What each deed about a question asks of the officer, and what the page asks once more."""

from dataclasses import replace

from answers.qa import MaskingOut, QuestionOut, Queue

from portal.adapters import formats
from portal.adapters.feedback import Feedback
from portal.api.form_page import WrongInputError
from portal.api.forms import Posted
from portal.api.questions.deed import NO, SEEN, YES
from portal.api.visit import FormError, Visit
from portal.domain import question_forms as asked
from portal.domain.fields import Choice, Field, offered

RETURNED = str(Queue.RETURNED)
"""How the history calls that an agency gave a question back, as the board calls those it happened to."""


async def agencies_of(visit: Visit, without: str | None = None) -> tuple[Choice, ...]:
    """Offer the agencies; not the one that has it already."""
    return tuple(
        one for one in offered(await visit.catalog.agencies(), visit.lang) if one.value != (without or "")
    )


def given_back(question: QuestionOut) -> dict[str, str]:
    """Map each agency that gave the question back to its reason, by name."""
    return {line.agency_name: line.reason for line in question.history if line.deed == RETURNED}


async def triage(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask who answers; who gave it back may have named somebody, else it is whoever was asked, or answered before."""
    likely = question.better_agency or question.agency or question.asked_agency or ""
    if not likely and question.follows:
        first = await visit.spare(visit.questions.one(question.follows), None)
        likely = (first.agency if first else "") or ""
    terms = await visit.questions.terms()
    fields = asked.triage(visit.say, question, terms, await agencies_of(visit), likely)
    told = [
        visit.say("{agency} đã trả lại: {reason}", agency=name, reason=reason)
        for name, reason in given_back(question).items()
    ]
    return [replace(fields[0], hint=" ".join(told)), *fields[1:]]


async def not_again(visit: Visit, question: QuestionOut, form: Posted) -> None:
    """Ask once more before a question goes to whoever gave it back. Raises: WrongInputError."""
    names = {one.value: one.label for one in await agencies_of(visit)}
    chosen = names.get(form.text("agency"), "")
    if chosen in given_back(question) and form.text(SEEN) != YES:
        words = visit.say("{agency} vừa trả lại câu hỏi này. Chọn cơ quan khác.", agency=chosen)
        tick = visit.say("Đánh dấu ô này nếu vẫn làm như đang ghi")
        raise WrongInputError(FormError("agency", words), FormError(SEEN, tick))


async def refusal(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask why it is not taken."""
    return asked.refusal(visit.say, await visit.questions.terms())


async def giving_back(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask why it is returned and whose it is."""
    words = visit.say("Cơ quan nào trả lời được?")
    others = await agencies_of(visit, question.agency)
    better = Field("better_agency", words, "select", choices=others, required=False)
    return [asked.reason(visit.say, "Lý do trả lại"), better]


async def consent(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask whether it may be returned."""
    choices = (Choice(YES, visit.say("Đồng ý trả lại")), Choice(NO, visit.say("Không, cơ quan này trả lời")))
    granted = Field("granted", visit.say("Bạn có đồng ý không?"), "radios", choices=choices)
    return [granted, asked.reason(visit.say, "Lý do", required=False)]


async def kind(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask how much the answer takes."""
    return [asked.kind(visit.say, question), asked.reason(visit.say, "Lý do đổi loại")]


async def extension(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask why it takes longer and what the asker is told; the longest time there is stands with it."""
    terms = await visit.questions.terms()
    longest = next((one.said for one in terms.deadlines if one.key == asked.LONGEST), "")
    hint = visit.say("Thời hạn mới: {said} kể từ khi cơ quan nhận câu hỏi.", said=longest) if longest else ""
    interim = "Người hỏi nhận ngay: đang làm đến đâu, vì sao chậm, khi nào có câu trả lời."
    return [
        replace(asked.reason(visit.say, "Vì sao cần thêm thời gian?"), hint=hint),
        asked.reason(visit.say, "Phản hồi gửi người hỏi", interim, name="interim_reply"),
    ]


async def release(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask who answers: as they signed last, else as the directory knows the agency."""
    agency = await visit.spare(visit.catalog.agency(question.agency), None) if question.agency else None
    known = {"phone": agency.phone, "email": agency.email} if agency else {}
    fields = [
        replace(one, value=one.value or known.get(one.name, "")) for one in asked.signer(visit.say, question)
    ]
    return [
        replace(one, value=formats.phone(one.value)) if one.name == "phone" and one.value else one
        for one in fields
    ]


async def reason(visit: Visit, question: object) -> list[Field]:
    """Ask for a reason."""
    return [asked.reason(visit.say, "Lý do")]


async def publication(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask for what everybody will read, masked; what was written before stands there again."""
    before = question.publication
    ready: MaskingOut = await visit.questions.masking(question.number)
    consented = bool(question.asker and question.asker.consent_name and question.asker.account)
    doubted = {one.field for one in ready.found}
    return asked.publication(visit.say, before or ready, doubted, consented=consented)


async def second_look(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask whoever looks a second time to have read everything."""
    read = visit.say(
        "Tôi đã đọc cả bài, từng chỗ được đánh dấu, và không còn gì làm lộ người hỏi hay người khác"
    )
    return [
        asked.reason(visit.say, "Ghi chú", name="note", required=False),
        Field("checked", read, "agree"),
    ]


async def move(visit: Visit, question: QuestionOut) -> list[Field]:
    """Ask what the feedback is about."""
    terms = await Feedback(visit.link("qa")).terms()
    return [Field("category", visit.say("Về việc gì?"), "radios", choices=asked.listed(terms.categories))]
