"""What belongs to one dossier: its files, steps, papers, requests and findings, and others about the same event.

The statements are worded once: to word one again costs more than to ask it.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from common.security import Caller
from sqlalchemy import Select, Text, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Attachment, ChecklistItem, Document, Dossier, Step, SupplementRequest
from intake.queries.dossiers import visible

_CODE: Final = bindparam("code", type_=Text)
_FILES: Final = (
    select(Attachment).where(Attachment.dossier_code == _CODE).order_by(Attachment.uploaded_at, Attachment.id)
)
_SO_FAR: Final = select(Dossier.supplement_count).where(Dossier.code == _CODE).scalar_subquery()
_HANDED_IN: Final = _FILES.where(Attachment.round <= _SO_FAR)
_STEPS: Final = select(Step).where(Step.dossier_code == _CODE).order_by(Step.at, Step.id)
_DOCUMENTS: Final = (
    select(Document).where(Document.dossier_code == _CODE).order_by(Document.created_at, Document.id)
)
_REQUESTS: Final = (
    select(SupplementRequest)
    .where(SupplementRequest.dossier_code == _CODE)
    .order_by(SupplementRequest.number)
)
_VERDICTS: Final = select(ChecklistItem).where(
    ChecklistItem.dossier_code == _CODE, ChecklistItem.round == bindparam("check_round")
)


async def dossier_files(session: AsyncSession, code: str, *, unsent: bool = False) -> Sequence[Attachment]:
    """Return all files of a dossier, replaced ones too, in the order they came.

    What its applicant put there to amend it and has not handed in yet is the applicant's alone: `unsent` asks for it.
    """
    return (await session.scalars(_FILES if unsent else _HANDED_IN, {"code": code})).all()


async def dossier_steps(session: AsyncSession, code: str) -> Sequence[Step]:
    """Return the history of a dossier, oldest first."""
    return (await session.scalars(_STEPS, {"code": code})).all()


async def dossier_documents(session: AsyncSession, code: str) -> Sequence[Document]:
    """Return the papers issued for a dossier, oldest first."""
    return (await session.scalars(_DOCUMENTS, {"code": code})).all()


async def dossier_requests(session: AsyncSession, code: str) -> Sequence[SupplementRequest]:
    """Return the supplement requests of a dossier in their order."""
    return (await session.scalars(_REQUESTS, {"code": code})).all()


async def verdicts(session: AsyncSession, code: str, check_round: int) -> dict[str, ChecklistItem]:
    """Return what was found for each component in one round of checking."""
    rows = await session.scalars(_VERDICTS, {"code": code, "check_round": check_round})
    return {row.component_id: row for row in rows}


async def alike_dossiers(session: AsyncSession, caller: Caller, dossier: Dossier) -> Sequence[Dossier]:
    """Return other dossiers within the caller's scope that tell of the same event, the newest first, five at most.

    Source: R-INT-01
    """
    if dossier.event_key is None:
        return ()
    this = {"event": dossier.event_key, "code": dossier.code}
    return (await session.scalars(_alike(caller), this)).all()


@lru_cache(maxsize=128)
def _alike(caller: Caller) -> Select[tuple[Dossier]]:
    same = and_(Dossier.event_key == bindparam("event"), Dossier.code != _CODE)
    newest = select(Dossier).where(same, visible(caller)).order_by(Dossier.submitted_at.desc(), Dossier.code)
    return newest.limit(5)
