"""Files that waited go with the question or the feedback they were meant for."""

from collections.abc import Sequence
from datetime import datetime

from files.scanning import FileQuarantinedError, Scan
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.attachments import FileGoneError, refuse_together
from qa.queries.attachments import waiting_files

SENDER, OFFICER = "sender", "officer"


async def attach_files(
    session: AsyncSession, tickets: Sequence[str], number: str, now: datetime, *, source: str = SENDER
) -> None:
    """Give the files of some tickets to a question or to feedback; a ticket is good once.

    Raises:
        FileGoneError: one waits no longer.
        TooManyFilesError, FilesTooLargeError: they are too many, or too large together.
        FileQuarantinedError: the scanner found malware in one while it waited.

    Source: TN Đ.17.4.a; TN Đ.17.4.b; R-FBK-01; R-FBK-03
    """
    if not tickets:
        return
    found = await waiting_files(session, tickets, now)
    if len(found) < len(set(tickets)):
        raise FileGoneError(field="files", rule="held")
    refuse_together([one.size for one in found])
    if any(one.scan == Scan.INFECTED for one in found):
        raise FileQuarantinedError(field="files", rule="malware")
    for one in found:
        one.goes_with(number, source)
    await session.flush()
