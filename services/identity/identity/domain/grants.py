"""Roles that nobody gives alone: what waits for a second word, and whose word counts."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from regulation.roles import SECOND_WORD, Holder, Role, is_another_person

from identity.domain.errors import RightsGrantedElsewhereError, SecondWordNeededError
from identity.domain.roles import must_not_be_own


class Outcome(StrEnum):
    """What became of a proposal (kết quả đề nghị cấp quyền)."""

    GIVEN = "given"
    REFUSED = "refused"
    REPLACED = "replaced"


class Parted(NamedTuple):
    """Roles that count at once, and those that wait for a second person."""

    now: tuple[str, ...]
    waiting: tuple[str, ...]


def parted(wanted: Iterable[str], held: Collection[str] = ()) -> Parted:
    """Part the roles that are wanted; what is held already needs no second word, and what is taken away none either.

    Source: requirements C, segregation rules; R-ACC-17
    """
    roles = tuple(wanted)
    waiting = tuple(role for role in roles if role in SECOND_WORD and role not in held)
    return Parted(tuple(role for role in roles if role not in waiting), waiting)


def may_decide(confirmer: Holder, *, proposer: str, officer: str, office_grants: bool) -> bool:
    """Tell whether somebody's word on a proposal counts: not the proposer's, not the officer's own.

    Where the province's office grants rights, an agency's administrator has no word either.

    Source: requirements C, segregation rules; QT Đ.11.5; R-ACC-17
    """
    others = is_another_person(proposer, confirmer.subject) and is_another_person(officer, confirmer.subject)
    return others and not (office_grants and confirmer.roles <= {Role.AGENCY_ADMIN})


def must_decide(confirmer: Holder, *, proposer: str, officer: str, office_grants: bool) -> None:
    """Refuse whose word on a proposal does not count.

    Raises: SecondWordNeededError, OwnRightsError, RightsGrantedElsewhereError.
    Source: requirements C, segregation rules; QT Đ.11.5; R-ACC-17
    """
    must_not_be_own(confirmer.subject, officer)
    if not is_another_person(proposer, confirmer.subject):
        raise SecondWordNeededError(rule="second-person")
    if not may_decide(confirmer, proposer=proposer, officer=officer, office_grants=office_grants):
        raise RightsGrantedElsewhereError(rule="rights_granted_by")
