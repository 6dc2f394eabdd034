"""Take a paper out of the vault for a component: the same stored file, referred to once more."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from common.ids import uuid7
from common.security import Caller
from files.refusals import refuse_size
from files.scanning import Scan
from procedures import Component
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.attachments import ComponentUnknownError, refuse_second_use
from intake.domain.vault import VAULT, fitness, reason, types_of
from intake.domain.vault_errors import (
    PaperAlreadyTakenError,
    PaperDoesNotFitError,
    PaperNotReusableError,
)
from intake.models import Attachment, VaultPaper, VaultUse
from intake.ports import Means
from intake.queries.dossiers import acting
from intake.queries.places import FilePlace, place_for_files
from intake.queries.vault import own_paper, vault_of_draft

_OPEN = (Scan.CLEAN, Scan.NOT_SCANNED)


async def take_paper(
    session: AsyncSession,
    means: Means,
    caller: Caller,
    *,
    draft_id: uuid.UUID | None,
    code: str | None,
    component: str,
    paper_id: uuid.UUID,
    now: datetime,
) -> list[Attachment]:
    """Put a kept paper into a draft of the caller, or into a dossier of theirs that waits for a supplement.

    An officer takes only what is kept for the person the draft is written for. Every use is written down.

    Raises:
        PaperNotFoundError: nothing like it is kept for that person.
        PaperDoesNotFitError, PaperNotReusableError, PaperAlreadyTakenError: why it may not stand there.
        FileServesAnotherComponentError, UploadQuotaError, ComponentUnknownError: as for any file.

    Source: NB Đ.13.2; TN Đ.21.7; QT Đ.4.5; QT Đ.20.2; R-VLT-01; R-VLT-05
    """
    place = await place_for_files(session, caller, draft_id, code, lock=True)
    owner = await vault_of_draft(session, caller, place.draft) if place.draft else caller.subject
    paper = await own_paper(session, owner, paper_id)
    _must_count(paper, place.paper(component), component, local_day(now))
    scans = await _scans(session, paper)
    _must_fit(means, place, component, paper)
    where = {"draft_id": draft_id, "dossier_code": code, "component_id": component}
    by = {"round": place.round, "uploaded_by": caller.subject, "uploaded_at": now}
    files = [_again(file, scans.get(file["id"], file["scan"]), **where, **by) for file in paper.files]
    session.add_all(files)
    ids = [one.id for one in files]
    session.add(VaultUse.taking(paper, acting(caller), now, attachment_ids=ids, **where))
    if place.draft:
        place.draft.updated_at = now
    await session.flush()
    return files


def _must_count(paper: VaultPaper, part: Component | None, component: str, today: date) -> None:
    """Refuse a paper of another type, and one that counts no more."""
    if part is None:
        raise ComponentUnknownError(field="component", rule="published", component=component)
    if paper.type not in types_of(part.name):
        raise PaperDoesNotFitError(field="paper", rule="type", component=part.name)
    if not fitness(paper, today).reusable:
        why = {"reason": reason(paper, today, "vi"), "reason_en": reason(paper, today, "en")}
        raise PaperNotReusableError(field="paper", rule="validity", **why)


def _again(file: Mapping[str, Any], scan: str, **where: Any) -> Attachment:
    """Return a row that names a stored file once more."""
    same = {name: file[name] for name in ("name", "size", "media_type", "sha256", "rendition_sha256")}
    return Attachment(id=uuid7(), source=VAULT, scan=scan, **same, **where)


async def _scans(session: AsyncSession, paper: VaultPaper) -> dict[str, str]:
    """Return what the scanner says by now of the files; one that is shut away is not handed on."""
    ids = [uuid.UUID(file["id"]) for file in paper.files]
    found = await session.execute(select(Attachment.id, Attachment.scan).where(Attachment.id.in_(ids)))
    scans = {str(file_id): scan for file_id, scan in found}
    if any(scan not in _OPEN for scan in scans.values()):
        why = ("Tệp chưa qua kiểm tra mã độc.", "The file has not passed the malware check.")
        raise PaperNotReusableError(field="paper", rule="scan", reason=why[0], reason_en=why[1])
    return scans


def _must_fit(means: Means, place: FilePlace, component: str, paper: VaultPaper) -> None:
    """Refuse what stands there already, stands for another component, or is too much for one dossier."""
    present, held = place.present(), place.stored_bytes
    for file in paper.files:
        if (component, file["sha256"]) in {(part, digest) for part, _, digest in present}:
            raise PaperAlreadyTakenError(field="paper", rule="once")
        if means.rules.one_file_per_document:
            refuse_second_use(component, file["sha256"], present)
        refuse_size(file["name"], file["size"], held, means.limits)
        held += file["size"]
