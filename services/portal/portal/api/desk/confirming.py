"""How somebody at the counter stands by what was written down: a signature on paper, or a code read aloud."""

from answers.intake import DraftOut
from eforms.applicants import applicant_of

from portal.adapters.counter_codes import CounterCodes
from portal.adapters.http import Json
from portal.api.form_page import WrongInputError
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain.fields import Choice, Field
from portal.domain.journey import form_of

BY_CODE, SIGNED = "code", "signature"
CONFIRMED = {"desk": SIGNED, "post": SIGNED, "telephone": "at_pickup"}
"""How the applicant stands by it, as each way says."""
REFUSED = frozenset((429,))


def questions(visit: Visit) -> list[Field]:
    """Ask at the desk how the applicant confirms."""
    ways = (
        Choice(SIGNED, visit.say("Ký trên giấy")),
        Choice(BY_CODE, visit.say("Đọc mã gửi đến điện thoại hoặc thư điện tử đã khai")),
    )
    return [
        Field(
            "confirmation",
            visit.say("Người nộp xác nhận bằng gì?"),
            "radios",
            SIGNED,
            choices=ways,
            show_when="way=desk",
            condition=visit.say("Chỉ trả lời khi người nộp đang ở quầy."),
        ),
        Field(
            "code",
            visit.say("Mã người nộp đọc"),
            "code",
            width="10",
            required=False,
            show_when="confirmation=code",
            condition=visit.say("Chỉ nhập khi xác nhận bằng mã; bấm Gửi mã xác nhận trước."),
        ),
    ]


async def send_code(visit: Visit, draft: DraftOut) -> dict[str, str]:
    """Have a code sent to who is declared, by text message, else by mail; give what the page holds of it.

    Raises: WrongInputError where there is no address, or nothing arrives at any.
    """
    who = applicant_of(form_of(draft.eform), draft.answers)
    codes = CounterCodes(visit.link("identity"))
    for address in filter(None, (who["phone"], who["email"])):
        sent = await visit.spare(codes.ask(address, draft.id, draft.fingerprint), None, refusals=False)
        if sent is not None:
            return {"confirmation": BY_CODE, "code_id": sent.code_id, "code_ending": sent.ending}
    said = "Chưa gửi được mã: cần số điện thoại hoặc thư điện tử nhận được. Hãy để người nộp ký giấy."
    raise WrongInputError(FormError("confirmation", visit.say(said)))


async def confirmed(visit: Visit, form: Posted) -> Json:
    """Say how the applicant confirmed, with what identity states of the code where it was one.

    Raises: WrongInputError where no code was sent or typed.
    """
    way = form.text("way")
    if way != "desk" or form.text("confirmation") != BY_CODE:
        return {"confirmation": CONFIRMED.get(way, "")}
    if not form.text("code_id") or not form.text("code"):
        raise WrongInputError(FormError("code", visit.say("Bấm Gửi mã xác nhận, rồi nhập mã người nộp đọc")))
    codes = CounterCodes(visit.link("identity"))
    statement = await codes.confirm(form.text("code_id"), form.text("code"))
    return {"confirmation": BY_CODE, "code_statement": statement}
