"""Refuse to take a dossier, with reason and legal basis."""

from common.outbox import record

from intake.domain.deeds import Deed
from intake.domain.errors import SigningImpossibleError
from intake.domain.life_cycle import Action
from intake.domain.papers import Paper, paper_number
from intake.events import DossierRefused
from intake.models import Document, Dossier
from intake.ports import Means
from intake.queries.dossiers import Act


async def refuse_dossier(act: Act, means: Means, *, reason: str, legal_basis: str) -> Dossier:
    """Close the dossier as refused and issue the refusal slip; also ends a supplement nobody answered.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError, SigningImpossibleError.

    Source: TN Đ.11.3.b; R-INT-04, R-INT-07, R-INT-19
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.REFUSAL)
    must_sign = means.rules.must_sign(Paper.REFUSAL)
    if must_sign and not means.printer.can_sign(dossier.receiving_point):
        raise SigningImpossibleError
    paper = paper_number(Paper.REFUSAL, act.code, 1)
    step = dossier.take(
        Action.REFUSE, actor, now, reason=reason, paper=paper, details={"legal_basis": legal_basis}
    )
    dossier.decide(actor, now)
    content = {"reason": reason, "legal_basis": legal_basis}
    session.add(Document.decided(step, Paper.REFUSAL, dossier, content, sign=must_sign))
    await session.flush()
    await record(session, DossierRefused(**dossier.facts(), refused_at=now))
    return dossier
