"""Judge the components of a dossier: ok, missing or wrong, each with a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from intake.domain.checklist import published
from intake.domain.deeds import Deed
from intake.domain.life_cycle import Action
from intake.models import ChecklistItem, Dossier
from intake.queries.dossiers import Act
from intake.queries.letters import procedure_of


@dataclass(frozen=True)
class Judgement:
    """What was found for one component."""

    component: str
    verdict: str
    note: str = ""


async def judge_components(act: Act, judgements: Sequence[Judgement]) -> Dossier:
    """Keep the findings of this round of checking; judging again replaces the finding.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError,
        ComponentNotPublishedError: as their names say.

    Source: NB Đ.16.1; TN PL.B2; R-INT-03
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.CHECKLIST)
    procedure = await procedure_of(session, dossier)
    published(procedure.papers(dossier.case_id), [item.component for item in judgements])
    dossier.take(Action.CHECK, actor, now, details={item.component: item.verdict for item in judgements})
    for item in judgements:
        found = {"verdict": item.verdict, "note": item.note, "judged_by": actor.id, "judged_at": now}
        key = {"dossier_code": act.code, "round": dossier.supplement_count, "component_id": item.component}
        statement = insert(ChecklistItem).values(**key, **found)
        await session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=found))
    await session.flush()
    return dossier
