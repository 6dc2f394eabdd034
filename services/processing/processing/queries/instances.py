"""Which instance settles what, as far as this one has heard, and how far a hand-over has come."""

from collections.abc import Sequence
from typing import Final

from regulation.codes import codes_within
from regulation.instances import ALWAYS, Standing, Turn, holder_words, settled_by
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import NumbersElsewhereError
from processing.models import Agency, DecisionSeries, Dossier, Elsewhere, KeptTurn

_NUMBERING: Final = "hashtextextended('motcua numbering', 0)"
_TOGETHER: Final = text(f"select pg_advisory_xact_lock_shared({_NUMBERING})")
ALONE: Final = text(f"select pg_advisory_xact_lock({_NUMBERING})")
"""Waits until nobody is about to give a number, and lets nobody begin before this transaction ends."""


async def turns(session: AsyncSession) -> list[Turn]:
    """Return the turns that were given here or told by the instance that gave them."""
    return [kept.read() for kept in await session.scalars(select(KeptTurn))]


async def expect_numbers_here(session: AsyncSession, agency: str, instance: str) -> None:
    """Refuse to number a document where the agency's series is kept by another instance.

    An agency's own instance gives no number before the series came with its turn, and the province's none after.

    Raises: NumbersElsewhereError.
    """
    await session.execute(_TOGETHER)
    holder = settled_by(agency, ALWAYS, await turns(session))
    if holder != instance:
        raise NumbersElsewhereError(agency=agency, **holder_words(holder))


async def sub_tree(session: AsyncSession, agency: str) -> list[str]:
    """Return the codes of an agency and of those below it, as dossiers carry them."""
    return codes_within(agency, await session.scalars(select(Agency.code)))


async def to_be_given(session: AsyncSession, instance: str) -> dict[str, list[str]]:
    """Return by instance the agencies whose dossiers belong to it and may still be here."""
    given = await turns(session)
    found: dict[str, list[str]] = {}
    for root in {turn.agency for turn in given}:
        for code in await sub_tree(session, root):
            holder = settled_by(code, ALWAYS, given)
            if holder != instance and code not in found.setdefault(holder, []):
                found[holder].append(code)
    return {holder: codes for holder, codes in found.items() if codes}


async def series_of(session: AsyncSession, codes: Sequence[str]) -> Sequence[DecisionSeries]:
    """Return the number series of agencies."""
    kept = select(DecisionSeries).where(DecisionSeries.agency.in_(codes))
    return (await session.scalars(kept.order_by(DecisionSeries.agency, DecisionSeries.year))).all()


async def standing(session: AsyncSession, agency: str) -> Standing:
    """Count the dossiers of an agency and of those below it that its holder is to have, here and elsewhere."""
    given = await turns(session)
    holder = settled_by(agency, ALWAYS, given)
    holders = {code: settled_by(code, ALWAYS, given) for code in await sub_tree(session, agency)}
    own = [code for code, who in holders.items() if who == holder]
    away = Elsewhere.agency.in_(own), Elsewhere.version > 0
    here = select(Dossier.state, func.count()).where(Dossier.agency.in_(own)).group_by(Dossier.state)
    there = select(Elsewhere.state, func.count()).where(*away).group_by(Elsewhere.state)
    numbered = select(func.count()).where(
        Dossier.agency.in_(own), Dossier.closed_at.is_(None), Dossier.decision_serial.is_not(None)
    )
    taken = select(func.count()).where(*away, Elsewhere.taken_over_at.is_not(None))
    return Standing(
        holder=holder,
        here=dict((await session.execute(here)).tuples().all()),
        numbered=await session.scalar(numbered) or 0,
        handed_over=dict((await session.execute(there)).tuples().all()),
        taken_over=await session.scalar(taken) or 0,
        apart={code: who for code, who in holders.items() if who != holder},
    )
