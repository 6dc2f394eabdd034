"""Correct the applicant's contact data at the desk, in the open."""

from common.outbox import record

from intake.domain.contacts import read_contacts
from intake.domain.deeds import Deed
from intake.domain.life_cycle import Action
from intake.events import DossierContactCorrected
from intake.models import Dossier
from intake.queries.catalogue import pinned_procedure
from intake.queries.dossiers import Act


async def correct_contact(act: Act, *, email: str | None, phone: str | None, reason: str) -> Dossier:
    """Change e-mail or phone; old and new value stay in the history, where the applicant sees the change.

    The announced fact says which of the two changed, never the value.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError: as their names say.
        InvalidInputError: an e-mail address or a telephone number is none.

    Source: NB Đ.16.1; TN Đ.11.3.a; R-INT-03
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.CONTACT)
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
