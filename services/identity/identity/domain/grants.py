"""Roles that nobody gives alone: what waits for a second word, and whose word counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from regulation.roles import (
    SECOND_WORD,
    Holder,
    Role,
    Scope,
    is_another_person,
    may_confirm_role,
    may_confirm_scope,
    scope_waits,
)

from identity.domain.errors import (
    RightsGrantedElsewhereError,
    RoleNotGrantableError,
    SecondWordNeededError,
)
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


@dataclass(frozen=True)
class Waiting:
    """What waits for a second person's word: roles, a wider data scope, or both."""

    roles: tuple[str, ...] = ()
    scope: Scope | None = None

    def __bool__(self) -> bool:
        """Tell whether anything waits."""
        return bool(self.roles or self.scope)


def scope_parted(wanted: Scope, held: Scope, roles: Iterable[str]) -> tuple[Scope, Scope | None]:
    """Part a scope that is wanted with roles into what counts at once and what waits.

    Source: requirements C, segregation rules; R-ACC-17; R-ACC-18
    """
    return (held, wanted) if scope_waits(wanted, held, roles) else (wanted, None)


def parted(wanted: Iterable[str], held: Collection[str] = ()) -> Parted:
    """Part the roles that are wanted; what is held already needs no second word, and what is taken away none either.

    Source: requirements C, segregation rules; R-ACC-17
    """
    roles = tuple(wanted)
    waiting = tuple(role for role in roles if role in SECOND_WORD and role not in held)
    return Parted(tuple(role for role in roles if role not in waiting), waiting)


def may_decide(
    confirmer: Holder, waiting: Waiting, *, proposer: str, officer: str, office_grants: bool
) -> bool:
    """Tell whether somebody's word on what waits counts: not the proposer's, not the officer's own.

    Nobody's word gives a role or a scope that it does not reach. Where the province's office grants rights, an agency's
    administrator has no word either.

    Source: requirements C, segregation rules; QT Đ.11.5; R-ACC-17
    """
    others = is_another_person(proposer, confirmer.subject) and is_another_person(officer, confirmer.subject)
    reaches = out_of_reach(confirmer, waiting) is None
    return others and reaches and not (office_grants and confirmer.roles <= {Role.AGENCY_ADMIN})


def out_of_reach(confirmer: Holder, waiting: Waiting) -> tuple[str, str, str] | None:
    """Return field, rule and name of the first thing that waits and is not the confirmer's to confirm."""
    for role in waiting.roles:
        if not may_confirm_role(confirmer, role):
            return "roles", "agency-roles", role
    if waiting.scope is not None and not may_confirm_scope(confirmer, waiting.scope):
        return "scope", "agency-scopes", waiting.scope
    return None


def must_decide(
    confirmer: Holder, waiting: Waiting, *, proposer: str, officer: str, office_grants: bool
) -> None:
    """Refuse whose word on what waits does not count.

    Raises: SecondWordNeededError, OwnRightsError, RoleNotGrantableError, RightsGrantedElsewhereError.
    Source: requirements C, segregation rules; QT Đ.11.5; R-ACC-17
    """
    must_not_be_own(confirmer.subject, officer)
    if not is_another_person(proposer, confirmer.subject):
        raise SecondWordNeededError(rule="second-person")
    if (beyond := out_of_reach(confirmer, waiting)) is not None:
        field, rule, name = beyond
        raise RoleNotGrantableError(field=field, rule=rule, role=name)
    if not may_decide(confirmer, waiting, proposer=proposer, officer=officer, office_grants=office_grants):
        raise RightsGrantedElsewhereError(rule="rights_granted_by")
