"""Examine an uploaded file: kind, size, content, malware; what passes is stored, nothing is written down yet."""

from datetime import datetime

from common.database import Database
from common.ids import uuid7
from common.security import Caller
from files.kinds import accepted_kinds, clean_name
from files.receiving import Taken
from files.refusals import refuse_hoard, refuse_size
from files.scanning import FileQuarantinedError

from intake.domain.attachments import ComponentUnknownError, refuse_source
from intake.models import MalwareReport
from intake.ports import Examined, Means, Upload
from intake.queries.places import FilePlace, place_for_files


async def examine_upload(
    database: Database, means: Means, caller: Caller, upload: Upload, *, now: datetime
) -> Examined:
    """Look into the file, have it scanned and store it; all of it outside any transaction.

    Raises:
        FileRefusedError: the subclass names what is wrong with the file.
        FilesBusyError: so many wait to be looked into that one more would wait too long.
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
    refuse_size(clean_name(upload.name), len(upload.data), place.stored_bytes, means.limits)
    refuse_hoard(len(upload.data), place.drafted_bytes, place.discarded_bytes, means.limits)
    kinds, by = accepted_kinds(component.accepts), f"account {caller.subject}"
    taken = await means.reception.take(upload.name, upload.data, kinds, by=by)
    if taken.infected:
        await _report(database, _found(caller, upload, place, taken, now))
        raise FileQuarantinedError(field=component.id, rule="malware")
    return Examined(upload, taken, source)


async def _report(database: Database, report: MalwareReport) -> None:
    async with database.sessions.begin() as session:
        session.add(report)


def _found(caller: Caller, upload: Upload, place: FilePlace, taken: Taken, now: datetime) -> MalwareReport:
    return MalwareReport(
        id=uuid7(),
        found_at=now,
        agency=place.agency,
        uploaded_by=caller.subject,
        file_name=clean_name(upload.name),
        sha256=taken.sha256,
        signature=taken.verdict.note,
        draft_id=upload.draft_id,
        dossier_code=upload.dossier_code,
    )
