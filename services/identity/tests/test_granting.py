"""Who grants rights follows the province's regulation."""

import pytest
from identity.domain.errors import RightsGrantedElsewhereError
from identity.domain.roles import must_grant_here
from identity.main import rules_of
from regulation.roles import Right, Role, who_may
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
