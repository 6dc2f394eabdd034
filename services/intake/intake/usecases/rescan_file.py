"""Scan a file that waited for the scanner."""

import uuid
from datetime import datetime

from common.database import Database
from common.ids import uuid7
from files.scanning import Scan

from intake.models import Attachment, Dossier, Draft, MalwareReport
from intake.ports import Means


async def rescan_file(database: Database, means: Means, file_id: uuid.UUID, *, now: datetime) -> str:
    """Ask the scanner again and act on its verdict; returns the new state of the scan.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    async with database.sessions() as session:
        file = await session.get(Attachment, file_id)
    if file is None or file.scan != Scan.PENDING:
        return file.scan if file else "gone"
    verdict = await means.reception.look_again(file.sha256)
    if verdict.state == Scan.PENDING:
        return verdict.state
    async with database.sessions.begin() as session:
        found = await session.get(Attachment, file_id, with_for_update=True)
        if found is None or found.scan != Scan.PENDING:
            return verdict.state
        found.scan, found.scan_note = verdict.state, verdict.note or None
        if verdict.state == Scan.INFECTED:
            draft = await session.get(Draft, found.draft_id) if found.draft_id else None
            dossier = await session.get(Dossier, found.dossier_code) if found.dossier_code else None
            agency = draft.agency if draft else dossier.receiving_point if dossier else ""
            session.add(
                MalwareReport(
                    id=uuid7(),
                    found_at=now,
                    agency=agency,
                    uploaded_by=found.uploaded_by,
                    file_name=found.name,
                    sha256=found.sha256,
                    signature=verdict.note,
                    draft_id=found.draft_id,
                    dossier_code=found.dossier_code,
                )
            )
    return verdict.state
