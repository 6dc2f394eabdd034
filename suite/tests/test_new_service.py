"""A new service begins as a copy that is complete and says its own name everywhere."""

import importlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from audit.writing import WrittenDown
from suite.check.contracts import NOWHERE
from suite.cli.new import copy_skeleton
from suite.run.manifest import Manifest
from suite.run.places import checkout


def test_the_copy_is_a_whole_service_under_its_own_name(tmp_path: Path) -> None:
    folder = copy_skeleton("notes", tmp_path)
    texts = {place.relative_to(folder): place.read_text() for place in folder.rglob("*") if place.is_file()}
    assert not [place for place, text in texts.items() if "skeleton" in f"{place}{text}".lower()]
    for place, text in texts.items():
        if place.suffix == ".py":
            compile(text, str(place), "exec")
    told = Manifest.model_validate(tomllib.loads(texts[Path("service.toml")]))
    assert (told.name, told.runs, told.database) == ("notes", ("api", "worker"), True)


def test_a_service_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    copy_skeleton("notes", tmp_path)
    with pytest.raises(FileExistsError):
        copy_skeleton("notes", tmp_path)


def test_the_limits_its_routes_name_exist_at_the_gateway(tmp_path: Path) -> None:
    table = yaml.safe_load((checkout() / "services/gateway/gateway/routes.yaml").read_text())
    rows = copy_skeleton("notes", tmp_path).joinpath("service.toml").read_text()
    assert 'limit = "api"' in rows
    assert "api" in table["limits"]


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import the composition root of a copy, and forget it again."""
    monkeypatch.syspath_prepend(str(copy_skeleton("jottings", tmp_path)))
    yield importlib.import_module("jottings.main")
    for name in [name for name in sys.modules if name.partition(".")[0] == "jottings"]:
        del sys.modules[name]


def test_a_new_service_writes_its_deeds_down_and_seals_them(begun: ModuleType) -> None:
    settings = importlib.import_module("jottings.settings").Settings(database_url=NOWHERE, database_pool=3)
    app, worker = begun.create_app(settings), begun.create_worker(settings)
    assert WrittenDown in [one.cls for one in app.user_middleware]
    assert {"seal-audit", "ship-audit-head"} <= {job.name for job in worker.jobs}
    assert (app.state.database.pool_size, worker.database.pool_size) == (3, 3)
