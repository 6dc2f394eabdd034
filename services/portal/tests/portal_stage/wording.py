"""Collects every sentence of the interface that has to exist in English."""

import ast
import re
from pathlib import Path

from portal.api.public.home import OCCASIONS
from regulation.text import has_diacritics

PACKAGE = Path(__file__).parent.parent.parent / "portal"
SPOKEN = re.compile(r"""\b_\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""")
NOT_WORDS = frozenset({"Tiếng Việt", *(query for query, _, _ in OCCASIONS)})


def sentences() -> dict[str, str]:
    """Give each Vietnamese sentence with the file it stands in."""
    found: dict[str, str] = {}
    for file in sorted((PACKAGE / "templates").rglob("*.html")):
        for single, double in SPOKEN.findall(file.read_text(encoding="utf-8")):
            found.setdefault(single or double, file.name)
    for folder in ("api", "domain"):
        for file in sorted((PACKAGE / folder).rglob("*.py")):
            for text in _literals(ast.parse(file.read_text(encoding="utf-8"))):
                found.setdefault(text, file.name)
    return {text: file for text, file in found.items() if text not in NOT_WORDS}


def _literals(tree: ast.Module) -> list[str]:
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documents
        and has_diacritics(node.value)
    ]
