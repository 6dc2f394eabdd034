"""Compile what the services import into PYTHONPYCACHEPREFIX, so that no container compiles it again at its start.

The files name no time and are never compared with their sources: an image's sources do not change, and the same
sources give the same files.
"""

import importlib
import importlib.util
import py_compile
import sys
from pathlib import Path

from suite.run.layout import SERVICES

PARTS = ("main", "subscribers", "jobs")


def main() -> None:
    """Import every service and the command, then compile each module that this brought in, by name."""
    for part in (f"{service}.{part}" for service in SERVICES for part in PARTS):
        if importlib.util.find_spec(part) is not None:
            importlib.import_module(part)
    importlib.import_module("suite.cli")
    wanted = {source: target for module in list(sys.modules.values()) for source, target in _files(module)}
    for source, target in sorted(wanted.items()):
        py_compile.compile(
            source, target, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
        )
    sys.stdout.write(f"{len(wanted)} modules compiled\n")


def _files(module: object) -> list[tuple[str, str]]:
    """Return where a module's source lies and where its bytecode belongs; nothing for one without source."""
    spec = getattr(module, "__spec__", None)
    source, target = getattr(spec, "origin", None), getattr(spec, "cached", None)
    return [(source, target)] if source and target and Path(source).suffix == ".py" else []


main()
