"""Confirm a late entry: a second person stands by the real time of receipt."""

from sqlalchemy import select

from intake.domain.deeds import Deed
from intake.domain.errors import ActionNotAllowedError
from intake.domain.late import LateConfirmedByWriterError
from intake.domain.life_cycle import Action
from intake.models import Dossier, Step
from intake.queries.dossiers import Act


async def confirm_late_entry(act: Act) -> Dossier:
    """Note who compared the paper form and confirms; of two at once one finds it done.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError: as their names say.
        LateConfirmedByWriterError: who wrote it down is no second person.

    Source: QT Đ.12.1; R-INT-20, R-OPS-09
    """
    dossier = await act.at_the_desk(Deed.LATE_CONFIRMATION)
    if not dossier.late_waits:
        raise ActionNotAllowedError(state=dossier.state, action=Action.CONFIRM_LATE)
    wrote = select(Step.actor_id).where(Step.dossier_code == act.code, Step.action == Action.SUBMIT)
    if await act.session.scalar(wrote) == act.actor.id:
        raise LateConfirmedByWriterError
    dossier.take(Action.CONFIRM_LATE, act.actor, act.now)
    dossier.late_confirmed_by = act.actor.id
    await act.session.flush()
    return dossier
