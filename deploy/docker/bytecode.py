"""Compile what services, or the modules named, import into PYTHONPYCACHEPREFIX, so that no container does it again.

The files name no time and are never compared with their sources: an image's sources do not change, and the same
sources give the same files. Of the libraries' texts for readers of code only first lines
are kept; the rest would be 7 MB in every process.
"""

import ast
import importlib
import importlib.util
import marshal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from suite.run.layout import SERVICES

PARTS = ("main", "subscribers", "jobs")
UNCHECKED_HASH = (1).to_bytes(4, "little")  # PEP 552
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
READ = ("click", "fastapi", "typer")  # print such texts, perhaps those of their own classes


def main() -> None:
    """Import what is wanted and the command, then compile each module that this brought in, by name."""
    for name in sys.argv[1:] or _words():
        importlib.import_module(name)
    importlib.import_module("suite.cli")
    wanted = {source: target for module in list(sys.modules.values()) for source, target in _files(module)}
    for source, target in sorted(wanted.items()):
        _write(Path(source), Path(target))
    sys.stdout.write(f"{len(wanted)} modules compiled\n")


def _words() -> list[str]:
    """Return the words of every service that a process begins with."""
    words = (f"{service}.{part}" for service in SERVICES for part in PARTS)
    return [word for word in words if importlib.util.find_spec(word) is not None]


def _files(module: object) -> Iterator[tuple[str, str]]:
    """Tell where a module's source lies and where its bytecode belongs; nothing for one without source."""
    spec = getattr(module, "__spec__", None)
    source, target = getattr(spec, "origin", None), getattr(spec, "cached", None)
    if source and target and Path(source).suffix == ".py":
        yield source, target


def _write(source: Path, target: Path) -> None:
    text = source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    code = marshal.dumps(_compiled(source, text))
    target.write_bytes(importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(text) + code)


def _compiled(source: Path, text: bytes) -> CodeType:
    tree = ast.parse(text)
    parts = source.parts
    if "site-packages" in parts and parts[parts.index("site-packages") + 1] not in READ:
        for node in ast.walk(tree):
            if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
                _shorten(node.body[0])
    return compile(tree, str(source), "exec", dont_inherit=True)


def _shorten(said: ast.stmt) -> None:
    """Keep the first line: SQLAlchemy insists on some text where it puts in its own."""
    assert isinstance(said, ast.Expr)
    assert isinstance(said.value, ast.Constant)
    said.value.value = said.value.value.strip().partition("\n")[0]


main()
