"""What the clock triggers: reminders, taking back from agencies that ended, forgetting who asked, checking sums."""

from datetime import datetime, timedelta
from functools import partial

import structlog
from common.database import Database
from common.logs import where
from common.metrics import registry
from common.worker import Job
from files.receiving import Reception
from prometheus_client import Gauge
from regulation.lateness.periods import Cycle
from regulation.retention import Retention

from qa.domain import QuestionRules
from qa.domain.rating import RatingRules
from qa.queries.attachments import pending_scans
from qa.usecases.check_balance import check_balance
from qa.usecases.close_survey import close_ended_surveys
from qa.usecases.drop_codes import drop_codes
from qa.usecases.erase_askers import drop_keys, erase_askers
from qa.usecases.erase_bars import erase_bars
from qa.usecases.erase_ratings import erase_ratings, forget_raters
from qa.usecases.flag_clocks import flag_clocks
from qa.usecases.forget_lent import forget_lent
from qa.usecases.forget_uploads import forget_uploads
from qa.usecases.lend_questions import lend_questions
from qa.usecases.mark_bars import mark_bars
from qa.usecases.recall_feedback import recall_feedback
from qa.usecases.recall_questions import recall_questions
from qa.usecases.rescan_upload import rescan_upload
from qa.usecases.seal_columns import sealing
from qa.usecases.watch_cadence import watch_cadence

breaches = Gauge("motcua_qa_balance_breaches", "Accounts of questions that do not add up", registry=registry)
log = structlog.get_logger()


async def balance(database: Database, now: datetime) -> None:
    """Tell who watches how much does not add up."""
    async with database.sessions() as session:
        found = await check_balance(session, now)
    breaches.set(len(found))
    if found:
        log.error("the accounts of questions do not add up", breach_count=len(found), breaches=found[:10])


def jobs(
    rules: QuestionRules,
    retention: Retention,
    reception: Reception,
    cadence: Cycle | None = None,
    *,
    proof_key: str = "",
) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deadlines(database: Database, now: datetime) -> None:
        while await flag_clocks(database, now):
            pass

    async def recall(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await recall_questions(session, rules, now)
            await recall_feedback(session, rules, now)

    return (
        _of_lending(rules),
        Job("flag-deadlines", timedelta(seconds=30), deadlines),
        Job("recall-questions", timedelta(minutes=5), recall),
        _of_retention(retention, rules.rating),
        Job("check-balance", timedelta(minutes=10), balance),
        _of_seals(proof_key),
        _of_surveys(cadence),
        *_of_files(reception),
    )


def _of_retention(retention: Retention, ratings: RatingRules) -> Job:
    async def forget(database: Database, now: datetime) -> None:
        for erase in (erase_askers, partial(forget_raters, rules=ratings), erase_ratings, erase_bars):
            gone = 1
            while gone:
                async with database.sessions.begin() as session:
                    gone = await erase(session, retention, now)
        gone = 1
        while gone:
            async with database.sessions.begin() as session:
                gone = await drop_keys(session, now)
        async with database.sessions.begin() as session:
            await drop_codes(session, now)

    return Job("forget-askers", timedelta(hours=1), forget)


def _of_seals(proof_key: str) -> Job:
    seal = sealing()

    async def seal_all(database: Database, now: datetime) -> None:
        count = 1
        while count:
            async with database.sessions.begin() as session:
                count = await seal(session)
        async with database.sessions.begin() as session:
            await mark_bars(session, proof_key, now)

    return Job("seal-columns", timedelta(minutes=10), seal_all)


def _of_lending(rules: QuestionRules) -> Job:
    async def give(database: Database, now: datetime) -> None:
        await lend_questions(database, rules.agreed, now)

    return Job("hand-over", timedelta(seconds=5), give)


def jobs_of_agency(rules: QuestionRules) -> tuple[Job, ...]:
    """Return the jobs of an agency's own instance; reminders, publication and retention are the province's."""

    async def recall(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await recall_questions(session, rules, now)

    async def forget(database: Database, now: datetime) -> None:
        gone = 1
        while gone:
            async with database.sessions.begin() as session:
                gone = await forget_lent(session, now)

    return (
        Job("recall-questions", timedelta(minutes=5), recall),
        Job("forget-lent", timedelta(minutes=1), forget),
    )


def _of_surveys(cadence: Cycle | None) -> Job:
    async def watch(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await close_ended_surveys(session, now)
            if cadence is not None:
                await watch_cadence(session, cadence, now)

    return Job("watch-surveys", timedelta(minutes=5), watch)


def _of_files(reception: Reception) -> tuple[Job, ...]:
    async def rescan(database: Database, now: datetime) -> None:
        async with database.sessions() as session:
            waiting = await pending_scans(session)
        for file in waiting:
            try:
                await rescan_upload(database, reception, file, now=now)
            except Exception as error:  # one the scanner falls over does not hold up the others
                log.error("a file could not be scanned", file=str(file), error=where(error))

    async def let_go(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await forget_uploads(session, now)

    return (
        Job("rescan-files", timedelta(seconds=30), rescan),
        Job("forget-uploads", timedelta(hours=1), let_go),
    )
