"""What of a dossier is signed and compared at pick-up, and what was found of it."""

from collections.abc import Sequence

from procedures import Procedure
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.pickup import Item, must_be_compared, open_items, to_compare
from intake.domain.rules import DeskRules
from intake.models import Attachment, Dossier, PickupFinding
from intake.queries.belongings import dossier_files
from intake.queries.letters import current_files, procedure_of


def items_of(
    rules: DeskRules, procedure: Procedure, dossier: Dossier, files: Sequence[Attachment]
) -> tuple[Item, ...]:
    """Return what of a dossier with these files is signed and compared at pick-up.

    Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10
    """
    sent = [(file.component_id, file.source) for file in current_files(files)]
    compares = rules.compares(dossier.service_level)
    return to_compare(procedure, dossier.case_id, dossier.channel, sent, compares=compares)


async def pickup_items(session: AsyncSession, rules: DeskRules, dossier: Dossier) -> tuple[Item, ...]:
    """Return what of a dossier is signed and compared at pick-up; most dossiers cost no statement."""
    if not rules.compares(dossier.service_level):
        return ()
    files = await dossier_files(session, dossier.code)
    return items_of(rules, await procedure_of(session, dossier), dossier, files)


async def found_at_pickup(session: AsyncSession, code: str) -> dict[str, PickupFinding]:
    """Return what was found of each component at pick-up."""
    rows = await session.scalars(select(PickupFinding).where(PickupFinding.dossier_code == code))
    return {row.component_id: row for row in rows}


async def _findings(session: AsyncSession, items: Sequence[Item], code: str) -> dict[str, str]:
    found = await found_at_pickup(session, code) if items else {}
    return {name: one.finding for name, one in found.items()}


async def compared(session: AsyncSession, rules: DeskRules, dossier: Dossier) -> bool:
    """Tell whether nothing of a dossier is still to be signed or compared."""
    items = await pickup_items(session, rules, dossier)
    return not open_items(items, await _findings(session, items, dossier.code))


async def refuse_uncompared(session: AsyncSession, rules: DeskRules, dossier: Dossier) -> None:
    """Let the result of a dossier go only when everything is signed and compared. Raises: ComparisonOpenError."""
    items = await pickup_items(session, rules, dossier)
    must_be_compared(items, await _findings(session, items, dossier.code))
