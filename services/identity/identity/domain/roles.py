"""Who may grant what to whom, and what the other services may ask of this one."""

from collections.abc import Iterable

from regulation.roles import (
    Holder,
    Right,
    Role,
    Scope,
    is_another_person,
    may_grant_role,
    may_grant_scope,
    view,
)

from identity.domain.errors import (
    OtherAgencyError,
    OwnRightsError,
    RightsGrantedElsewhereError,
    RoleNotGrantableError,
)

CONTACTS = "contacts:read"
EXCHANGE = "feedback:exchange"
"""To hand feedback in from another system and read what became of it; no such service runs yet. Source: R-FBK-11"""
OFFICE = "vp_ubnd"
"""What a profile calls the office of the province's committee (Văn phòng UBND tỉnh)."""
# What the other services may ask of this one, by their client id.
SERVICE_ROLES = {"notify": frozenset({CONTACTS}), "connectors": frozenset({EXCHANGE})}


def officer_scope(named: str | None, default: str) -> Scope:
    """Give the data scope of an officer: what the agency's list names, else the profile's default ("own").

    Source: QT Đ.11.2.e; R-ACC-18
    """
    return Scope(named) if named else Scope(default)


def must_grant_here(granter: Holder, office_grants: bool) -> None:
    """Refuse who does not grant rights under the province's regulation; `office_grants` is what its profile says.

    Raises: RightsGrantedElsewhereError.
    Source: QT Đ.11.5; R-ACC-17; `accounts.rights_granted_by`
    """
    if office_grants and Role.PROVINCE_OFFICE not in granter.roles:
        raise RightsGrantedElsewhereError(rule="rights_granted_by")


def must_be_grantable(granter: Holder, roles: Iterable[str], scope: Scope, *, agency: str) -> None:
    """Refuse what a granter may not grant: in an agency out of reach, a role or a scope beyond his own reach.

    Raises: OtherAgencyError, RoleNotGrantableError.
    Source: requirements C (agency_admin, province_office); R-ACC-17; R-ACC-18
    """
    if not view(Right.GRANT_RIGHTS, granter).reaches(agency):
        raise OtherAgencyError(field="agency", rule="own-agency")
    for role in roles:
        if not may_grant_role(granter, role):
            raise RoleNotGrantableError(field="roles", rule="agency-roles", role=role)
    if not may_grant_scope(granter, scope):
        raise RoleNotGrantableError(field="scope", rule="agency-scopes", role=scope)


def must_not_be_own(granter: str, officer: str) -> None:
    """Refuse a change of one's own rights.

    Raises: OwnRightsError.
    Source: requirements C, segregation rules
    """
    if not is_another_person(granter, officer):
        raise OwnRightsError(field="roles", rule="own-rights")
