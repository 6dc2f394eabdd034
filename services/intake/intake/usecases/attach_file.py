"""Attach an examined file to its draft, or to its dossier that waits for a supplement."""

from datetime import datetime

from common.ids import uuid7
from common.security import Caller
from files.refusals import refuse_hoard, refuse_size
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.attachments import refuse_second_use
from intake.models import Attachment
from intake.ports import Examined, Means
from intake.queries.places import place_for_files


async def attach_file(
    session: AsyncSession, means: Means, caller: Caller, file: Examined, *, now: datetime
) -> Attachment:
    """Write the file down, judging quota and second use under the lock of its draft or dossier.

    Raises:
        UploadQuotaError, PersonQuotaError, DiscardQuotaError, FileServesAnotherComponentError: what other files forbid.
        DraftNotFoundError, DossierNotFoundError, ActionNotAllowedError: nothing to attach to any more.

    Source: NB Đ.14.2.a; TN Đ.11.2.b; R-SUB-05
    """
    upload, taken = file.upload, file.taken
    asked, unasked = (upload.draft_id, upload.dossier_code), means.rules.amend_unasked
    place = await place_for_files(session, caller, *asked, lock=True, unasked=unasked)
    refuse_size(taken.name, len(upload.data), place.stored_bytes, means.limits)
    refuse_hoard(len(upload.data), place.drafted_bytes, place.discarded_bytes, means.limits)
    if means.rules.one_file_per_document:
        refuse_second_use(upload.component, taken.sha256, place.present())
    attachment = Attachment(
        id=uuid7(),
        draft_id=upload.draft_id,
        dossier_code=upload.dossier_code,
        component_id=upload.component,
        name=taken.name,
        size=taken.size,
        media_type=taken.media_type,
        sha256=taken.sha256,
        rendition_sha256=taken.rendition,
        source=file.source,
        scan=taken.verdict.state,
        scan_note=taken.verdict.note or None,
        round=place.round,
        uploaded_by=caller.subject,
        uploaded_at=now,
    )
    session.add(attachment)
    if place.draft:
        place.draft.updated_at = now
    await session.flush()
    return attachment
