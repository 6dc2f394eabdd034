"""A new service begins as a copy that is complete and says its own name everywhere."""

import tomllib
from pathlib import Path

import pytest
import yaml
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
