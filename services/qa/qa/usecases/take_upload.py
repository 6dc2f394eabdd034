"""A file is taken before its question is asked, and waits for it."""

import secrets
from datetime import datetime
from typing import NamedTuple

from common.database import Database
from common.ids import uuid7
from common.security import Caller
from files.kinds import clean_name
from files.receiving import Reception, Taken
from files.refusals import refuse_size
from files.scanning import FileQuarantinedError
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.attachments import KINDS, refuse_waiting
from qa.models import Attachment, MalwareReport
from qa.queries.attachments import waiting
from qa.queries.questions import hashed

TICKET_BYTES = 32


class Upload(NamedTuple):
    """A file as it arrived, and who sent it, where that is known."""

    name: str
    data: bytes
    by: Caller | None
    sender: str
    """The account or the network it comes from."""

    @property
    def account(self) -> str | None:
        """The account that sent it, None where nobody signed in."""
        return self.by.subject if self.by else None


async def examine_upload(database: Database, reception: Reception, upload: Upload, *, now: datetime) -> Taken:
    """Look into a file, have it scanned and store it; all of it outside any transaction.

    Raises:
        FileRefusedError: the subclass names what is wrong with the file.
        FilesWaitingError: too much waits already.
        FilesBusyError: so many wait to be looked into that one more would wait too long.
        FileQuarantinedError: it carries malware; who answers for it finds a report.

    Source: NB Đ.24.4; TN Đ.17.4.a; R-FBK-01; R-SEC-05
    """
    refuse_size(clean_name(upload.name), len(upload.data), 0, reception.limits)
    async with database.sessions() as session:
        await _expect_room(session, len(upload.data), upload.account)
    taken = await reception.take(upload.name, upload.data, KINDS, by=upload.sender)
    if taken.infected:
        await _report(database, upload, taken, now)
        raise FileQuarantinedError(field="file", rule="malware")
    return taken


async def _expect_room(session: AsyncSession, size: int, account: str | None, *, alone: bool = False) -> None:
    """Refuse what has no room. Raises: FilesWaitingError."""
    held = await waiting(session, account, alone=alone)
    refuse_waiting(size, held.own, held.everybody, account=account is not None)


async def _report(database: Database, upload: Upload, taken: Taken, now: datetime) -> None:
    found = MalwareReport(
        id=uuid7(),
        found_at=now,
        agency=(upload.by.agency if upload.by else None) or "",
        uploaded_by=upload.account or "",
        file_name=taken.name,
        sha256=taken.sha256,
        signature=taken.verdict.note,
    )
    async with database.sessions.begin() as session:
        session.add(found)


async def take_upload(
    session: AsyncSession, taken: Taken, by: Caller | None, now: datetime
) -> tuple[Attachment, str]:
    """Write an examined file down; return it with the ticket that is told once and kept only as a mark.

    Files that come at once are counted one after the other.

    Raises: FilesWaitingError.
    """
    ticket, account = secrets.token_urlsafe(TICKET_BYTES), by.subject if by else None
    await _expect_room(session, taken.size, account, alone=True)
    row = Attachment.waiting(taken, hashed(ticket), account, now)
    session.add(row)
    await session.flush()
    return row, ticket
