"""How a dossier and its history become the facts that are announced."""

from collections.abc import Mapping, Sequence
from typing import Any

from regulation.channels import Channel
from regulation.states import State

from intake.domain.life_cycle import Action
from intake.events import (
    DossierAccepted,
    DossierEvent,
    DossierRedirected,
    DossierRefused,
    DossierResubmitted,
    DossierReturned,
    DossierSubmitted,
    DossierSupplemented,
    DossierSupplementRequested,
)
from intake.models.desk import SupplementRequest
from intake.models.dossier import Dossier
from intake.models.step import Step

RETOLD: dict[str, type[DossierEvent]] = {
    Action.SUBMIT: DossierSubmitted,
    Action.REQUEST_SUPPLEMENT: DossierSupplementRequested,
    Action.RESUBMIT: DossierResubmitted,
    Action.AMEND: DossierResubmitted,
    Action.SUPPLY: DossierSupplemented,
    Action.REDIRECT: DossierRedirected,
    Action.REFUSE: DossierRefused,
    Action.ACCEPT: DossierAccepted,
    Action.RETURN: DossierReturned,
    Action.SETTLE: DossierReturned,
}
_WHEN: dict[str, str] = {
    Action.SUBMIT: "submitted_at",
    Action.REQUEST_SUPPLEMENT: "requested_at",
    Action.RESUBMIT: "resubmitted_at",
    Action.AMEND: "resubmitted_at",
    Action.SUPPLY: "supplied_at",
    Action.REDIRECT: "redirected_at",
    Action.REFUSE: "refused_at",
    Action.ACCEPT: "accepted_at",
    Action.RETURN: "returned_at",
    Action.SETTLE: "returned_at",
}
_NATIONAL_INDEX = ("verified_identity", "digitised", "reused", "from_vault", "paid_online")


def accepted(dossier: Dossier) -> dict[str, Any]:
    """Return what the fact of an acceptance says beside the dossier itself, or otherwise than other facts."""
    assert dossier.appointment is not None
    return {
        "agency": dossier.competent_agency,
        "submitted_at": dossier.submitted_at,
        "accepted_at": dossier.accepted_at,
        "due_at": dossier.due_at,
        "unit": dossier.unit,
        "case": dossier.case_id,
        "result_channel": dossier.result_channel,
        "appointment": dossier.appointment,
    }


def retold(
    dossier: Dossier, steps: Sequence[Step], requests: Mapping[int, SupplementRequest]
) -> list[DossierEvent]:
    """Tell the story of a dossier again from its steps, the last fact at the dossier's present version.

    Facts say where the dossier stands now; the instants are those of the steps. A check time that a later one
    replaced is not told: the newest stands for all.
    """
    first = dossier.version - len(steps) + 1
    return [
        RETOLD[step.action].model_validate(
            {
                **dossier.facts(),
                "aggregate_version": version,
                "occurred_at": step.at,
                **_own(dossier, step, requests),
                _WHEN[step.action]: step.at,
            }
        )
        for version, step in enumerate(steps, first)
    ]


def _own(dossier: Dossier, step: Step, requests: Mapping[int, SupplementRequest]) -> Mapping[str, Any]:
    """Return the fields only this kind of fact has."""
    if step.action == Action.ACCEPT:
        return accepted(dossier)
    if step.action == Action.REQUEST_SUPPLEMENT:
        number, handling = step.details["number"], step.from_state == State.IN_PROCESS
        own = {"number": number, "answer_by_on": requests[number].answer_by_on, "handling": handling}
        return own | ({"agency": dossier.competent_agency} if handling else {})
    if step.action == Action.SUPPLY:
        told = {name: step.details[name] for name in ("number", "due_at")}
        return told | {"agency": dossier.competent_agency}
    if step.action in (Action.SUBMIT, Action.RESUBMIT, Action.AMEND):
        known = {name: getattr(dossier, name) for name in _NATIONAL_INDEX}
        return {**known, "check_due_at": dossier.check_due_at}
    if step.action == Action.REDIRECT:
        return {"redirected_to": step.details.get("competent_agency")}
    return {"way": Channel.COUNTER} if step.action == Action.SETTLE else step.details  # of a return: the way
