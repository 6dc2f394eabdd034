"""Examine an uploaded file: kind, size, content, malware; what passes is stored, nothing is written down yet."""

import hashlib
from datetime import datetime
from typing import Final

from common.database import Database
from common.ids import uuid7
from common.security import Caller
from files.kinds import accepted_kinds, clean_name
from files.refusals import refuse_hoard, refuse_size
from files.scanning import FileQuarantinedError
from files.secrecy import StateSecretError

from intake.domain.attachments import ComponentUnknownError, refuse_source
from intake.models import MalwareReport
from intake.ports import Examined, Means, Upload
from intake.queries.places import FilePlace, place_for_files

MARKED: Final = "Bí mật nhà nước"
"""What the report of a file says that bears a mark of state secrecy; of the file itself nothing is kept."""


async def examine_upload(
    database: Database, means: Means, caller: Caller, upload: Upload, *, now: datetime
) -> Examined:
    """Look into the file, have it scanned and store it; all of it outside any transaction.

    Raises:
        FileRefusedError: the subclass names what is wrong with the file.
        FilesBusyError: so many wait to be looked into that one more would wait too long.
        FileQuarantinedError: it carries malware; head of agency and operator find a report.
        StateSecretError: it bears a mark of state secrecy; they find a report, and nothing is stored.
        DraftNotFoundError, DossierNotFoundError, ActionNotAllowedError: nothing to attach to.

    Source: NB Đ.14.2.a; NB Đ.24.4; R-SUB-05, R-SEC-05, R-SEC-17
    """
    async with database.sessions() as session:
        place = await place_for_files(
            session,
            caller,
            upload.draft_id,
            upload.dossier_code,
            unasked=means.rules.amend_unasked,
        )
    component = place.paper(upload.component)
    if component is None:
        raise ComponentUnknownError(field="component", rule="published", component=upload.component)
    source = upload.source or means.rules.component_sources[0]
    refuse_source(source, means.rules.component_sources)
    refuse_size(clean_name(upload.name), len(upload.data), place.stored_bytes, means.limits)
    refuse_hoard(len(upload.data), place.drafted_bytes, place.discarded_bytes, means.limits)
    kinds, by = accepted_kinds(component.accepts), f"account {caller.subject}"
    try:
        taken = await means.reception.take(upload.name, upload.data, kinds, by=by)
    except StateSecretError as secret:
        digest, grade = hashlib.sha256(upload.data).hexdigest(), f"{MARKED}: {secret.params['grade']}"
        await _report(database, _found(caller, upload, place, (digest, grade), now))
        raise
    if taken.infected:
        await _report(database, _found(caller, upload, place, (taken.sha256, taken.verdict.note), now))
        raise FileQuarantinedError(field=component.id, rule="malware")
    return Examined(upload, taken, source)


async def _report(database: Database, report: MalwareReport) -> None:
    async with database.sessions.begin() as session:
        session.add(report)


def _found(
    caller: Caller, upload: Upload, place: FilePlace, what: tuple[str, str], now: datetime
) -> MalwareReport:
    """Return the report; `what` is the digest of the file and what was found in it."""
    return MalwareReport(
        id=uuid7(),
        found_at=now,
        agency=place.agency,
        uploaded_by=caller.subject,
        file_name=clean_name(upload.name),
        sha256=what[0],
        signature=what[1],
        draft_id=upload.draft_id,
        dossier_code=upload.dossier_code,
    )
