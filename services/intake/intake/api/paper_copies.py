"""A paper copy of what is electronic (bản giấy chuyển đổi): who makes it, when, and that it is written down."""

from functools import partial
from typing import NamedTuple

from audit import note
from documents.paper_copy import UncopiableError, paper_copy
from regulation.roles import Right
from regulation.zone import local

from intake.api.deps import Visit
from intake.domain.paper_errors import NotPrintableError
from intake.models import Agency, Officer
from intake.queries.dossiers import desk_dossier

CONVERTING = "Chuyển đổi văn bản điện tử ra bản giấy"


class Copied(NamedTuple):
    """What is copied: its name, what it is made of, and the code by which anybody checks it."""

    name: str
    data: bytes
    media_type: str
    verification_code: str | None


async def converting(visit: Visit, code: str) -> None:
    """Let pass whose desk returns the dossier, and write down to which end it is opened.

    Raises: DossierNotFoundError.
    Source: QT Đ.21.2; R-RES-16
    """
    note(purpose=CONVERTING)
    async with visit.watched(code):
        await desk_dossier(visit.session, visit.caller, code, Right.HAND_OVER_RESULT)


async def converted(visit: Visit, code: str, copied: Copied) -> bytes:
    """Return the copy as PDF, with who made it, for which agency, and when.

    Raises: NotPrintableError, FilesBusyError.
    """
    officer = await visit.session.get(Officer, visit.caller.subject)
    agency = await visit.session.get(Agency, visit.caller.agency)
    link = visit.means.tracking_url.format(code=code)
    lines = {"Mã hồ sơ": code, "Văn bản": copied.name.removesuffix(".pdf")}
    if copied.verification_code:
        link = visit.means.verification_url.format(code=copied.verification_code)
        lines["Mã xác minh"] = copied.verification_code
    lines["Chuyển đổi lúc"] = f"{local(visit.now):%H:%M:%S ngày %d/%m/%Y}"
    who = (officer.display_name if officer else visit.caller.subject, agency.name if agency else "")
    lines["Người chuyển đổi"] = ", ".join(filter(None, who))
    made = partial(paper_copy, copied.data, copied.media_type, title=copied.name, lines=lines, link=link)
    try:
        return await visit.means.reception.turns.run(visit.caller.subject, made)
    except UncopiableError:
        raise NotPrintableError from None
