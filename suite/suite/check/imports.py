"""The import contracts of the house, from what libraries say they need and from the manifests of the services."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from suite.run.manifest import Manifest

WORDS = (
    "api",
    "subscribers",
    "jobs",
    "adapters",
    "usecases",
    "queries",
    "ports",
    "models",
    "events",
    "domain",
)
FRAMEWORKS = ("fastapi", "sqlalchemy", "asyncpg", "aio_pika", "httpx")
LAYERS = (
    "main",
    "(api) | (subscribers) | (jobs) | (adapters)",
    "(usecases)",
    "(queries) | (ports)",
    "(models)",
    "(events) | (domain)",
)
SUITE = {
    "name": "Running knows no demonstration, and nothing below knows the command line",
    "type": "layers",
    "containers": ["suite"],
    "layers": ["cli", "check | testing", "backup | demo", "deploy", "run"],
}
HEAD = """# Written from libs/*/pyproject.toml and services/*/service.toml by `motcua contracts`; change it there.
[importlinter]
root_packages =
"""


class Library(NamedTuple):
    """A library: its package, those of the others it says it needs, and whether it touches nothing outside itself."""

    package: str
    needs: frozenset[str]
    pure: bool


def libraries(root: Path) -> dict[str, Library]:
    """Read every library of a checkout, by the name of its folder."""
    read: dict[str, Library] = {}
    for place in sorted(root.glob("libs/*/pyproject.toml")):
        told = tomllib.loads(place.read_text("utf-8"))
        needs = {re.split(r"[\s<>=\[;]", need)[0] for need in told["project"].get("dependencies", ())}
        pure = bool(told["tool"].get("motcua", {}).get("pure", False))
        package = str(told["tool"]["uv"]["build-backend"]["module-name"])
        read[place.parent.name] = Library(package, frozenset(needs), pure)
    return read


def import_contracts(root: Path, told: Mapping[str, Manifest]) -> str:
    """Return the whole configuration of import-linter."""
    known = libraries(root)
    packages = [*(library.package for library in known.values()), *told, "suite"]
    text = HEAD + "".join(f"    {name}\n" for name in packages) + "include_external_packages = True\n"
    for contract in _contracts(root, known, told):
        text += f"\n[importlinter:contract:{_slug(str(contract['name']))}]\n"
        for key, value in contract.items():
            text += _entry(key, value)
    return text


def _contracts(
    root: Path, known: Mapping[str, Library], told: Mapping[str, Manifest]
) -> Iterator[dict[str, Any]]:
    yield from _of_libraries(known, list(told))
    yield from _of_services(root, told)
    yield SUITE
    yield from (more.model_dump(exclude_defaults=True) for one in told.values() for more in one.imports)


def _of_libraries(known: Mapping[str, Library], services: Sequence[str]) -> Iterator[dict[str, Any]]:
    for name, library in known.items():
        strangers = [
            other.package
            for key, other in known.items()
            if key != name and f"motcua-{key}" not in library.needs
        ]
        yield {
            "name": f"The library {name} knows no service and no library that it does not name",
            "type": "forbidden",
            "source_modules": [library.package],
            "forbidden_modules": [*services, *strangers, "suite", *(FRAMEWORKS if library.pure else ())],
        }


def _of_services(root: Path, told: Mapping[str, Manifest]) -> Iterator[dict[str, Any]]:
    services = list(told)
    yield {"name": "Services never import each other", "type": "independence", "modules": services}
    yield {
        "name": "Rules touch no database, no web framework, no broker",
        "type": "forbidden",
        "source_modules": [f"{name}.domain" for name in services if "domain" in _words(root, name)],
        "forbidden_modules": [*FRAMEWORKS],
        "allow_indirect_imports": True,
    }
    owners = [name for name, one in told.items() if one.database]
    yield {
        "name": "Imports point down inside a service",
        "type": "layers",
        "containers": owners,
        "layers": LAYERS,
    }
    yield {
        "name": "Use cases never import each other",
        "type": "independence",
        "modules": [f"{name}.usecases.*" for name in services if "usecases" in _words(root, name)],
    }
    yield {
        "name": "Only the composition root reads settings",
        "type": "forbidden",
        "source_modules": [f"{name}.{word}" for name in services for word in _words(root, name)],
        "forbidden_modules": [f"{name}.settings" for name in services],
        "allow_indirect_imports": True,
    }


def _words(root: Path, service: str) -> list[str]:
    """Return the words a service has something to say in, apart from `main` and `settings`."""
    home = root / "services" / service / service
    return [
        word for word in WORDS if (home / f"{word}.py").exists() or (home / word / "__init__.py").exists()
    ]


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def _entry(key: str, value: str | bool | Sequence[str]) -> str:
    if isinstance(value, str | bool):
        return f"{key} = {value}\n"
    return f"{key} =\n" + "".join(f"    {line}\n" for line in value)
