"""The papers kept for a person: whose they are, which fit a component, who used them, which were taken for what."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from common.database import Database
from common.errors import FieldProblem, InvalidInputError
from common.sealing import ring_of
from common.security import Caller
from eforms import applicant_of
from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.submitter import Standing, standing_of
from intake.domain.vault import Kind, types_of, unfit_papers
from intake.domain.vault_errors import PaperNotFoundError
from intake.models import Agency, Attachment, Document, Draft, Officer, PersonAccount, VaultPaper, VaultUse
from intake.models.marks import person_named
from intake.models.vault import FIRST_FILE
from intake.queries.catalogue import pinned_procedure

MOST = 500
"""Papers, and uses of them, that one page shows; an export has all."""


async def vault_of_draft(session: AsyncSession, caller: Caller, draft: Draft) -> str:
    """Return whose papers may be taken for a draft: the caller's own; at a desk those of the applicant it names.

    Source: QT Đ.4.5; QT Đ.20.2; R-VLT-05; R-INT-16
    """
    if not caller.is_officer:
        return caller.subject
    procedure = await pinned_procedure(session, draft.procedure_code, draft.procedure_version)
    applicant, ring = applicant_of(procedure.form, draft.answers), ring_of(session)
    body = standing_of(draft.submitter) is Standing.MEMBER
    number = draft.submitter.get("submitter_tax_code", "") if body else applicant["id_number"]
    person = person_named(str(number or ""), ring, body=body)
    account = select(PersonAccount.account_id).where(PersonAccount.person_id == person)
    return await session.scalar(account) or person


async def kept_papers(session: AsyncSession, *owners: str, limit: int | None = MOST) -> Sequence[VaultPaper]:
    """Return what is kept for a person, the newest first."""
    mine = select(VaultPaper).where(VaultPaper.owner_id.in_(owners))
    return (
        await session.scalars(mine.order_by(VaultPaper.kept_at.desc(), VaultPaper.id.desc()).limit(limit))
    ).all()


async def own_paper(
    session: AsyncSession, owner: str, paper_id: uuid.UUID, *, lock: bool = False
) -> VaultPaper:
    """Return a paper of a person. Raises: PaperNotFoundError."""
    mine = select(VaultPaper).where(VaultPaper.id == paper_id, VaultPaper.owner_id == owner)
    paper = await session.scalar(mine.with_for_update() if lock else mine)
    if paper is None:
        raise PaperNotFoundError
    return paper


async def papers_for(
    session: AsyncSession, owner: str, components: Mapping[str, str]
) -> list[tuple[str, VaultPaper]]:
    """Return (component id, paper) for every kept paper whose type satisfies one of these components (id: name).

    Source: NB Đ.13.2; R-VLT-01
    """
    types = {component: types_of(name) for component, name in components.items()}
    wanted = {one for some in types.values() for one in some}
    kept = select(VaultPaper).where(VaultPaper.owner_id == owner, VaultPaper.type.in_(wanted))
    papers = (
        await session.scalars(kept.order_by(VaultPaper.kept_at.desc(), VaultPaper.id.desc()).limit(MOST))
    ).all()
    return [(component, paper) for component, fit in types.items() for paper in papers if paper.type in fit]


async def kept_from(session: AsyncSession, code: str, *, lock: bool = False) -> Sequence[VaultPaper]:
    """Return what was kept from one dossier, components first."""
    kept = select(VaultPaper).where(VaultPaper.dossier_code == code)
    kept = kept.with_for_update() if lock else kept
    return (await session.scalars(kept.order_by(VaultPaper.kind, VaultPaper.kept_at, VaultPaper.id))).all()


async def uses_of(
    session: AsyncSession, papers: Collection[uuid.UUID], limit: int | None = MOST
) -> Sequence[Row[Any]]:
    """Return (use, officer's name, agency, dossier it is in, file it put there) of papers, the newest first.

    Source: QT Đ.4.5; QT Đ.20.2; R-VLT-05
    """
    code = func.coalesce(VaultUse.dossier_code, Attachment.dossier_code)
    statement = (
        select(VaultUse, Officer.display_name, Agency, code.label("code"), Attachment.id.label("file_id"))
        .outerjoin(Attachment, Attachment.id == FIRST_FILE)
        .outerjoin(Officer, Officer.id == VaultUse.actor_id)
        .outerjoin(Agency, Agency.code == VaultUse.agency)
        .where(VaultUse.paper_id.in_(papers))
        .order_by(VaultUse.at.desc(), VaultUse.id.desc())
        .limit(limit)
    )
    return (await session.execute(statement)).all()


async def taken_papers(session: AsyncSession, place: ColumnElement[bool]) -> list[tuple[str, VaultPaper]]:
    """Return (component id, paper) of what was taken into the draft or dossier that a condition on files names."""
    statement = (
        select(Attachment.component_id, VaultPaper)
        .join(VaultUse, Attachment.id == FIRST_FILE)
        .join(VaultPaper, VaultPaper.id == VaultUse.paper_id)
        .where(place, Attachment.replaced_at.is_(None))
        .order_by(VaultUse.id)
    )
    return [(component, paper) for component, paper in (await session.execute(statement)).all()]


async def reuse_problems(
    session: AsyncSession, place: ColumnElement[bool], owners: Collection[str], today: date
) -> list[FieldProblem]:
    """Return what is wrong by now with the papers taken into a draft or dossier: they count no more, or are another's.

    Source: NB Đ.13.2; R-VLT-04; R-VLT-05
    """
    taken = await taken_papers(session, place)
    return unfit_papers([(part, paper, paper.owner_id in owners) for part, paper in taken], today)


async def must_be_reusable(
    database: Database, draft_id: uuid.UUID, owners: Collection[str], today: date
) -> None:
    """Refuse a submission with a paper of the vault that expired or was revoked since it was taken.

    Raises:
        InvalidInputError: each such paper with its reason.
    """
    async with database.sessions() as session:
        if problems := await reuse_problems(session, Attachment.draft_id == draft_id, owners, today):
            raise InvalidInputError(problems)


async def files_taken_with(session: AsyncSession, file_id: uuid.UUID) -> list[uuid.UUID]:
    """Return all files that came out of the vault together with one, it among them."""
    together = select(VaultUse.attachment_ids).where(VaultUse.attachment_ids.any(file_id))  # type: ignore[arg-type]
    return list(await session.scalar(together.limit(1)) or [file_id])


async def result_kept(session: AsyncSession, code: str, source: str) -> VaultPaper | None:
    """Return the kept result of a dossier with a verification code, None where it was never kept."""
    kept = select(VaultPaper).where(
        VaultPaper.dossier_code == code, VaultPaper.kind == Kind.RESULT, VaultPaper.source == source
    )
    found: VaultPaper | None = await session.scalar(kept.with_for_update())
    return found


async def document_behind(session: AsyncSession, number: str) -> Document | None:
    """Return the document that carries a verification code, whoever's it is: the paper itself was brought.

    Source: QT Đ.25.6; R-RES-17
    """
    found: Document | None = await session.scalar(
        select(Document).where(Document.verification_code == number)
    )
    return found
