"""Helping an officer who cannot get in: each deed has a page that says what follows, and asks why."""

from functools import partial
from typing import NamedTuple

from fastapi import APIRouter, Response

from portal.api.admin.officers import officers
from portal.api.form_page import Filled, FormFlow, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Address, Page

router = APIRouter()
REFUSED = frozenset((403, 429))
ASKED = {"reason": "Ghi lý do"}


class Deed(NamedTuple):
    """What is done: its name at the service, its page, and the words of both."""

    name: str
    page: Address
    words: str
    done: str = ""


PASSWORD = Deed("first-password", Page.GIVE_PASSWORD, "Cấp lại mật khẩu")
FACTOR = Deed("factor-clearing", Page.CLEAR_FACTOR, "Gỡ xác thực hai bước", "Đã gỡ xác thực hai bước.")
UNLOCK = Deed("unlocking", Page.UNLOCK, "Mở khóa đăng nhập", "Đã mở khóa.")


async def ask(deed: Deed, visit: Visit, filled: Filled) -> Response:
    """Say what follows, and ask why."""
    standing = await officers(visit).standing(visit.part("officer"))
    reason = filled.typed.get("reason", "")
    return filled.page(
        visit, "admin/deed.html", standing=standing, o=standing.officer, deed=deed, reason=reason
    )


async def give_password(visit: Visit, form: Posted) -> Response:
    """Give a first password and show it, this once."""
    reason = form.text("reason")
    needed(visit, {"reason": reason}, ASKED)
    body = {"version": form.version, "reason": reason}
    given = await officers(visit).give_password(visit.part("officer"), body)
    return visit.page("admin/given.html", given=given, o=given.officer)


async def help_in(deed: Deed, visit: Visit, form: Posted) -> Response:
    """Do it and go back to the officer."""
    reason = form.text("reason")
    needed(visit, {"reason": reason}, ASKED)
    await officers(visit).help(visit.part("officer"), deed.name, reason)
    return visit.go(Page.OFFICER, officer=visit.part("officer"), flash=deed.done)


TOLD = told_as({})
form_page(router, PASSWORD.page, FormFlow(partial(ask, PASSWORD), give_password, TOLD, also=REFUSED), officer)
for one in (FACTOR, UNLOCK):
    flow = FormFlow(partial(ask, one), partial(help_in, one), TOLD, also=REFUSED)
    form_page(router, one.page, flow, officer)
