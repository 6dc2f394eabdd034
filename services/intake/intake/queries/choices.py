"""What the desk's lists can be narrowed to: what occurs among the open dossiers within the caller's reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from common.security import Caller
from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import OPEN
from intake.models import Dossier, Officer
from intake.models.indexes import EVERYWHERE
from intake.queries.catalogue import pinned_procedure
from intake.queries.dossiers import desk_scope, sees_all, visible


@dataclass(frozen=True)
class Occurring:
    """Procedures and officers by key and name, each once, by name."""

    procedures: Sequence[tuple[str, str]]
    officers: Sequence[tuple[str, str]]


async def occurring(session: AsyncSession, caller: Caller, lang: str) -> Occurring:
    """Return what occurs: procedures in the words of their newest version here, officers who check or handle.

    Source: TN Đ.12.1; R-INT-01
    """
    everywhere = EVERYWHERE if sees_all(caller) else true()
    here = select(
        Dossier.procedure_code, Dossier.procedure_version, Dossier.checked_by, Dossier.officer_id
    ).where(desk_scope(caller), everywhere, Dossier.state.in_(OPEN))
    found = (await session.execute(here.distinct())).all()
    pinned = sorted({(row.procedure_code, row.procedure_version) for row in found})
    titles = {code: (await pinned_procedure(session, code, version)).title(lang) for code, version in pinned}
    people = {one for row in found for one in (row.checked_by, row.officer_id) if one}
    names = await officer_names(session, people)
    return Occurring(
        sorted(titles.items(), key=lambda one: one[1]), sorted(names.items(), key=lambda one: one[1])
    )


async def officer_names(session: AsyncSession, ids: Collection[str]) -> dict[str, str]:
    """Return the names of officers by id, as far as they were told."""
    if not ids:
        return {}
    statement = select(Officer.id, Officer.display_name).where(Officer.id.in_(ids))
    return dict((await session.execute(statement)).tuples().all())


async def applicants_of(
    session: AsyncSession, caller: Caller, codes: Collection[str]
) -> Sequence[tuple[str, str]]:
    """Return (code, applicant's name) of those dossiers that the caller may open.

    Source: NB Đ.24.1; R-PRC-16
    """
    seen = select(Dossier.code, Dossier.applicant_name).where(Dossier.code.in_(codes), visible(caller))
    return (await session.execute(seen)).tuples().all()
