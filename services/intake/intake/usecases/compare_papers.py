"""Compare papers at pick-up: forms are signed, sent files are held beside their originals, item by item."""

from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert

from intake.domain.deeds import Deed
from intake.domain.life_cycle import Action
from intake.domain.pickup import Finding, must_fit
from intake.domain.rules import DeskRules
from intake.models import Dossier, PickupFinding
from intake.queries.dossiers import Act
from intake.queries.pickup import pickup_items


async def compare_papers(act: Act, rules: DeskRules, found: Sequence[tuple[str, Finding, str]]) -> Dossier:
    """Keep who found what, when, of each (component id, finding, note); looking again replaces the finding.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError,
        NothingToCompareError, FindingDoesNotFitError, DifferenceUnexplainedError: as their names say.

    Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.COMPARISON)
    must_fit(await pickup_items(session, rules, dossier), found)
    told = {name: {"finding": finding, "note": note} for name, finding, note in found}
    dossier.take(Action.COMPARE, actor, now, details=told)
    for name, finding, note in found:
        key = {"dossier_code": act.code, "component_id": name}
        values = {"finding": finding, "note": note, "found_by": actor.id, "found_at": now}
        statement = insert(PickupFinding).values(**key, **values)
        await session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
    await session.flush()
    return dossier
