"""Accept a paper copy at the counter: the electronic document behind its code stands in the dossier, unchanged."""

import asyncio
import hashlib
import uuid
from datetime import datetime
from typing import NamedTuple

from common.ids import uuid7
from common.security import Caller
from files.refusals import refuse_size
from files.scanning import Scan
from regulation.roles import Right, who_may
from regulation.text import short_date
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.attachments import ComponentUnknownError, refuse_second_use
from intake.domain.labels import revocation_sentence
from intake.domain.paper_copies import (
    COPY,
    CopyAlreadyAcceptedError,
    CopySourceChangedError,
    CopySourceRevokedError,
    CopySourceUnknownError,
    read_code,
)
from intake.domain.papers import TITLES, Paper, PaperState
from intake.models import Attachment, Document
from intake.ports import Means, Signature
from intake.queries.places import FilePlace, place_for_files
from intake.queries.vault import document_behind


class AcceptedCopy(NamedTuple):
    """A paper copy that was accepted: the file that stands for it, its source, and what the signature proves."""

    file: Attachment
    document: Document
    signature: Signature


async def accept_copy(
    session: AsyncSession,
    means: Means,
    caller: Caller,
    *,
    draft_id: uuid.UUID,
    component: str,
    scanned: str,
    now: datetime,
) -> AcceptedCopy:
    """Let the electronic document behind a paper copy stand for a component of a draft written at the counter.

    Raises:
        ForbiddenError, DraftNotFoundError, ComponentUnknownError: as their names say.
        CopySourceUnknownError, CopySourceRevokedError, CopySourceChangedError, CopyAlreadyAcceptedError: why it is
        not accepted.
        FileServesAnotherComponentError, UploadQuotaError: as for any file.

    Source: QT Đ.25.6; R-RES-17
    """
    caller.require(*who_may(Right.ACCEPT_DOSSIER))
    place = await place_for_files(session, caller, draft_id, None, lock=True)
    document = await document_behind(session, read_code(scanned))
    if document is None or document.sha256 is None or document.state != PaperState.READY:
        raise CopySourceUnknownError(field="scanned", rule="known")
    _must_count(document)
    signature = await _must_be_whole(means, document)
    _must_fit(means, place, component, document)
    file = _file(document, draft_id, component)
    file.uploaded_by, file.uploaded_at = caller.subject, now
    session.add(file)
    if place.draft:
        place.draft.updated_at = now
    await session.flush()
    return AcceptedCopy(file, document, signature)


def _must_count(document: Document) -> None:
    if (at := document.revoked_at) is None:
        return
    day, number = short_date(local_day(at), "vi"), document.revoked_by or ""
    sentence = revocation_sentence(at, number, document.successor, "vi")
    raise CopySourceRevokedError(field="scanned", rule="valid", day=day, sentence=sentence)


async def _must_be_whole(means: Means, document: Document) -> Signature:
    """Compare the stored document with what was noted when it was signed, and check its signature."""
    assert document.sha256 is not None
    data = await means.files.get(document.sha256)
    digest = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
    signature = await means.signatures.check(data)
    if digest != document.sha256 or not signature.valid:
        raise CopySourceChangedError(field="scanned", rule="whole", problem=signature.problem or "sha256")
    return signature


def _must_fit(means: Means, place: FilePlace, component: str, document: Document) -> None:
    if place.paper(component) is None:
        raise ComponentUnknownError(field="component", rule="published", component=component)
    present, digest = place.present(), document.sha256 or ""
    if (component, digest) in {(part, one) for part, _, one in present}:
        raise CopyAlreadyAcceptedError(field="scanned", rule="once")
    if means.rules.one_file_per_document:
        refuse_second_use(component, digest, present)
    refuse_size(_name(document), document.size or 0, place.stored_bytes, means.limits)


def _name(document: Document) -> str:
    return str(document.content.get("name") or f"{TITLES[Paper(document.kind)]['vi']}.pdf")


def _file(document: Document, draft_id: uuid.UUID, component: str) -> Attachment:
    """Return a row that names the stored document once more; the suite made and signed it, nothing is scanned."""
    return Attachment(
        id=uuid7(),
        draft_id=draft_id,
        dossier_code=None,
        component_id=component,
        name=_name(document),
        size=document.size or 0,
        media_type=document.media_type,
        sha256=document.sha256,
        source=COPY,
        scan=Scan.CLEAN,
        round=0,
    )
