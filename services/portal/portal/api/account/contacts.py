"""Another mail address or telephone: the password is asked again, and a code says that it is one's own."""

from fastapi import APIRouter, Response

from portal.adapters import formats
from portal.api.account.registration import REFUSED
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import Visit, citizen
from portal.domain import account_forms
from portal.domain.addresses import Address, Page

router = APIRouter()
UNTIL = "code-until"


async def ask_mail(visit: Visit, filled: Filled) -> Response:
    """Ask for the new address and the password."""
    me = await visit.identity.me()
    fields = account_forms.new_mail(visit.say, filled.typed, filled.wrong, provider=_provided(visit))
    return filled.page(visit, "account/change_mail.html", fields=fields, email=me.email, home=_home(visit))


async def change_mail(visit: Visit, form: Posted) -> Response:
    """Have a code sent to the new address."""
    email, current = form.text("email"), str(form.form.get("current", ""))
    needed(visit, {"email": email}, {"email": "Nhập thư điện tử mới"})
    begun = await visit.identity.ask_mail(email, current)
    visit.session.note("sent", begun.change_id, begun.sent_to)
    visit.session.note(UNTIL, begun.change_id, begun.expires_at.isoformat())
    return visit.go(Page.MAIL_CODE, change=begun.change_id)


async def ask_mail_code(visit: Visit, filled: Filled) -> Response:
    """Ask for the code that went to the new address."""
    change = visit.part("change")
    told = {"change": change, "sent_to": visit.session.notes.get(f"sent:{change}", ""), "home": _home(visit)}
    field = account_forms.code(visit.say, filled.wrong, filled.typed)
    return filled.page(visit, "account/mail_code.html", fields=[field], until=_until(visit, change), **told)


async def confirm_mail(visit: Visit, form: Posted) -> Response:
    """Make the new address the account's own."""
    change = visit.part("change")
    needed(visit, {"code": form.text("code")}, {"code": "Nhập mã xác nhận"})
    await visit.identity.confirm_mail(change, form.text("code"))
    for kind in ("sent", UNTIL):
        visit.session.notes.pop(f"{kind}:{change}", None)
    return visit.go(_home(visit), flash="Đã đổi thư điện tử. Địa chỉ cũ, nếu có, vừa được báo tin.")


async def ask_phone(visit: Visit, filled: Filled) -> Response:
    """Ask for the telephone and the password."""
    me = await visit.identity.me()
    typed = {"phone": formats.phone(me.phone), **filled.typed}
    fields = account_forms.new_phone(visit.say, typed, filled.wrong, provider=_provided(visit))
    return filled.page(visit, "account/change_phone.html", fields=fields, version=me.version)


async def change_phone(visit: Visit, form: Posted) -> Response:
    """Keep the telephone, and have a code sent to it where it is not proven yet."""
    phone, current = form.text("phone"), str(form.form.get("current", ""))
    needed(visit, {"phone": phone}, {"phone": "Nhập số điện thoại"})
    me = await visit.identity.amend({"phone": phone, "current": current, "version": form.version})
    if me.phone_proven:
        return visit.go(Page.ACCOUNT, flash="Đã lưu thay đổi.")
    begun = await visit.spare(visit.identity.ask_phone(current), None, refusals=False)
    if begun is None:  # the number is kept all the same
        told = "Đã lưu số điện thoại, nhưng chưa gửi được tin nhắn xác nhận. Hãy thử lại sau ít phút."
        return visit.go(Page.ACCOUNT, flash=told)
    visit.session.note(UNTIL, begun.proof_id, begun.expires_at.isoformat())
    return visit.go(Page.PHONE_CODE, proof=begun.proof_id)


async def ask_phone_code(visit: Visit, filled: Filled) -> Response:
    """Ask for the code that went to the telephone."""
    me, proof = await visit.identity.me(), visit.part("proof")
    field = account_forms.code(visit.say, filled.wrong, filled.typed)
    told = {"proof": proof, "phone": me.phone, "until": _until(visit, proof)}
    return filled.page(visit, "account/phone_code.html", fields=[field], **told)


async def confirm_phone(visit: Visit, form: Posted) -> Response:
    """Make the telephone a way in."""
    needed(visit, {"code": form.text("code")}, {"code": "Nhập mã xác nhận"})
    proof = visit.part("proof")
    await visit.identity.confirm_phone(proof, form.text("code"))
    visit.session.notes.pop(f"{UNTIL}:{proof}", None)
    return visit.go(Page.ACCOUNT, flash="Đã xác nhận số điện thoại.")


def _until(visit: Visit, sent: str) -> str:
    """Return until when a code works that was sent; nothing where another browser asked for it."""
    return visit.session.notes.get(f"{UNTIL}:{sent}", "")


def _provided(visit: Visit) -> bool:
    """Tell whether somebody may be here without a password."""
    return bool(visit.built.renderer.provider)


def _home(visit: Visit) -> Address:
    """Return where the own addresses are changed from: an officer has no page of an account."""
    return Page.ACCOUNT if visit.frame.site == "citizen" else visit.start


def mail(prefix: str) -> APIRouter:
    """Mount the change of the mail address under a site's root."""
    mounted = APIRouter(prefix=prefix)
    form_page(mounted, Page.CHANGE_MAIL, FormFlow(ask_mail, change_mail, also=REFUSED), citizen)
    form_page(mounted, Page.MAIL_CODE, FormFlow(ask_mail_code, confirm_mail, also=REFUSED), citizen)
    return mounted


form_page(router, Page.CHANGE_PHONE, FormFlow(ask_phone, change_phone, also=REFUSED))
form_page(router, Page.PHONE_CODE, FormFlow(ask_phone_code, confirm_phone, also=REFUSED))
