"""The portal owns no rules: what may be done comes from the services, so no state and no role stands in its sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from regulation.roles import OFFICER_ROLES
from regulation.states import State

PACKAGE = Path(__file__).parent.parent / "portal"
QUOTED = re.compile(r"""["']([a-z_]+)["']""")
COUNTED = re.compile(r"\.states\b")


# The operator of a condition in an e-form is no person.
FORBIDDEN = {str(state) for state in State} | ({str(role) for role in OFFICER_ROLES} - {"operator"})


NO_RULES = {("access_lines.py", "refused")}
"""What the access log calls whatever was not done; it is asked for by that word, and is no state."""


def rules_in(file: Path, text: str) -> Iterator[str]:
    """Find states and roles spelled out in a template or module."""
    if file.suffix == ".html":
        words = [*QUOTED.findall(text), *(["states"] if COUNTED.search(text) else [])]
    else:
        words = [n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
    yield from (
        f"{file.name}: {word}"
        for word in words
        if word in FORBIDDEN | {"states"} and (file.name, word) not in NO_RULES
    )


def test_no_state_and_no_role_stands_in_the_portal() -> None:
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    assert [hit for file in sources for hit in rules_in(file, file.read_text(encoding="utf-8"))] == []


def test_the_check_knows_what_it_looks_for() -> None:
    assert {"submitted", "awaiting_signature", "in_process", "desk_officer", "signer"} <= FORBIDDEN


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.html", '{% if dossier.state == "submitted" %}'),
        ("x.html", "{% if 'desk_officer' in roles %}"),
        ("x.html", "{{ desk.states.submitted }}"),
        ("x.py", 'CLOSED = frozenset({"refused"})'),
        ("x.py", 'if "signer" in roles: pass'),
        ("x.py", 'counts["states"]'),
    ],
)
def test_the_check_sees_one(name: str, text: str) -> None:
    assert list(rules_in(Path(name), text))
