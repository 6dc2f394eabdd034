"""Which buttons an officer finds on a dossier; the use cases check the same again."""

from dataclasses import dataclass

from procedures import StepKind
from regulation.roles import Right, is_another_person, who_may
from regulation.states import DECIDED, State

from processing.domain.states import LEADERS_KINDS


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands, as far as permissions ask."""

    state: str
    step_kind: str
    step_role: str
    unit: str
    officer_id: str | None
    proposed_by: str | None
    drafted: bool


def allowed_actions(here: Standing, subject: str, roles: frozenset[str], unit: str | None) -> list[str]:
    """Return the actions open to an officer, in the order of the work.

    Source: BD Đ.8; HN Đ.12; requirements §C; R-PRC-03
    """
    if here.state in DECIDED:
        return []
    actions: list[str] = []
    if here.officer_id is None and here.step_role in roles and (unit or here.unit) == here.unit:
        actions.append("claim")
    if roles & who_may(Right.ASSIGN_DOSSIER):
        actions.append("assignment")
    if here.step_kind == StepKind.TASK and here.officer_id == subject:
        actions += ["proposal"] if roles & who_may(Right.HANDLE_DOSSIER) else []
        actions += ["step-completion"] if here.drafted else []
    if here.step_kind in LEADERS_KINDS and roles & who_may(Right.DECIDE_DOSSIER):
        actions.append("sending-back")
        if is_another_person(here.proposed_by, subject):
            actions.append("approval")
            actions += ["signature"] if here.state == State.AWAITING_SIGNATURE else []
    return actions
