"""What the clock triggers in intake."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from common.database import Database
from common.logs import where
from common.worker import Job
from regulation.codes.verification import BYTES_NEEDED
from sqlalchemy.ext.asyncio import AsyncSession

from intake.ports import Means
from intake.queries.pending import pending_documents, pending_scans, unchecked_papers
from intake.usecases.check_paper import check_paper
from intake.usecases.flag_overdue_checks import flag_overdue_checks
from intake.usecases.forget_drafts import BATCH, forget_discarded, forget_drafts
from intake.usecases.issue_document import issue_document
from intake.usecases.remind_supplements import remind_supplements
from intake.usecases.rescan_file import rescan_file
from intake.usecases.seal_columns import sealing

log = structlog.get_logger()
Story = Callable[[AsyncSession, datetime], Awaitable[int]]
Run = Callable[[Database, datetime], Awaitable[None]]


def jobs(means: Means) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""
    return (
        Job("issue-documents", timedelta(seconds=2), _issue(means)),
        Job("rescan-files", timedelta(seconds=30), _rescan(means)),
        Job("flag-overdue-checks", timedelta(minutes=1), _in_one_go(flag_overdue_checks)),
        Job("remind-supplements", timedelta(hours=1), _in_one_go(remind_supplements)),
        Job("check-papers", timedelta(seconds=30), _check(means)),
        Job("forget-drafts", timedelta(hours=6), _forget(means)),
        Job("seal-columns", timedelta(minutes=10), _seal()),
    )


def _in_one_go(story: Story) -> Run:
    async def run(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await story(session, now)

    return run


def _forget(means: Means) -> Run:
    """Forget drafts batch by batch, each in a transaction of its own, until none is left whose time is over."""

    async def run(database: Database, now: datetime) -> None:
        gone = BATCH
        while gone >= BATCH:
            async with database.sessions.begin() as session:
                gone = await forget_drafts(session, means.rules.retention, now)
        async with database.sessions.begin() as session:
            await forget_discarded(session, means.rules.retention, now)

    return run


def _seal() -> Run:
    """Seal batch by batch, each in a transaction of its own, until everything is under the key that counts."""
    seal = sealing()

    async def run(database: Database, _now: datetime) -> None:
        count = 1
        while count:
            async with database.sessions.begin() as session:
                count = await seal(session)

    return run


def _issue(means: Means) -> Run:
    """Print the papers that wait for it; one that fails does not hold up the others."""

    async def run(database: Database, now: datetime) -> None:
        async with database.sessions() as session:
            waiting = await pending_documents(session, now)
        for document_id in waiting:
            try:
                entropy = secrets.token_bytes(BYTES_NEEDED)
                await issue_document(database, means, document_id, entropy=entropy, now=now)
            except Exception as error:
                log.error("a paper could not be issued", document=str(document_id), error=where(error))

    return run


def _rescan(means: Means) -> Run:
    """Scan every file that waits; one the scanner falls over does not hold up the others."""

    async def run(database: Database, now: datetime) -> None:
        async with database.sessions() as session:
            waiting = await pending_scans(session)
        for file_id in waiting:
            try:
                await rescan_file(database, means, file_id, now=now)
            except Exception as error:
                log.error("a file could not be scanned", file=str(file_id), error=where(error))

    return run


def _check(means: Means) -> Run:
    """Check the signatures of papers that came into the vault; one that cannot be read does not hold up the others."""

    async def run(database: Database, now: datetime) -> None:
        async with database.sessions() as session:
            waiting = await unchecked_papers(session)
        for paper_id in waiting:
            try:
                await check_paper(database, means, paper_id)
            except Exception as error:
                log.error("a kept paper could not be checked", paper=str(paper_id), error=where(error))

    return run
