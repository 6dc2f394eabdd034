"""Describe a paper: the desk that accepted it writes down what stands on it, above all until when it counts."""

import uuid
from dataclasses import dataclass
from datetime import date

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.vault import Kind
from intake.domain.vault_errors import DatesContradictError, PaperNotFoundError
from intake.models import VaultPaper
from intake.queries.dossiers import desk_dossier


@dataclass(frozen=True)
class Description:
    """What stands on a paper, as read on a local day; `lasting` is one that never expires."""

    today: date
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    lasting: bool = False


async def describe_paper(
    session: AsyncSession, caller: Caller, code: str, paper_id: uuid.UUID, told: Description
) -> VaultPaper:
    """Write down number, issuer and dates of a paper kept from a dossier of the caller's desk.

    Number, issuer and day of issue of a result come from its signer and stay as they are.

    Raises:
        ForbiddenError, PaperNotFoundError, and an unknown dossier: nothing like it at this desk.
        DatesContradictError: it was issued after today, would expire before it was issued, or expire and last.

    Source: QT Đ.20.2; NB Đ.13.2; R-VLT-03; R-VLT-04
    """
    caller.require(*who_may(Right.CHECK_DOSSIER))
    await desk_dossier(session, caller, code, Right.CHECK_DOSSIER)
    paper = await session.get(VaultPaper, paper_id, with_for_update=True)
    if paper is None or paper.dossier_code != code:
        raise PaperNotFoundError
    if paper.kind == Kind.COMPONENT:
        paper.number, paper.issuer = told.number or None, told.issuer or None
        paper.issued_on = told.issued_on
    if paper.issued_on and paper.issued_on > told.today:
        raise DatesContradictError(field="issued_on", rule="order")
    if told.expires_on and (told.lasting or (paper.issued_on and told.expires_on < paper.issued_on)):
        raise DatesContradictError(field="expires_on", rule="order")
    paper.expires_on, paper.lasting = told.expires_on, told.lasting
    await session.flush()
    return paper
