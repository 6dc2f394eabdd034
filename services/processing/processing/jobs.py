"""What the clock triggers: reminders and flags, idle officers, orders for many, what is to hand over or seal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit import did_for
from common.bulk import Bulks, One
from common.database import Database
from common.errors import DomainError
from common.worker import Job
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.bulk import BulkDeed
from processing.domain.rules import HandlingRules
from processing.models import Bulk, BulkItem
from processing.ports import Means
from processing.queries import Target, bulks
from processing.usecases.assign_dossier import assign_dossier
from processing.usecases.claim_dossier import claim_dossier
from processing.usecases.complete_step import complete_step
from processing.usecases.flag_consultations import flag_consultations
from processing.usecases.flag_deadlines import flag_deadlines
from processing.usecases.hand_over_dossiers import hand_over_dossiers
from processing.usecases.issue_decision import Order, issue_decision
from processing.usecases.remind_idle_officers import remind_idle_officers
from processing.usecases.seal_columns import sealing

TRIED = frozenset({403, 404})
"""Refusals that are written down: a door was tried."""


Also = Callable[[AsyncSession], Awaitable[None]]


@dataclass(frozen=True)
class Singly:
    """Does one dossier of an order at its turn: the single deed, as who ordered it may do it now."""

    rules: HandlingRules
    means: Means

    async def do(self, database: Database, one: One) -> None:
        """Do it with its line of the access log; what is refused as a door that was tried has one too."""
        async with database.sessions() as session:
            caller = await bulks.still_ordered_by(session, one.bulk)
        job = f"bulk {one.bulk.deed}"
        target = Target(caller, one.bulk.agency, one.item.code, local_day(one.now))

        async def done(session: AsyncSession) -> None:
            await one.done(session)
            await did_for(session, caller, job, subject=target.code)

        try:
            await self._deed(database, one, target, done)
        except DomainError as refusal:
            if refusal.status in TRIED:
                async with database.sessions.begin() as session:
                    await did_for(session, caller, job, subject=target.code, outcome=refusal.status)
            raise

    async def _deed(self, database: Database, one: One, target: Target, also: Also) -> None:
        version, said = one.item.version, one.bulk.ordered["said"]
        if one.bulk.deed == BulkDeed.SIGNATURE:
            await issue_decision(database, Order(target, version, also=also), self.means, self.rules, one.now)
            return
        async with database.sessions.begin() as session:
            if one.bulk.deed == BulkDeed.CLAIM:
                await claim_dossier(session, target, one.now)
            elif one.bulk.deed == BulkDeed.ASSIGNMENT:
                await assign_dossier(session, target, said["officer_id"], one.now, said["reason"])
            else:
                words = said["remarks"]
                await complete_step(
                    session, target, version=version, remarks=words, now=one.now, rules=self.rules
                )
            await also(session)


def many(rules: HandlingRules, means: Means) -> Bulks:
    """Return what carries orders for many dossiers out."""
    return Bulks(Bulk, BulkItem, Singly(rules, means).do)


def jobs(rules: HandlingRules, means: Means) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deadlines(database: Database, now: datetime) -> None:
        await flag_deadlines(database, now)
        await flag_consultations(database, now)

    async def idle(database: Database, now: datetime) -> None:
        await remind_idle_officers(database, now, rules.idle, rules.calendar)

    async def hand_over(database: Database, now: datetime) -> None:
        await hand_over_dossiers(database, rules.instance, now)

    bulk = many(rules, means)

    async def carry_out(database: Database, now: datetime) -> None:
        await bulk.run(database, now)

    seal = sealing()

    async def seal_all(database: Database, _now: datetime) -> None:
        count = 1
        while count:
            async with database.sessions.begin() as session:
                count = await seal(session)

    return (
        Job("flag-deadlines", timedelta(seconds=30), deadlines),
        Job("remind-idle-officers", timedelta(minutes=15), idle),
        Job("hand-over", timedelta(seconds=5), hand_over),
        Job("bulk", timedelta(seconds=2), carry_out),
        Job("seal-columns", timedelta(minutes=10), seal_all),
    )
