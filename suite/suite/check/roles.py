"""Roles and rights: the table of who may do what for people, and the check that none is named outside it as a text."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from regulation.roles import POLICY, Grant, Reach, Right, Role

HOME = Path("libs/regulation")
HEADING = """# Who may do what

Written by `motcua roles` from `libs/regulation/regulation/roles`; do not edit. The roles are those of requirements C.
A cell says how far the right reaches: **own**, **unit**, **agency**, **sub-tree** (the agency and all below it) or
**province**. `≤` means no further than the account's own data scope (R-ACC-18), and who was given none sees his own.
An empty cell means no. Which role takes a step of a dossier is named by the step of the approved process.
"""
_CODES = frozenset(role.value for role in Role)
_RIGHTS = {right.value: f"Right.{right.name}" for right in Right}
_WORD = re.compile(r"""["']([a-z_.]+)["']""")
# Words that also mean something else: the kind of an account, a field of a form, who signed a paper.
_COMMON_WORDS = frozenset(role.value for role in Role if "_" not in role) - {
    Role.SPECIALIST,
    Role.COORDINATOR,
    Role.AUDITOR,
}


def table() -> str:
    """Return who may do what as Markdown: one row a right, one column a role that has any right."""
    columns = [role for role in Role if any(role in rule.grants for rule in POLICY.values())]
    rest = [role for role in Role if role not in columns]
    lines = [HEADING, "| right | " + " | ".join(f"`{role}`" for role in columns) + " | source |"]
    lines.append("|" + "---|" * (len(columns) + 2))
    for right in Right:
        rule = POLICY[right]
        cells = [_cell(rule.grants.get(role)) for role in columns]
        lines.append(f"| {right.label} (`{right}`) | " + " | ".join(cells) + f" | {rule.source} |")
    lines += ["", "## Roles", "", "| role | Vietnamese |", "|---|---|"]
    lines += [f"| `{role}` | {role.label} |" for role in Role]
    names = ", ".join(f"`{role}`" for role in rest)
    lines += ["", f"No right of this table rests yet with {names}.", ""]
    return "\n".join(lines)


def _cell(grant: Grant | None) -> str:
    if grant is None or grant.reach is Reach.NONE:
        return ""
    return ("≤ " if grant.narrowed else "") + grant.reach.name.lower().replace("_", "-")


def stray_roles(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Find codes of roles and rights written outside the law: who asks says `Right.READ_DESK`, and never who has it.

    In templates any quoted code is one too many; pages have a check of their own beside this one, which refuses states.
    """
    if path.parts[0] not in {"services", "suite", "libs"} or HOME in path.parents:
        return
    if path.suffix == ".html":
        yield from _quoted(source)
        return
    tree = ast.parse(source)
    about_roles = {id(part) for node in ast.walk(tree) if _speaks_of_roles(node) for part in ast.walk(node)}
    told = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    for node in told:
        if node.value in _CODES and (id(node) in about_roles or node.value not in _COMMON_WORDS):
            yield node.lineno, f"names the role {node.value!s}; ask regulation.roles for a right"
        elif node.value in _RIGHTS:
            yield node.lineno, f"spells the right {node.value!s}; say {_RIGHTS[str(node.value)]}"


def _quoted(template: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(template.splitlines(), start=1):
        for word in _WORD.findall(line):
            if word in _CODES - {Role.CITIZEN}:  # also the kind of an account
                yield number, f"names the role {word}; ask for a right"
            if word in _RIGHTS:
                yield number, f"spells the right {word}; say {_RIGHTS[word]}"


def _speaks_of_roles(node: ast.AST) -> bool:
    """Tell whether an expression compares or gives roles: `.require(…)`, `roles=…`, `… in x.roles`, `x.roles & …`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="require")):
            return True
        case ast.keyword(arg="roles"):
            return True
        case ast.Compare() | ast.BinOp():
            return any(_is_roles(part) for part in ast.walk(node))
    return False


def _is_roles(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "roles") or (
        isinstance(node, ast.Name) and node.id == "roles"
    )
