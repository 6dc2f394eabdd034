"""The compose file of a province on one host, written from the services' manifests."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final

from suite.deploy.containers import HOME, container_plan, password_names, told_and_secret
from suite.deploy.secret_files import BACKUP_KEY, VAULT, secret_name
from suite.run.manifest import Manifest
from suite.run.postgres import KEEPS_LOG

COMPOSE: Final = "docker-compose.yml"
WAYS: Final = "/etc/motcua/ways"
"""A folder that gateway and portal follow while they run: which agencies have an instance of their own."""
WAYS_FILE: Final = "gateway.json"
KEPT: Final = "kept"
"""The volume in which the keeper of copies works, and notes how they stand."""
SHARED: Final = (
    "postgres_password",
    "amqp_admin",
    "rabbitmq_definitions.json",
    "objects.json",
    "redis_password",
    BACKUP_KEY,
    VAULT,
)


def compose_file(told: Mapping[str, Manifest]) -> str:
    """Return the whole compose file; it holds names of secrets and never one of them."""
    plan = container_plan(dict.fromkeys(password_names(), "-"))
    running = {name: one for name, one in told.items() if one.runs}
    settings = {name: told_and_secret(plan, name) for name in running}
    common = told_alike(each for each, _ in settings.values())
    hidden = [secret_name(name) for _, secret in settings.values() for name in secret]
    frame = (files("suite.deploy") / "compose.yaml").read_text("utf-8")
    kept = {name: kept_folder(name, one) for name, one in running.items() if kept_folder(name, one)}
    return frame % {
        "home": HOME,
        "told": _lines(common, 2),
        "volumes": "".join(f"  {name}-keys:\n" for name in kept),
        "secrets": "".join(f"  {name}: {{file: ./secrets/{name}}}\n" for name in sorted([*SHARED, *hidden])),
        "keys": "\n".join(f'      - "{name}-keys:{place}"' for name, place in kept.items()),
        "keeps_log": "".join(f", -c, {name}={value}" for name, value in KEEPS_LOG.items()),
        "services": json.dumps(
            {name: f"{plan.url(name)}?ready={one.probes.watch}" for name, one in running.items()}
        ),
        "after": "\n".join(f"      {name}-api: {{condition: service_healthy}}" for name in running),
        "parts": "\n".join(_parts(name, one, *settings[name], common) for name, one in running.items()),
    }


def told_alike(each: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return what every service is told alike."""
    first, *others = each
    return {name: value for name, value in first.items() if all(one.get(name) == value for one in others)}


def _lines(told: Mapping[str, str], indent: int) -> str:
    return "\n".join(f"{' ' * indent}{name}: {_quoted(value)}" for name, value in sorted(told.items()))


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def kept_folder(name: str, one: Manifest) -> str:
    """Return the folder of a service that outlives its container: its own keys or certificates."""
    folders = {"keys": f"{HOME}/keys/{name}", "signing": f"{HOME}/signing/{name}"}
    return next((folders[secret] for secret in one.secrets if secret in folders), "")


def _parts(
    name: str, one: Manifest, told: Mapping[str, str], hidden: Mapping[str, str], common: Mapping[str, str]
) -> str:
    """Return the containers of a service: its API, and its worker where it has one."""
    own = {key: value for key, value in told.items() if common.get(key) != value}
    volumes = [f"{name}-keys:{kept}"] if (kept := kept_folder(name, one)) else []
    if folder := told.get(f"MOTCUA_{name.upper()}_BACKUP_FOLDER"):  # what the keeper notes, to be read
        volumes.append(f"{KEPT}:{folder}:ro")
    if "gateway_file" in one.settings:
        own["MOTCUA_GATEWAY_FILE"] = f"{WAYS}/{WAYS_FILE}"
        volumes.append(f"${{MOTCUA_WAYS:-./deploy/gateway}}:{WAYS}:ro")
    roles = one.runs if one.database else ("api",)
    return "\n".join(_part(name, role, own, list(hidden), volumes) for role in roles)


def _part(name: str, role: str, own: Mapping[str, str], hidden: list[str], volumes: list[str]) -> str:
    lines = [
        f"  {name}-{role}:",
        "    <<: *service",
        f"    command: [service, {name}, {role}, --host, 0.0.0.0]",
        *(["    environment:", "      <<: *told", _lines(own, 6)] if own else ["    environment: *told"]),
        f"    secrets: [{', '.join(secret_name(one) for one in hidden)}]",
    ]
    return "\n".join([*lines, *([f"    volumes: {json.dumps(volumes)}"] if volumes else [])]) + "\n"
