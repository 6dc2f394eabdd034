"""Examine an uploaded file: kind, size, content, malware; what passes is stored, nothing is written down yet."""

import asyncio
import hashlib
from datetime import datetime

from common.database import Database
from common.ids import uuid7
from common.security import Caller
from files.kinds import accepted_kinds, clean_name
from files.refusals import refuse_content, refuse_hoard, refuse_size

from intake.domain.attachments import ComponentUnknownError, Scan, refuse_source
from intake.domain.errors import FileQuarantinedError
from intake.models import MalwareReport
from intake.ports import Examined, Means, ScanVerdict, Upload
from intake.queries.places import FilePlace, place_for_files


async def examine_upload(
    database: Database, means: Means, caller: Caller, upload: Upload, *, now: datetime
) -> Examined:
    """Look into the file, have it scanned and store it; all of it outside any transaction.

    Raises:
        FileRefusedError: the subclass names what is wrong with the file.
        FileQuarantinedError: it carries malware; head of agency and operator find a report.
        DraftNotFoundError, DossierNotFoundError, ActionNotAllowedError: nothing to attach to.

    Source: NB Đ.14.2.a; NB Đ.24.4; R-SUB-05, R-SEC-05
    """
    async with database.sessions() as session:
        place = await place_for_files(session, caller, upload.draft_id, upload.dossier_code)
    component = place.paper(upload.component)
    if component is None:
        raise ComponentUnknownError(field="component", rule="published", component=upload.component)
    source = upload.source or means.rules.component_sources[0]
    refuse_source(source, means.rules.component_sources)
    name = clean_name(upload.name)
    refuse_size(name, len(upload.data), place.stored_bytes, means.limits)
    refuse_hoard(len(upload.data), place.drafted_bytes, place.discarded_bytes, means.limits)
    facts = await asyncio.to_thread(means.inspector.inspect, upload.data)
    refuse_content(name, facts, accepted_kinds(component.accepts), means.limits)
    verdict = await means.scanner.scan(upload.data)
    sha256 = hashlib.sha256(upload.data).hexdigest()
    if verdict.state == Scan.INFECTED:
        await means.files.quarantine(upload.data)
        await _report(database, _found(caller, upload, place, verdict, now))
        raise FileQuarantinedError(field=component.id, rule="malware")
    # a file the scanner has not seen yet waits in quarantine until it has
    await (means.files.quarantine if verdict.state == Scan.PENDING else means.files.put)(upload.data)
    rendition = await _rendition(means, upload.data)
    media_type = facts.media_type or ""
    return Examined(
        upload, clean_name(upload.name, media_type), media_type, source, sha256, verdict, rendition
    )


async def _rendition(means: Means, data: bytes) -> str | None:
    """Keep the JPEG by which a picture is shown and return its digest; the file itself stays as sent, as evidence."""
    made = await asyncio.to_thread(means.inspector.rendition, data)
    return (await means.files.put(made)).sha256 if made else None


async def _report(database: Database, report: MalwareReport) -> None:
    async with database.sessions.begin() as session:
        session.add(report)


def _found(
    caller: Caller, upload: Upload, place: FilePlace, verdict: ScanVerdict, now: datetime
) -> MalwareReport:
    return MalwareReport(
        id=uuid7(),
        found_at=now,
        agency=place.agency,
        uploaded_by=caller.subject,
        file_name=clean_name(upload.name),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        signature=verdict.note,
        draft_id=upload.draft_id,
        dossier_code=upload.dossier_code,
    )
