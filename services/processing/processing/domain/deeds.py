"""What an officer may do with a dossier now; the use cases ask for the same steps and rights again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from procedures import StepKind
from regulation.roles import Right, is_another_person, view
from regulation.roles.visibility import Holder
from regulation.states import DECIDED

from processing.domain.outcomes import LEADERS_KINDS


class Deed(StrEnum):
    """A sub-resource of a dossier that changes it, in the order of the work."""

    CLAIM = "claim"
    ASSIGNMENT = "assignment"
    PROPOSAL = "proposal"
    STEP_COMPLETION = "step-completion"
    CONSULTATION = "consultation"
    SUPPLEMENT_DRAFT = "supplement-draft"
    TRANSFER = "transfer"
    EXTENSION_PROPOSAL = "extension-proposal"
    EXTENSION_SENDING_BACK = "extension-sending-back"
    EXTENSION = "extension"
    SENDING_BACK = "sending-back"
    APPROVAL = "approval"
    SIGNATURE = "signature"
    REVOCATION_PROPOSAL = "revocation-proposal"
    REVOCATION_SENDING_BACK = "revocation-sending-back"
    REVOCATION = "revocation"

    @property
    def kinds(self) -> frozenset[StepKind]:
        """The kinds of step at which it is done."""
        return DEEDS[self][0]

    @property
    def right(self) -> Right:
        """The right it asks for."""
        return DEEDS[self][1]


_ANY, _TASKS = frozenset(StepKind), frozenset({StepKind.TASK})

DEEDS: Final[Mapping[Deed, tuple[frozenset[StepKind], Right]]] = MappingProxyType(
    {
        Deed.CLAIM: (_ANY, Right.TAKE_STEP),
        Deed.ASSIGNMENT: (_ANY, Right.ASSIGN_DOSSIER),
        Deed.PROPOSAL: (_TASKS, Right.HANDLE_DOSSIER),
        Deed.STEP_COMPLETION: (_TASKS, Right.TAKE_STEP),
        Deed.CONSULTATION: (_TASKS, Right.HANDLE_DOSSIER),
        Deed.SUPPLEMENT_DRAFT: (_TASKS, Right.HANDLE_DOSSIER),
        Deed.TRANSFER: (_ANY, Right.TAKE_STEP),
        Deed.EXTENSION_PROPOSAL: (_TASKS, Right.HANDLE_DOSSIER),
        Deed.EXTENSION_SENDING_BACK: (_ANY, Right.DECIDE_DOSSIER),
        Deed.EXTENSION: (_ANY, Right.DECIDE_DOSSIER),
        Deed.SENDING_BACK: (LEADERS_KINDS, Right.DECIDE_DOSSIER),
        Deed.APPROVAL: (LEADERS_KINDS, Right.DECIDE_DOSSIER),
        Deed.SIGNATURE: (frozenset({StepKind.SIGN}), Right.DECIDE_DOSSIER),
        Deed.REVOCATION_PROPOSAL: (_ANY, Right.HANDLE_DOSSIER),
        Deed.REVOCATION_SENDING_BACK: (_ANY, Right.DECIDE_DOSSIER),
        Deed.REVOCATION: (_ANY, Right.DECIDE_DOSSIER),
    }
)
"""Each deed with the kinds of step at which it is done and the right it asks for."""


_WHILE_WAITING: Final = frozenset({Deed.CLAIM, Deed.ASSIGNMENT, Deed.TRANSFER})


@dataclass(frozen=True)
class Whereabouts:
    """Where a dossier is, as far as rights ask: its agency and unit, and the officer in whose hands it is."""

    agency: str
    unit: str
    officer_id: str | None

    def reached(self, deed: Deed, who: Holder) -> bool:
        """Tell whether the right of a deed reaches the dossier. Source: QT Đ.11.2.e; R-ACC-18"""
        return view(deed.right, who).sees(agency=self.agency, unit=self.unit, holder=self.officer_id)


@dataclass(frozen=True)
class InHand:
    """How far a dossier has come, as far as deeds ask."""

    where: Whereabouts
    state: str
    step_kind: str
    step_role: str
    proposed_by: str | None
    drafted: bool
    extendable: bool = False
    """Whether a new date can still be proposed."""
    extended_by: str | None = None
    """Who proposed the new date that waits for a leader."""
    standing_in: bool = False
    """Whether the caller stands in for the officer who has it, who is away."""
    waits: bool = False
    """Whether the applicant still has time to add what was asked for."""


@dataclass(frozen=True)
class Issued:
    """The result as it stands: whether one is in force, and who proposed to take it back, if anybody did."""

    where: Whereabouts
    in_force: bool
    proposed_by: str | None


def possible_deeds(here: InHand, who: Holder) -> list[str]:
    """Return the deeds open to an officer before the decision; who proposed does not decide.

    Source: BD Đ.8; HN Đ.12; requirements §C; R-PRC-03
    """
    if here.state in DECIDED:
        return []
    mine, second = here.where.officer_id == who.subject, is_another_person(here.proposed_by, who.subject)
    fits = {
        Deed.CLAIM: _free_for(here, who),
        Deed.ASSIGNMENT: True,
        Deed.PROPOSAL: mine,
        Deed.STEP_COMPLETION: mine and here.drafted,
        Deed.CONSULTATION: mine,
        Deed.SUPPLEMENT_DRAFT: mine,
        Deed.TRANSFER: _in_hands_to_give(here, who),
        Deed.EXTENSION_PROPOSAL: mine and here.extendable,
        Deed.EXTENSION_SENDING_BACK: here.extended_by is not None,
        Deed.EXTENSION: here.extended_by is not None and is_another_person(here.extended_by, who.subject),
        Deed.SENDING_BACK: True,
        Deed.APPROVAL: second,
        Deed.SIGNATURE: second,
    }
    return [
        deed
        for deed, now in fits.items()
        if now
        and (deed in _WHILE_WAITING or not here.waits)
        and here.step_kind in deed.kinds
        and (deed is Deed.TRANSFER or here.where.reached(deed, who))
    ]


def _in_hands_to_give(here: InHand, who: Holder) -> bool:
    """Tell whether somebody may hand the dossier over: its officer, who stands in, and who assigns."""
    mine = here.where.officer_id == who.subject and here.where.reached(Deed.TRANSFER, who)
    return here.where.officer_id is not None and (
        mine or here.standing_in or here.where.reached(Deed.ASSIGNMENT, who)
    )


def _free_for(here: InHand, who: Holder) -> bool:
    own_unit = (who.unit or here.where.unit) == here.where.unit
    return here.where.officer_id is None and here.step_role in who.roles and own_unit


def possible_deeds_on_result(here: Issued, who: Holder) -> list[str]:
    """Return what an officer may do about an issued result; who proposed does not decide.

    Source: BD Đ.8; requirements §C segregation rules; R-PRC-03
    """
    if not here.in_force:
        return []
    proposed = here.proposed_by is not None
    second = proposed and is_another_person(here.proposed_by, who.subject)
    fits = {
        Deed.REVOCATION_PROPOSAL: True,
        Deed.REVOCATION_SENDING_BACK: proposed,
        Deed.REVOCATION: second,
    }
    return [deed for deed, now in fits.items() if now and here.where.reached(deed, who)]
