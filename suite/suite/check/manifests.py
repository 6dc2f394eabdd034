"""A manifest says what the code does: lists that are read from the code, and what would contradict it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common.database import Database
from common.settings import ServiceSettings
from fastapi import FastAPI
from fastapi.routing import APIRoute

from suite.check.contracts import NOWHERE, announced
from suite.run.layout import module, module_if_any
from suite.run.manifest import SECRETS, USES, Manifest
from suite.run.watched import health, watched

PRIVATE = frozenset(answer.path for answer in health.routes if isinstance(answer, APIRoute))
ALWAYS = ("retention", "waiting")  # the jobs every worker has


def read_from_code(service: str, told: Manifest) -> dict[str, tuple[str, ...]]:
    """Return the lists of a manifest that follow from the service's code."""
    if not told.runs:
        return {}
    settings = module(service, "settings").Settings
    own = {name for name in settings.model_fields if name not in ServiceSettings.model_fields}
    brought = {setting for name in told.secrets for setting in SECRETS[name]}
    brought |= {setting for name in told.uses for setting in USES[name]}
    return {
        "announces": tuple(event.type for event in announced(service)),
        "listens": _listens(service),
        "jobs": _jobs(service, told),
        "settings": tuple(name for name in settings.model_fields if name in own - brought),
    }


def _listens(service: str) -> tuple[str, ...]:
    types: tuple[str, ...] = getattr(module_if_any(service, "subscribers"), "LISTENS", ())
    return types


def composed(service: str, part: str) -> Any:
    """Compose one part of a service without opening a connection."""
    with TemporaryDirectory() as keys:
        settings = module(service, "settings").Settings(
            database_url=NOWHERE, files_url="memory:///", signing_folder=keys, key_folder=keys
        )
        return getattr(module(service, "main"), part)(settings, Database(NOWHERE))


def _jobs(service: str, told: Manifest) -> tuple[str, ...]:
    if "worker" not in told.runs:
        return ()
    return tuple(job.name for job in composed(service, "create_worker").jobs if job.name not in ALWAYS)


def rewritten(text: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """Put the lists read from the code into the text of a manifest, before its first table; an empty one goes."""
    for name, values in lists.items():
        line = _line(name, values)
        found = re.search(rf"(?ms)^{name} = \[.*?\]\n", text)
        if found:
            text = text[: found.start()] + line + text[found.end() :]
        elif line:
            says = re.search(r"(?m)^says = .*\n", text)
            place = says.end() if says else 0
            text = text[:place] + line + text[place:]
    return text


def _line(name: str, values: tuple[str, ...]) -> str:
    if not values:
        return ""
    short = f"{name} = {json.dumps(values)}\n"
    return (
        short
        if len(short) <= 110
        else f"{name} = [\n" + "".join(f"  {json.dumps(v)},\n" for v in values) + "]\n"
    )


def contradictions(told: Mapping[str, Manifest]) -> Iterator[str]:
    """Find what a manifest promises and the code does not keep, and settings that two services read differently."""
    everywhere = {setting for settings in (*SECRETS.values(), *USES.values()) for setting in settings}
    defaults: dict[str, tuple[str, Any]] = {}
    for service, one in told.items():
        if not one.runs:
            continue
        settings = module(service, "settings").Settings
        for name in sorted(everywhere & set(one.settings)):
            yield f"{service}: {name} is a secret or shared; say so in secrets or uses"
        for name in sorted(one.given - set(settings.model_fields)):
            yield f"{service}: {name} is given to it, but it has no such setting"
        for name in one.settings:
            default = settings.model_fields[name].default
            owner, other = defaults.setdefault(name, (service, default))
            if default != other:
                yield f"{service}: {name} is {default!r} here and {other!r} in {owner}"
        yield from _unanswered(service, one)


def _unanswered(service: str, told: Manifest) -> Iterator[str]:
    """Find probes that nothing answers or the API answers to everybody, and routes that are not under its own name."""
    app: FastAPI = composed(service, "create_app")
    open_, answered = ({getattr(route, "path", "") for route in one.routes} for one in (app, watched(app)))
    for probe in (told.probes.live, told.probes.ready, told.probes.metrics):
        if probe not in answered:
            yield f"{service}: nothing answers its probe {probe}"
    yield from (f"{service}: its API answers {probe} to everybody" for probe in PRIVATE & open_)
    for row in told.routes:
        address = str(row.get("prefix") or row.get("path") or row.get("regex"))
        if address.startswith("/api/") and not re.match(rf"/api/{service}(/|$)", address):
            yield f"{service}: its route {address} is not under /api/{service}"


def lagging(root: Path, told: Mapping[str, Manifest]) -> dict[Path, str]:
    """Return the manifests whose lists are not what the code says, with what they should say."""
    found: dict[Path, str] = {}
    for service, one in told.items():
        place = root / "services" / service / "service.toml"
        text = place.read_text("utf-8")
        now = rewritten(text, read_from_code(service, one))
        if now != text:
            found[place] = now
    return found
