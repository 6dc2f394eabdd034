"""What `make run` prints: an account for everything a demonstration shows, and where passkeys work."""

import re

import pytest
from identity.main import demo_accounts
from regulation.roles import Role
from suite.demo.welcome import PASSWORD, welcome
from suite.run.layout import plan
from suite.run.places import checkout
from suite.run.provinces import provinces, retell


def printed(tmp_path, profile: str = "ninh-binh") -> str:
    return welcome(plan(tmp_path, 8080, profile))


@pytest.mark.parametrize("profile", provinces())
def test_of_every_role_with_an_account_one_is_told(tmp_path, profile: str) -> None:
    told = set(re.findall(r"[\w.@]+", printed(tmp_path, profile)))
    accounts = demo_accounts(lambda text: retell(text, profile))
    held = {role for one in accounts for role in one.get("roles", ())}
    shown = {role for one in accounts if one.get("login") in told for role in one["roles"]}
    assert held - shown == set()
    assert {Role.AUDITOR, Role.OPERATOR, Role.AGENCY_ADMIN, Role.PROVINCE_LEADER} <= held
    assert PASSWORD in printed(tmp_path, profile)


@pytest.mark.parametrize("profile", provinces())
def test_who_is_told_to_answer_questions_and_feedback_may_do_both(tmp_path, profile: str) -> None:
    [line] = [one for one in printed(tmp_path, profile).splitlines() if "Hỏi đáp, phản ánh" in one]
    login = re.findall(r"([\w.]+) \(cơ quan\)", line)[0]
    accounts = {one.get("login"): one for one in demo_accounts(lambda text: retell(text, profile))}
    assert {Role.QA_OWNER, Role.FEEDBACK_OWNER} <= {*accounts[login]["roles"]}


def test_the_inspector_of_the_demonstration_sees_the_province() -> None:
    [one] = [one for one in demo_accounts() if "auditor" in one.get("roles", ())]
    assert one["scope"] == "province"


def test_the_address_is_told_under_which_passkeys_work(tmp_path) -> None:
    assert "http://localhost:8080/can-bo" in printed(tmp_path)


def test_the_readme_tells_who_runs_inspects_and_leads() -> None:
    said = (checkout() / "README.md").read_text("utf-8")
    for login in ("quantri", "quantri.hoalu", "lanhdao.tinh", "thanhtra.tinh"):
        assert f"`{login}`" in said, login
