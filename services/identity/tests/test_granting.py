"""Who grants rights follows the province's regulation."""

import pytest
from common.errors import DomainError
from common.security import Caller
from identity.domain.errors import RightsGrantedElsewhereError
from identity.domain.officers import officer_roles
from identity.domain.roles import must_be_grantable, must_grant_here
from identity.main import rules_of
from regulation.roles import AGENCY_ROLES, OFFICER_ROLES, Right, Role, Scope, who_may
from suite.testing import officer

PROVINCES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")


@pytest.mark.parametrize("profile", PROVINCES)
@pytest.mark.parametrize("role", sorted(who_may(Right.GRANT_RIGHTS)))
def test_r_acc_17_an_agency_grants_rights_only_where_the_regulation_leaves_it_to_the_agency(profile, role):
    granter, office_grants = officer(role, agency="H42"), rules_of(profile).office_grants
    if profile == "quang-tri" and role != Role.PROVINCE_OFFICE:
        with pytest.raises(RightsGrantedElsewhereError):
            must_grant_here(granter, office_grants)
    else:
        must_grant_here(granter, office_grants)


def _may_grant(granter: Caller, role: Role, profile: str) -> bool:
    try:
        must_grant_here(granter, rules_of(profile).office_grants)
        must_be_grantable(granter, officer_roles([role]), Scope.OWN, agency="H42.101")
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("profile", PROVINCES)
@pytest.mark.parametrize("role", Role)
def test_r_acc_17_every_officers_role_has_somebody_who_grants_it_and_no_other_role_has(profile, role):
    admin = _may_grant(officer(Role.AGENCY_ADMIN), role, profile)
    office = _may_grant(officer(Role.PROVINCE_OFFICE, agency="H42"), role, profile)
    assert (admin or office) is (role in OFFICER_ROLES)
    assert office is (role in OFFICER_ROLES)
    assert admin is (role in AGENCY_ROLES and profile != "quang-tri")
