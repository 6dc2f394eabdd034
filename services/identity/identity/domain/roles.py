"""The roles of the suite, how much data an officer sees, and who may grant what."""

from collections.abc import Iterable
from enum import StrEnum

from identity.domain.errors import OtherAgencyError, OwnRightsError, RoleNotGrantableError


class Role(StrEnum):
    """What a person may do (vai trò). Source: requirements C."""

    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    DESK_OFFICER = "desk_officer"
    SPECIALIST = "specialist"
    SIGNER = "signer"
    AGENCY_HEAD = "agency_head"
    AGENCY_ADMIN = "agency_admin"
    CATALOGUE_EDITOR = "catalogue_editor"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """How much data an officer sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18."""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    PROVINCE = "province"


AGENCY_ROLES = frozenset(
    {Role.DESK_OFFICER, Role.SPECIALIST, Role.SIGNER, Role.AGENCY_HEAD, Role.AGENCY_ADMIN}
)
AGENCY_SCOPES = frozenset({Scope.OWN, Scope.UNIT, Scope.AGENCY})
# What the other services may ask of this one, by their client id.
SERVICE_ROLES = {"notify": frozenset({"contacts:read"}), "intake": frozenset({"contacts:read"})}


def officer_scope(named: str | None, default: str) -> Scope:
    """Give the data scope of an officer: what the agency's list names, else the profile's default ("own").

    Source: QT Đ.11.2.e; R-ACC-18
    """
    return Scope(named) if named else Scope(default)


def must_be_grantable(roles: Iterable[str], scope: Scope, *, agency: str, granter_agency: str | None) -> None:
    """Refuse what an agency's administrator may not grant: other agencies, province roles, province scope.

    Raises: OtherAgencyError, RoleNotGrantableError.
    Source: requirements C (agency_admin); R-ACC-17; R-ACC-18
    """
    if agency != granter_agency:
        raise OtherAgencyError(field="agency", rule="own-agency")
    for role in roles:
        if role not in AGENCY_ROLES:
            raise RoleNotGrantableError(field="roles", rule="agency-roles", role=role)
    if scope not in AGENCY_SCOPES:
        raise RoleNotGrantableError(field="scope", rule="agency-scopes", role=scope)


def must_not_be_own(granter: str, officer: str) -> None:
    """Refuse a change of one's own rights.

    Raises: OwnRightsError.
    Source: requirements C, segregation rules
    """
    if granter == officer:
        raise OwnRightsError(field="roles", rule="own-rights")
