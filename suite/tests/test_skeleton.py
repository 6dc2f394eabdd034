"""Every service has one skeleton and the same names for the same things."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from common.jobs import Job
from fastapi import APIRouter
from suite.check.contracts import NOWHERE
from suite.run.layout import OWNERS, module
from suite.run.places import checkout

RULES = ["domain", "events", "models", "ports", "queries", "usecases", "adapters"]
CODE = frozenset([*RULES, "api", "subscribers", "jobs", "settings", "main", "migrations"])
STRANGE = frozenset(["state", "dependencies", "wiring", "visit", "container", "helpers", "utils", "manager"])


def package(service: str) -> Path:
    """Return the folder of a service's package."""
    return checkout() / "services" / service / service


def words_of(folder: Path) -> set[str]:
    """Return the modules and packages in a folder, without the folder's own `__init__`."""
    code = {place.stem for place in folder.glob("*.py")} | {
        place.parent.name for place in folder.glob("*/__init__.py")
    }
    return code - {"__init__"}


def strange(folder: Path) -> list[str]:
    """Return what breaks the skeleton of a package: words that are none, and odd names for the routes' needs."""
    found = [f"{word} is none of the twelve words" for word in sorted(words_of(folder) - CODE)]
    names = words_of(folder / "api")
    found += [f"api/{name}: what routes need is in api/deps" for name in sorted(names & STRANGE)]
    found += [] if "deps" in names else ["api/deps is missing"]
    return found + _handed_over_otherwise(folder)


def _handed_over_otherwise(folder: Path) -> list[str]:
    """Find every attribute of app.state but the one that main's value travels on."""
    shared = {"built", "database", "now", "verifier", "name"}
    found = []
    for place in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(place.read_text("utf-8"))):
            if not isinstance(node, ast.Attribute) or node.attr in shared:
                continue
            held = node.value
            if isinstance(held, ast.Attribute) and held.attr == "state" and _is_app(held.value):
                found.append(f"{place.name}: app.state.{node.attr}, not app.state.built")
    return found


def _is_app(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "app") or (
        isinstance(node, ast.Attribute) and node.attr == "app"
    )


@pytest.mark.parametrize("service", OWNERS)
def test_a_service_is_made_of_the_twelve_words_and_hands_over_one_value(service):
    assert strange(package(service)) == []


@pytest.mark.parametrize("service", OWNERS)
def test_a_service_names_its_routers_and_what_main_built_alike(service):
    api = importlib.import_module(f"{service}.api")
    deps = importlib.import_module(f"{service}.api.deps")
    assert api.ROUTERS
    assert all(isinstance(router, APIRouter) for router in api.ROUTERS)
    assert deps.Built.__dataclass_params__.frozen
    assert deps.BuiltDep.__origin__ is deps.Built
    main = importlib.import_module(f"{service}.main")
    assert (service, service) == (main.SERVICE, main.PACKAGE)
    assert callable(main.create_app)
    assert callable(main.create_worker)


@pytest.mark.parametrize("service", OWNERS)
def test_a_service_names_its_jobs_alike_and_takes_its_pool_from_the_settings(service, tmp_path):
    assert inspect.signature(module(service, "jobs").jobs).return_annotation == tuple[Job, ...]
    settings = module(service, "settings").Settings(
        database_url=NOWHERE,
        database_pool=3,
        files_url="memory:///",
        signing_folder=tmp_path,
        key_folder=tmp_path,
    )
    main = module(service, "main")
    worker = main.create_worker(settings)
    assert [job.name for job in worker.jobs if not re.fullmatch(r"[a-z]+(-[a-z]+)*", job.name)] == []
    assert (main.create_app(settings).state.database.pool_size, worker.database.pool_size) == (3, 3)


def test_the_portal_gives_its_routers_under_the_same_name():
    assert importlib.import_module("portal.api").ROUTERS


def test_a_service_with_names_of_its_own_is_told(tmp_path):
    for name in ("wiring.py", "routes.py"):
        (tmp_path / "api").mkdir(exist_ok=True)
        (tmp_path / "api" / name).write_text("")
    (tmp_path / "api" / "__init__.py").write_text("")
    (tmp_path / "helpers.py").write_text("")
    (tmp_path / "main.py").write_text("app.state.rules = 1\n")
    assert strange(tmp_path) == [
        "helpers is none of the twelve words",
        "api/wiring: what routes need is in api/deps",
        "api/deps is missing",
        "main.py: app.state.rules, not app.state.built",
    ]
