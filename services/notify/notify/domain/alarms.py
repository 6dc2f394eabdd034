"""Who is told at once of an incident: the roles of the bodies that the profile names, and the agency's own."""

from collections.abc import Iterable, Mapping
from typing import Final

from regulation.roles import Role

ROLES: Final[Mapping[str, Role]] = {
    "operator": Role.OPERATOR,
    "hired_operator": Role.OPERATOR,
    "dic": Role.OPERATOR,
    "ict_centre": Role.OPERATOR,
    "vp_ubnd": Role.PROVINCE_OFFICE,
    "provincial_police": Role.POLICE,
}
"""The role in which a body of the profile is told."""


def alarmed(bodies: Iterable[str]) -> frozenset[Role]:
    """Return the roles told of what somebody has to see to at once; the operator is always one.

    Source: BD Đ.14.6; HN Đ.10.8; NB Đ.26.1; TN Đ.22.2.d; QT Đ.26.3; R-OPS-05
    """
    named = (ROLES.get(body.partition("@")[0]) for body in bodies)
    return frozenset({Role.OPERATOR, *(role for role in named if role)})
