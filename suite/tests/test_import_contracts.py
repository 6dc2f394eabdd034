"""Each import rule of the house fails when somebody breaks it, shown on an empty model of the workspace."""

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from suite.check.imports import libraries
from suite.run.places import checkout

CONTRACTS = checkout() / ".importlinter"
LIBRARY = "The library {} knows no service and no library that it does not name"
BREACHES = {
    "Services never import each other": ("intake.usecases.a", "catalog.models"),
    **{
        LIBRARY.format(name): (f"{library.package}.core", "suite")
        for name, library in libraries(checkout()).items()
    },
    "Rules touch no database, no web framework, no broker": ("stats.domain", "sqlalchemy"),
    "Imports point down inside a service": ("intake.models", "intake.usecases.a"),
    "Use cases never import each other": ("identity.usecases.a", "identity.usecases.b"),
    "Only the composition root reads settings": ("notify.usecases", "notify.settings"),
    "Imports point down inside the portal": ("portal.domain", "portal.api"),
    "Page groups of the portal share the shell and never import each other": (
        "portal.api.desk",
        "portal.api.citizen",
    ),
    "Running knows no demonstration, and nothing below knows the command line": ("suite.run", "suite.demo"),
}
OTHERS = [  # what a library may not know besides: another library, and a framework where it is pure
    ("common", "common.core", "eforms"),
    ("documents", "documents.core", "common"),
    ("regulation", "regulation.core", "sqlalchemy"),
]


def rules() -> ConfigParser:
    read = ConfigParser()
    read.read(CONTRACTS)
    return read


def model(folder: Path) -> None:
    """Make every module that a contract names, empty."""
    named = {name for section in rules().values() for key in section for name in section[key].split()}
    roots = rules()["importlinter"]["root_packages"].split()
    modules = {name for name in named if name.split(".")[0] in roots and "*" not in name}
    for section in (section for section in rules().values() if section.get("type") == "layers"):
        words = [word for word in re.split(r"[\s|:()]+", section["layers"]) if word]
        modules |= {f"{container}.{word}" for container in section["containers"].split() for word in words}
    services = {name.split(".")[0] for name in named if name.endswith(".usecases.*")}
    modules |= {f"{service}.usecases.{verb}" for service in services for verb in "ab"}
    modules |= {f"{library.package}.core" for library in libraries(checkout()).values()} | set(roots)
    for name in modules:
        place = folder.joinpath(*name.split("."))
        place.mkdir(parents=True, exist_ok=True)
        for part in (place, *place.parents):
            if part == folder:
                break
            (part / "__init__.py").touch()


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", CONTRACTS]
    environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_every_contract_of_the_house_has_a_breach_here() -> None:
    assert {rules()[section]["name"] for section in rules() if ":contract:" in section} == set(BREACHES)


def test_the_model_without_a_breach_keeps_every_contract(tmp_path: Path) -> None:
    model(tmp_path)
    told = lint(tmp_path)
    assert told.returncode == 0, told.stdout
    assert f"{len(BREACHES)} kept, 0 broken" in told.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_breaking_it_breaks_the_build(tmp_path: Path, contract: str) -> None:
    model(tmp_path)
    importer, imported = BREACHES[contract]
    tmp_path.joinpath(*importer.split("."), "__init__.py").write_text(f"import {imported}\n")
    told = lint(tmp_path)
    assert told.returncode == 1
    assert f"{contract} BROKEN" in told.stdout


@pytest.mark.parametrize(("library", "importer", "imported"), OTHERS)
def test_a_library_knows_only_what_it_names(
    tmp_path: Path, library: str, importer: str, imported: str
) -> None:
    model(tmp_path)
    tmp_path.joinpath(*importer.split("."), "__init__.py").write_text(f"import {imported}\n")
    assert f"{LIBRARY.format(library)} BROKEN" in lint(tmp_path).stdout
