"""The earlier dossiers of a person whose answers a draft of theirs could take over."""

from common.security import Caller
from regulation.text import Lang
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.earlier import Earlier, about_a_person, carried, person_on
from intake.domain.errors import ProcedureNotFoundError
from intake.models import Dossier, Draft
from intake.queries.catalogue import pinned_procedure

NEWEST = 10
"""Earlier dossiers that are looked through."""


async def earlier_answers(session: AsyncSession, caller: Caller, draft: Draft, lang: Lang) -> list[Earlier]:
    """Return, by page, what earlier dossiers know of the people a draft asks for; the newest first, each person once.

    Only dossiers that belong to the caller count, never those handed in for others.

    Source: TN PL.B1; TN Đ.21.7; QT Đ.4.5; R-VLT-06
    """
    form = (await pinned_procedure(session, draft.procedure_code, draft.procedure_version)).form
    pages = [page for page in form.pages if about_a_person(page)]
    if not pages or caller.is_officer:
        return []
    mine = select(Dossier).where(Dossier.owner_id == caller.subject)
    newest = await session.scalars(
        mine.order_by(Dossier.submitted_at.desc(), Dossier.code.desc()).limit(NEWEST)
    )
    found: list[Earlier] = []
    for dossier in newest:
        try:
            then = await pinned_procedure(session, dossier.procedure_code, dossier.procedure_version)
        except ProcedureNotFoundError:
            continue
        for page in pages:
            known = carried(form, page, draft.answers, then.form, dossier.answers)
            name = person_on(page, dossier.answers)
            told = (page.id, name) in {(one.page, one.name) for one in found}
            if known and name and not told:
                what = (page.id, dossier.code, then.title(lang), dossier.submitted_at, name)
                found.append(Earlier(*what, known))
    return found
