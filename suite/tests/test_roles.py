"""The table of who may do what is as written, and says what the policy says."""

from pathlib import Path
from typing import get_args

import pytest
from common import security
from regulation.roles import POLICY, Grant, Reach, Right, Role, Rule, Scope
from suite.check.roles import table
from suite.cli.roles import roles
from typer import Exit

ROOT = Path(__file__).resolve().parents[2]


def row(right: Right) -> str:
    """Return the row of a right."""
    return next(line for line in table().splitlines() if f"(`{right}`)" in line)


def test_docs_roles_is_written_from_the_policy() -> None:
    assert (ROOT / "docs" / "roles.md").read_text(encoding="utf-8") == table()


def test_every_right_has_a_row_and_every_role_a_name() -> None:
    assert all(row(right).count("|") == row(Right.READ_DESK).count("|") for right in Right)
    assert all(f"| `{role}` | {role.label} |" in table() for role in Role)


def test_a_token_may_have_every_scope_that_an_account_has() -> None:
    assert set(get_args(security.Scope)) == {scope.value for scope in Scope}


def test_a_changed_policy_is_drift(monkeypatch: pytest.MonkeyPatch) -> None:
    roles(check=True)
    wider = {**POLICY[Right.READ_DESK].grants, Role.POLICE: Grant(Reach.SUB_TREE, narrowed=True)}
    monkeypatch.setitem(POLICY, Right.READ_DESK, Rule("NB Đ.1", wider))
    assert "≤ sub-tree" in row(Right.READ_DESK)
    with pytest.raises(Exit):
        roles(check=True)
