"""What is written from the manifests: import contracts, type-check paths, the suite's needs, the gateway's routes."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from suite.check.imports import import_contracts
from suite.deploy.alerting import PARTS, parts_file
from suite.deploy.cluster.files import cluster_files
from suite.deploy.compose import COMPOSE, compose_file
from suite.deploy.dashboards import dashboard_files
from suite.deploy.scrape import SCRAPE, scrape_file
from suite.run.manifest import Manifest

ROUTES = "services/gateway/gateway/routes.yaml"
BY_WHOM = "# Written from services/*/service.toml by `motcua contracts`; change it there.\n"


def written(root: Path, told: Mapping[str, Manifest]) -> dict[str, str]:
    """Return (path from the root, content) of every file that follows from the manifests."""
    libraries = [place.parent.name for place in sorted(root.glob("libs/*/pyproject.toml"))]
    packages = [_package(root / "libs" / name) for name in libraries]
    project, suite = root / "pyproject.toml", root / "suite/pyproject.toml"
    return {
        ".importlinter": import_contracts(root, told),
        "pyproject.toml": _types(project.read_text("utf-8"), libraries, packages, list(told)),
        "suite/pyproject.toml": _needs(suite.read_text("utf-8"), [*libraries, *told]),
        ROUTES: routes(told),
        **limits(told),
        COMPOSE: compose_file(told),
        SCRAPE: scrape_file(told),
        PARTS: parts_file(told),
        **dashboard_files(),
        **cluster_files(root, told),
    }


def drifted(root: Path, told: Mapping[str, Manifest]) -> list[str]:
    """Return the written files that are not what the manifests say now."""
    wanted = written(root, told)
    return [name for name, text in wanted.items() if _committed(root / name) != text]


def _committed(place: Path) -> str | None:
    return place.read_text("utf-8") if place.exists() else None


def _package(folder: Path) -> str:
    read = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    return str(read["tool"]["uv"]["build-backend"]["module-name"])


def _types(text: str, libraries: Sequence[str], packages: Sequence[str], services: Sequence[str]) -> str:
    """Put the paths and packages that are type-checked into the root's pyproject.toml."""
    paths = [*(f"libs/{name}" for name in libraries), *(f"services/{name}" for name in services), "suite"]
    text = re.sub(r"(?m)^mypy_path = .*$", f"mypy_path = {json.dumps(':'.join(paths))}", text)
    return re.sub(r"(?m)^packages = .*$", f"packages = {json.dumps([*packages, *services, 'suite'])}", text)


def _needs(text: str, members: Sequence[str]) -> str:
    """Put every member of the workspace among the needs and sources of the suite."""
    needs = "".join(f'    "motcua-{name}",\n' for name in members)
    text = re.sub(r'(?m)^(dependencies = \[\n)(?:    "motcua-[\w-]+",\n)*', rf"\g<1>{needs}", text)
    sources = "".join(f"motcua-{name} = {{ workspace = true }}\n" for name in members)
    return re.sub(r"(?s)(\[tool\.uv\.sources\]\n).*$", rf"\g<1>{sources}", text)


def routes(told: Mapping[str, Manifest]) -> str:
    """Write the gateway's table: what is closed, each service below /api, the rest of /api closed, pages last."""
    gateway = told["gateway"]
    rows = [(name, row) for name, one in told.items() if name != "gateway" for row in one.routes]
    parts: dict[str, Iterable[dict[str, Any]]] = {
        "closed by the gateway": gateway.routes,
        **{
            name: [_told_by(name, row) for owner, row in rows if owner == name and _is_api(row)]
            for name in told
        },
        "whatever no row names": [{"prefix": "/api", "closed": True}],
        "pages": [_told_by(name, row) for name, row in rows if not _is_api(row)],
    }
    lines = [BY_WHOM, "\nlimits: # requests in a number of seconds, per client address\n"]
    lines += [f"  {name}: {json.dumps(limit)}\n" for name, limit in gateway.limits.items()]
    lines.append("\ngroups: # how many requests of a group are with one service at once, and how many wait\n")
    lines += [f"  {name}: {json.dumps(group)}\n" for name, group in gateway.groups.items()]
    lines += ["\nbodies: # bytes\n", *(f"  {name}: {most}\n" for name, most in gateway.bodies.items())]
    lines.append("\nroutes:\n")
    for heading, listed in parts.items():
        if entries := list(listed):
            lines += [f"  # {heading}\n", *(f"  - {json.dumps(row)}\n" for row in entries)]
    return "".join(lines)


def limits(told: Mapping[str, Manifest]) -> dict[str, str]:
    """Return the file of each service that tells which of its requests all its replicas count together.

    The first row that holds decides, as at the edge, so rows that are not counted stand between.
    """
    written: dict[str, str] = {}
    for name, one in told.items():
        rows = [_counted(row, told["gateway"].limits) for row in one.routes if _is_api(row)]
        while rows and not rows[-1]["most"]:
            rows.pop()
        if rows:
            lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
            written[f"services/{name}/{name}/limits.json"] = f"[\n{lines}\n]\n"
    return written


def _counted(row: Mapping[str, Any], named: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    match = {key: row[key] for key in ("prefix", "path", "regex", "methods") if key in row}
    limit = named.get(row.get("limit", ""), {})
    if "shared" not in limit:
        return {**match, "most": 0}
    return {**match, "limit": row["limit"], "most": limit["shared"], "seconds": limit["seconds"]}


def _is_api(row: Mapping[str, Any]) -> bool:
    address = row.get("prefix") or row.get("path") or row.get("regex") or ""
    return str(address).startswith("/api/")


def _told_by(service: str, row: dict[str, Any]) -> dict[str, Any]:
    return row if row.get("closed") else {**row, "service": service}
