"""Who may do what, cell by cell against requirements C, and the one rule of visibility as tables."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from regulation.roles import (
    AGENCY_ROLES,
    APPLICANTS,
    OFFICER_ROLES,
    POLICY,
    PROVINCE_ROLES,
    Reach,
    Right,
    Role,
    Scope,
    is_another_person,
    may_grant_role,
    may_grant_scope,
    reach_of,
    rights_of,
    view,
    who_may,
)

WRITTEN = yaml.safe_load((Path(__file__).parent / "roles_by_requirements.yaml").read_text("utf-8"))
EXPECTED = {
    (right, role): reach
    for right, reaches in WRITTEN.items()
    for reach, roles in reaches.items()
    for role in roles
}


@dataclass(frozen=True)
class Somebody:
    """An account, as far as visibility asks."""

    roles: frozenset[str]
    scope: str | None = "own"
    agency: str | None = "H42.15"
    unit: str | None = "tu-phap"
    subject: str = "me"


def cell(right: Right, role: Role) -> str | None:
    """Return a cell of the policy in the words of the table beside this test."""
    grant = POLICY[right].grants.get(role)
    if grant is None:
        return None
    return ("up to " if grant.narrowed else "") + grant.reach.name.lower().replace("_", "-")


def test_every_right_and_every_named_role_exists() -> None:
    assert set(WRITTEN) == {right.value for right in Right}
    assert {role for _, role in EXPECTED} <= {role.value for role in Role}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_r_acc_18_each_role_has_what_requirements_c_gives_it(right: Right, role: Role) -> None:
    assert cell(right, role) == EXPECTED.get((right, role))
    assert (right in rights_of({role})) is ((right, role) in EXPECTED)
    assert (role in who_may(right)) is ((right, role) in EXPECTED)


def test_every_rule_names_its_source_and_every_role_its_vietnamese_name() -> None:
    assert all("Đ." in rule.source and "R-" in rule.source for rule in POLICY.values())
    assert all(role.label for role in Role)
    assert all(right.label for right in Right)


def test_an_officer_never_has_an_applicants_right_nor_the_other_way_round() -> None:
    assert not OFFICER_ROLES & APPLICANTS
    assert AGENCY_ROLES | PROVINCE_ROLES == OFFICER_ROLES
    assert not AGENCY_ROLES & PROVINCE_ROLES
    assert not rights_of(APPLICANTS) & rights_of(OFFICER_ROLES)
    assert rights_of({"nonsense", "contacts:read"}) == frozenset()


@pytest.mark.parametrize(
    ("roles", "scope", "reach"),
    [
        ({"specialist"}, None, Reach.OWN),
        ({"specialist"}, "own", Reach.OWN),
        ({"specialist"}, "unit", Reach.UNIT),
        ({"specialist"}, "agency", Reach.AGENCY),
        ({"specialist"}, "sub_tree", Reach.AGENCY),
        ({"specialist"}, "province", Reach.AGENCY),
        ({"agency_head"}, "province", Reach.SUB_TREE),
        ({"coordinator"}, "own", Reach.OWN),
        ({"coordinator"}, "province", Reach.PROVINCE),
        ({"specialist", "coordinator"}, "province", Reach.PROVINCE),
        ({"desk_officer", "specialist"}, "agency", Reach.AGENCY),
        ({"desk_officer"}, "agency", Reach.UNIT),
        ({"catalogue_editor", "citizen", "nonsense"}, "province", Reach.NONE),
        (set(), "province", Reach.NONE),
    ],
)
def test_r_acc_18_the_widest_role_counts_and_the_account_narrows_it(roles, scope, reach) -> None:
    assert reach_of(Right.READ_HANDLING, roles, scope) is reach


def test_a_right_without_narrowing_does_not_ask_the_account() -> None:
    assert reach_of(Right.READ_MALWARE, {"operator"}, "own") is Reach.PROVINCE
    assert reach_of(Right.GRANT_RIGHTS, {"agency_admin"}, "province") is Reach.AGENCY


# agency, unit, holder → the narrowest scope of a specialist or head that sees it; None means not even the province does
ROWS = [
    ("H42.15", "tu-phap", "me", "own"),
    ("H42.15", "dia-chinh", "me", "own"),
    ("H42.15", "tu-phap", None, "own"),
    ("H42.15", "tu-phap", "an", "unit"),
    ("H42.15", "dia-chinh", None, "agency"),
    ("H42.15", "dia-chinh", "an", "agency"),
    ("H42.15.03", "tu-phap", "me", "sub_tree"),
    ("H42.15.03", "tu-phap", None, "sub_tree"),
    ("H42.151", "tu-phap", None, "province"),
    ("H42", "tu-phap", "me", "province"),
    ("H42.1", "tu-phap", "me", "province"),
]


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize(("agency", "unit", "holder", "narrowest"), ROWS)
def test_r_acc_18_own_unit_agency_sub_tree_province(agency, unit, holder, narrowest, scope) -> None:
    seen = view(Right.DRILL_DOWN, Somebody(frozenset({"agency_head", "coordinator"}), scope))
    expected = Reach.of(scope) >= Reach.of(narrowest)
    assert seen.sees(agency=agency, unit=unit, holder=holder) is expected


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ("own", {"H42.15"}),
        ("unit", {"H42.15"}),
        ("agency", {"H42.15"}),
        ("sub_tree", {"H42.15", "H42.15.03"}),
        ("province", {"H42.15", "H42.15.03", "H42", "H42.151"}),
    ],
)
def test_what_an_account_reaches_at_all(scope: str, reached: set[str]) -> None:
    seen = view(Right.DRILL_DOWN, Somebody(frozenset({"agency_head", "coordinator"}), scope))
    assert {code for code in ("H42.15", "H42.15.03", "H42", "H42.151") if seen.reaches(code)} == reached


def test_who_has_no_agency_or_no_right_sees_nothing() -> None:
    homeless = view(Right.READ_DESK, Somebody(frozenset({"desk_officer"}), "agency", agency=None))
    stranger = view(Right.READ_DESK, Somebody(frozenset({"citizen"}), "province"))
    for seen in (homeless, stranger):
        assert seen.alternatives() == ()
        assert not seen.sees(agency="H42.15", unit="tu-phap", holder="me")
        assert not seen.reaches("H42.15")


def test_a_scope_nobody_knows_is_an_error_and_none_means_own() -> None:
    assert Reach.of(None) is Reach.OWN
    with pytest.raises(ValueError, match="everything"):
        Reach.of("everything")


@pytest.mark.parametrize("role", Role)
def test_r_acc_17_an_agency_grants_its_own_roles_and_the_provinces_office_every_officers(role: Role) -> None:
    admin, office = Somebody(frozenset({"agency_admin"})), Somebody(frozenset({"province_office"}))
    assert may_grant_role(admin, role) is (role in AGENCY_ROLES)
    assert may_grant_role(office, role) is (role in OFFICER_ROLES)


@pytest.mark.parametrize("scope", Scope)
def test_r_acc_17_nobody_grants_a_wider_scope_than_the_right_reaches(scope: Scope) -> None:
    admin, office = Somebody(frozenset({"agency_admin"})), Somebody(frozenset({"province_office"}))
    assert may_grant_scope(admin, scope) is (scope in {"own", "unit", "agency"})
    assert may_grant_scope(office, scope) is True
    assert may_grant_scope(Somebody(frozenset({"specialist"})), scope) is False


def test_the_second_word_comes_from_another_person() -> None:
    assert is_another_person("an", "lan")
    assert is_another_person(None, "lan")
    assert not is_another_person("lan", "lan")
