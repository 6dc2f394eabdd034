"""Change how the result of a submitted dossier comes back, until it is ready."""

from dataclasses import asdict

from intake.domain.life_cycle import Action
from intake.domain.papers import papers_to_bring
from intake.domain.rules import choose_channel as offered_channel
from intake.models import Dossier
from intake.ports import Means
from intake.queries.dossiers import Act
from intake.queries.letters import procedure_of


async def choose_channel(act: Act, means: Means, *, channel: str, address: str | None) -> Dossier:
    """Keep the applicant's new wish when province and level offer it.

    Raises:
        DossierNotFoundError, StaleVersionError, ResultChannelNotOfferedError, ResultAddressMissingError.
        ActionNotAllowedError: the result is ready, or the dossier is closed.

    Source: TN PL.B1; BD Đ.9.2.b; R-SUB-12
    """
    dossier = await act.by_the_applicant()
    chosen = offered_channel(means.rules, dossier.service_level, channel, address)
    details = {"before": dossier.result_channel, "after": chosen}
    dossier.take(Action.CHOOSE_CHANNEL, act.actor, act.now, details=details)
    dossier.result_channel, dossier.result_address = chosen, address
    if dossier.appointment is not None:
        procedure = await procedure_of(act.session, dossier)
        compare = means.rules.compares(dossier.service_level)
        bring = papers_to_bring(procedure, dossier.case_id, chosen, compare)
        dossier.appointment = {**dossier.appointment, "papers": [asdict(paper) for paper in bring]}
    await act.session.flush()
    return dossier
