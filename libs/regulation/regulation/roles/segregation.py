"""What no role may do alone: approve or sign one's own, grant oneself a right, grant beyond one's own reach."""

from collections.abc import Iterable

from regulation.roles.policy import reach_of
from regulation.roles.rights import Right
from regulation.roles.roles import AGENCY_ROLES, OFFICER_ROLES, Role
from regulation.roles.scopes import Reach
from regulation.roles.visibility import Holder

SECOND_WORD = frozenset(
    {
        Role.SIGNER,
        Role.AGENCY_HEAD,
        Role.AGENCY_ADMIN,
        Role.FEE_COLLECTOR,
        Role.PROVINCE_OFFICE,
        Role.PROVINCE_LEADER,
        Role.OPERATOR,
        Role.AUDITOR,
        Role.COORDINATOR,
        Role.CONTENT_CONTROLLER,
    }
)
"""The roles nobody gives alone: who signs, leads, takes money, grants, runs the suite or reads all of it,
be it to look after deadlines or contents.

Source: requirements C, segregation rules; R-ACC-17; R-FEE-08
"""


def is_another_person(first: str | None, second: str) -> bool:
    """Tell whether the second word comes from somebody else than the first.

    Source: requirements C, segregation rules; R-CAT-18; R-PRC-11; R-ACC-17
    """
    return first != second


def may_grant_role(granter: Holder, role: str) -> bool:
    """Tell whether a granter may give a role: within an agency its own roles, in the province every officer's.

    Source: requirements C; NB Đ.26; QT Đ.11.5; R-ACC-17
    """
    reach = reach_of(Right.GRANT_RIGHTS, granter.roles, granter.scope)
    return role in (OFFICER_ROLES if reach is Reach.PROVINCE else AGENCY_ROLES)


def may_grant_scope(granter: Holder, scope: str) -> bool:
    """Tell whether a granter may give a data scope: never a wider one than his right reaches.

    Source: QT Đ.11.2.e; R-ACC-17; R-ACC-18
    """
    return Reach.of(scope) <= reach_of(Right.GRANT_RIGHTS, granter.roles, granter.scope)


def scope_waits(scope: str, held: str | None, roles: Iterable[str]) -> bool:
    """Tell whether a wider scope than the one held needs a second person's word; a narrower one never does.

    Beyond the agency it always does; beyond the unit with a role that nobody gives alone, for how far such a role
    reaches is the account's scope.

    Source: requirements C, segregation rules; QT Đ.11.2.e; R-ACC-17; R-ACC-18
    """
    wanted = Reach.of(scope)
    if wanted <= Reach.of(held):
        return False
    return wanted > Reach.AGENCY or (wanted > Reach.UNIT and not SECOND_WORD.isdisjoint(roles))


def may_confirm_role(confirmer: Holder, role: str) -> bool:
    """Tell whether a second word on a role counts: a role of the whole province is confirmed by who reaches it.

    How far such a role reaches is not the account's scope: an operator of a ward runs the suite of all.

    Source: requirements C, segregation rules; QT Đ.11.5; R-ACC-17
    """
    reach = reach_of(Right.CONFIRM_GRANTS, confirmer.roles, confirmer.scope)
    return role in (OFFICER_ROLES if reach is Reach.PROVINCE else AGENCY_ROLES)


def may_confirm_scope(confirmer: Holder, scope: str) -> bool:
    """Tell whether a second word on a scope counts: whose own right to confirm reaches as far.

    Source: QT Đ.11.5; R-ACC-17; R-ACC-18
    """
    return Reach.of(scope) <= reach_of(Right.CONFIRM_GRANTS, confirmer.roles, confirmer.scope)
