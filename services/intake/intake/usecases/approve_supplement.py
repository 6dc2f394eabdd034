"""Allow a further supplement request, as a leader, with the ground."""

from intake.domain.deeds import Deed
from intake.domain.life_cycle import Action
from intake.models import Dossier
from intake.queries.dossiers import Act


async def approve_supplement(act: Act, ground: str) -> Dossier:
    """Record who allows the next supplement request and why; it serves that one request only.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError: as their names say.

    Source: NB Đ.16.1.a; R-INT-05
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.SUPPLEMENT_APPROVAL)
    dossier.take(Action.APPROVE_SUPPLEMENT, actor, now, reason=ground)
    dossier.supplement_approval = {"by": actor.id, "ground": ground, "for": dossier.supplement_count + 1}
    await session.flush()
    return dossier
