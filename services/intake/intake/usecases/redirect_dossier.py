"""Direct the applicant to the competent agency."""

from dataclasses import asdict

from common.outbox import record
from procedures import DeskContact
from regulation.zone import local_day

from intake.domain.deeds import Deed
from intake.domain.errors import RedirectedToItselfError
from intake.domain.life_cycle import Action
from intake.domain.papers import Paper, paper_number
from intake.events import DossierRedirected
from intake.models import Agency, Document, Dossier, Step
from intake.queries.catalogue import known_agency
from intake.queries.dossiers import Act


async def redirect_dossier(act: Act, *, reason: str, competent_agency: str) -> Dossier:
    """Close the dossier with a notice that names the competent agency and how to reach it.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError.
        AgencyUnknownError, RedirectedToItselfError: the agency named cannot be it.

    Source: NB Đ.16.1.a; R-INT-04
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.REDIRECTION)
    agency = await known_agency(session, competent_agency, local_day(now))
    if agency.code == dossier.receiving_point:
        raise RedirectedToItselfError(field="competent_agency", rule="other")
    details = {"competent_agency": agency.code}
    paper = paper_number(Paper.REDIRECTION, act.code, 1)
    step = dossier.take(Action.REDIRECT, actor, now, reason=reason, paper=paper, details=details)
    dossier.decide(actor, now)
    session.add(_notice(dossier, step, agency))
    await session.flush()
    await record(session, DossierRedirected(**dossier.facts(), redirected_at=now, redirected_to=agency.code))
    return dossier


def _notice(dossier: Dossier, step: Step, agency: Agency) -> Document:
    content = {
        "reason": step.reason,
        "competent_agency": agency.name,
        **asdict(agency.desk or DeskContact("", "", "")),
    }
    return Document.decided(step, Paper.REDIRECTION, dossier, content, sign=False)
