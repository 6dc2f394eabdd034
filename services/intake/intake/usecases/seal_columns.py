"""Seal columns: what stands in clear or under an older key is sealed with the one that counts now."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from common.resealing import Sweep
from common.sealing import ring_of
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import ProcedureNotFoundError
from intake.models import Document, Dossier, Draft, Step, VaultPaper
from intake.models.marks import keys_of
from intake.queries.catalogue import pinned_procedure

BATCH = 200
KINDS = (Dossier, Draft, Document, Step, VaultPaper)


def sealing(limit: int = BATCH) -> Callable[[AsyncSession], Awaitable[int]]:
    """Return what seals a batch at a time and remembers how far it came."""
    walks = Sweep(Dossier, _found_by), Sweep(Draft), Sweep(Document), Sweep(VaultPaper)
    return partial(seal_columns, walks=walks, limit=limit)


async def seal_columns(session: AsyncSession, walks: Sequence[Sweep], limit: int = BATCH) -> int:
    """Seal a batch of dossiers, then of drafts, papers, the vault and steps, and return how many rows it was.

    A step keeps the key it was sealed with: nobody writes over history, not to seal it anew either.

    Source: Luật 91/2025; R-SEC-16
    """
    for walk in walks:
        if count := await walk.batch(session, limit):
            return count
    ring = ring_of(session)
    if ring is None or ring.beside:
        return 0
    steps = (await session.scalars(select(Step).where(text("details <> '{}'")).limit(limit))).all()
    for step in steps:
        sealed = Step.details.written(step, ring)["details_sealed"]
        await session.execute(select(func.seal_step(step.id, sealed)))
    return len(steps)


async def _found_by(session: AsyncSession, dossier: Dossier) -> dict[str, Any]:
    """Return the words and marks a dossier is found by; of a procedure nobody published here they stay."""
    try:
        procedure = await pinned_procedure(session, dossier.procedure_code, dossier.procedure_version)
    except ProcedureNotFoundError:
        return {}
    told = (dossier.procedure_code, dossier.answers, dossier.reached)
    return keys_of(procedure.form, *told, submitter=dossier.submitter, ring=dossier.ring)
