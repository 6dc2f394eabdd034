"""Correct the applicant's contact data at the desk, in the open."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.contacts import read_contacts
from intake.domain.life_cycle import Action
from intake.events import DossierContactCorrected
from intake.models import Dossier
from intake.queries.catalogue import pinned_procedure
from intake.queries.dossiers import acting, desk_dossier


async def correct_contact(
    session: AsyncSession,
    caller: Caller,
    code: str,
    *,
    email: str | None,
    phone: str | None,
    reason: str,
    version: int,
    now: datetime,
) -> Dossier:
    """Change e-mail or phone; old and new value stay in the history, where the applicant sees the change.

    The announced fact says which of the two changed, never the value.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError: as their names say.
        InvalidInputError: an e-mail address or a telephone number is none.

    Source: NB Đ.16.1; TN Đ.11.3.a; R-INT-03
    """
    caller.require(*who_may(Right.CORRECT_CONTACT))
    actor = acting(caller)
    dossier = await desk_dossier(session, caller, code, lock=True)
    dossier.expect(version)
    email, phone = read_contacts(email, phone)
    before = {"email": dossier.email, "phone": dossier.phone}
    dossier.email = email if email is not None else dossier.email
    dossier.phone = phone if phone is not None else dossier.phone
    form = (await pinned_procedure(session, dossier.procedure_code, dossier.procedure_version)).form
    dossier.refresh_keys(form)
    after = {"email": dossier.email, "phone": dossier.phone}
    dossier.take(
        Action.CORRECT_CONTACT, actor, now, reason=reason, details={"before": before, "after": after}
    )
    await session.flush()
    changed = {f"{name}_changed": before[name] != after[name] for name in after}
    await record(session, DossierContactCorrected(**dossier.facts(), corrected_at=now, **changed))
    return dossier
