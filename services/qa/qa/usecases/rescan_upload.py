"""Scan a file that waited for the scanner."""

import uuid
from datetime import datetime

from common.database import Database
from common.ids import uuid7
from files.receiving import Reception
from files.scanning import Scan, ScanVerdict
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Attachment, Feedback, MalwareReport, Question


async def rescan_upload(database: Database, reception: Reception, file: uuid.UUID, *, now: datetime) -> None:
    """Ask the scanner again and act on its verdict: what is clean opens, what is infected stays shut and is reported.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    async with database.sessions() as session:
        row = await session.get(Attachment, file)
    if row is None or row.scan != Scan.PENDING:
        return
    verdict = await reception.look_again(row.sha256)
    if verdict.state == Scan.PENDING:
        return
    async with database.sessions.begin() as session:
        found = await session.get(Attachment, file, with_for_update=True)
        if found is None or found.scan != Scan.PENDING:
            return
        found.scan, found.scan_note = verdict.state, verdict.note or None
        if verdict.state == Scan.INFECTED:
            session.add(await _report(session, found, verdict, now))


async def _report(
    session: AsyncSession, file: Attachment, verdict: ScanVerdict, now: datetime
) -> MalwareReport:
    asked = await session.get(Question, file.number) if file.number else None
    sent = await session.get(Feedback, file.number) if file.number and asked is None else None
    about = asked or sent
    return MalwareReport(
        id=uuid7(),
        found_at=now,
        agency=(about.agency if about else None) or "",
        uploaded_by=file.uploaded_by or "",
        number=file.number,
        file_name=file.name,
        sha256=file.sha256,
        signature=verdict.note,
    )
