"""Six dashboards for those who keep the suite running, written for Grafana from one short list of panels."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict
from regulation.zone import ZONE

Json = dict[str, Any]
PLACE: Final = "deploy/observability/dashboards"
SOURCE: Final = {"type": "prometheus", "uid": "motcua"}
WIDTH, HEIGHT, COLUMNS = 12, 8, 2


class Panel(BaseModel):
    """One picture: its title, what it says, its unit, and what it shows, by legend."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    says: str
    unit: str
    show: dict[str, str]
    look: str = "timeseries"
    rare: bool = False
    """Whether nothing is drawn while nothing is wrong."""


class Dashboard(BaseModel):
    """A page of pictures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    says: str
    panels: tuple[Panel, ...]


class Shown(NamedTuple):
    """One expression and where it is shown."""

    where: str
    expression: str
    rare: bool


def dashboards() -> dict[str, Dashboard]:
    """Return every dashboard by its name."""
    told: Json = yaml.safe_load((files("suite.deploy") / "dashboards.yaml").read_text("utf-8"))
    return {name: Dashboard.model_validate(one) for name, one in told.items()}


def shown(listed: Mapping[str, Dashboard]) -> Iterator[Shown]:
    """Yield every expression of the dashboards."""
    for name, one in listed.items():
        for panel in one.panels:
            for expression in panel.show.values():
                yield Shown(f"{name}: {panel.title}", expression, panel.rare)


def dashboard_files() -> dict[str, str]:
    """Return (path from the root, content) of the files that Grafana reads."""
    return {
        f"{PLACE}/{name}.json": json.dumps(_grafana(name, one), ensure_ascii=False, indent=1) + "\n"
        for name, one in dashboards().items()
    }


def _grafana(name: str, one: Dashboard) -> Json:
    return {
        "uid": f"motcua-{name}",
        "title": f"Một cửa · {one.title}",
        "description": one.says,
        "tags": ["motcua"],
        "schemaVersion": 39,
        "refresh": "15s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": ZONE,
        "links": [{"type": "dashboards", "tags": ["motcua"], "title": "Một cửa", "asDropdown": True}],
        "panels": [_panel(number, panel) for number, panel in enumerate(one.panels)],
    }


def _panel(number: int, panel: Panel) -> Json:
    row, column = divmod(number, COLUMNS)
    return {
        "id": number + 1,
        "type": panel.look,
        "title": panel.title,
        "description": panel.says,
        "datasource": SOURCE,
        "gridPos": {"x": column * WIDTH, "y": row * HEIGHT, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {
                "refId": chr(ord("A") + place),
                "datasource": SOURCE,
                "expr": expression,
                "legendFormat": legend,
                "exemplar": "_bucket" in expression,
            }
            for place, (legend, expression) in enumerate(panel.show.items())
        ],
    }
