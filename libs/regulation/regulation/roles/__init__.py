"""Who may do what, and how far each one sees: the roles, the rights, and the one rule of visibility."""

from regulation.roles.looks import Admission, Ground, Part, admission
from regulation.roles.policy import POLICY, Grant, Rule, reach_of, rights_of, who_may
from regulation.roles.rights import Right
from regulation.roles.roles import (
    ADMINISTRATORS,
    AGENCY_ROLES,
    APPLICANTS,
    OFFICER_ROLES,
    PROVINCE_ROLES,
    Role,
)
from regulation.roles.scopes import Reach, Scope
from regulation.roles.segregation import (
    SECOND_WORD,
    is_another_person,
    may_confirm_role,
    may_confirm_scope,
    may_grant_role,
    may_grant_scope,
    scope_waits,
)
from regulation.roles.visibility import Alternatives, Holder, View, view

__all__ = [
    "ADMINISTRATORS",
    "AGENCY_ROLES",
    "APPLICANTS",
    "OFFICER_ROLES",
    "POLICY",
    "PROVINCE_ROLES",
    "SECOND_WORD",
    "Admission",
    "Alternatives",
    "Grant",
    "Ground",
    "Holder",
    "Part",
    "Reach",
    "Right",
    "Role",
    "Rule",
    "Scope",
    "View",
    "admission",
    "is_another_person",
    "may_confirm_role",
    "may_confirm_scope",
    "may_grant_role",
    "may_grant_scope",
    "reach_of",
    "rights_of",
    "scope_waits",
    "view",
    "who_may",
]
