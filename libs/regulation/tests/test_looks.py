"""In which role somebody is let in to a dossier, and on which ground."""

from dataclasses import dataclass

import pytest
from regulation.roles import Ground, Part, Right, Role, admission


@dataclass(frozen=True)
class Who:
    """Somebody with roles."""

    roles: frozenset[str]
    scope: str | None = "agency"
    subject: str = "o-1"
    agency: str | None = "H42.101"
    unit: str | None = None


@pytest.mark.parametrize(
    ("right", "roles", "scope", "role", "ground"),
    [
        (Right.READ_DESK, {"desk_officer"}, "agency", Role.DESK_OFFICER, Ground.DESK),
        (Right.READ_DESK, {"signer", "desk_officer"}, "agency", Role.DESK_OFFICER, Ground.DESK),
        (Right.READ_HANDLING, {"specialist"}, "own", Role.SPECIALIST, Ground.HANDLING),
        (Right.READ_HANDLING, {"desk_officer", "signer"}, "agency", Role.SIGNER, Ground.HANDLING),
        (Right.READ_HANDLING, {"signer", "agency_head"}, "sub_tree", Role.AGENCY_HEAD, Ground.HANDLING),
        (Right.READ_HANDLING, {"auditor", "specialist"}, "province", Role.AUDITOR, Ground.OVERSIGHT),
        (Right.READ_DESK, {"coordinator", "fee_collector"}, "province", Role.COORDINATOR, Ground.OVERSIGHT),
        (Right.READ_DESK, {"province_leader"}, "province", Role.PROVINCE_LEADER, Ground.OVERSIGHT),
    ],
)
def test_r_acc_24_the_role_that_reaches_furthest_lets_in(right, roles, scope, role, ground):
    assert admission(right, Who(frozenset(roles), scope)) == (role, ground)


@pytest.mark.parametrize("roles", [set(), {"citizen"}, {"agency_admin", "operator"}])
def test_r_acc_24_who_has_no_right_is_not_let_in(roles):
    with pytest.raises(ValueError, match=r"."):
        admission(Right.READ_HANDLING, Who(frozenset(roles)))


@pytest.mark.parametrize("kind", [Part, Ground, Role])
def test_each_has_words_of_its_own_in_both_languages(kind):
    words = [one.said(lang) for lang in ("vi", "en") for one in kind]
    assert len(set(words)) == len(words)
    assert all(word.strip() for word in words)
