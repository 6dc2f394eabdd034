"""The folder from which an agency runs its own instance of a service, and what the province does for it."""

import ipaddress
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from regulation.codes.agency import AgencyCode, way_of

from suite.deploy.agency_broker import account, agency_definitions, topics
from suite.deploy.agency_cluster import agency_cluster, agency_secrets, way_there
from suite.deploy.compose import COMPOSE, compose_file
from suite.deploy.containers import BUCKET, ContainerPlan, container_plan, password_names, told_and_secret
from suite.deploy.secret_files import VAULT, secret_name
from suite.run.layout import load_secrets
from suite.run.manifest import manifests
from suite.run.provinces import STANDARD

APART: Final = "apart"
"""The setting of a service that knows how its work is divided among instances; only such a one can stand apart."""
Json = dict[str, Any]
_SIGNS: Final = """2. **The agency signs.** Put the certificate of the authority that the province trusts
   and the keys of the signers into the volume `%(service)s-keys`; without them a demonstration authority is made,
   and the province refuses what it signed.
"""
_NEWS: Final = "_REDIS_URL"
"""What an agency has none of: its pages are the province's, which look by themselves where nobody tells them."""


class AgencyRefusedError(Exception):
    """An agency's own instance cannot be laid out like this; the message says why."""


@dataclass(frozen=True)
class Meeting:
    """Where the province and an agency's instance meet.

    `province` is the address people open, `broker` and `objects` the province's broker and object store as the
    agency reaches them, `reached_at` the host where the province's gateway reaches the instance; `since` is the
    acceptance from which on the instance settles, where that was agreed upon; else it begins with the take-over.
    """

    province: str
    broker: str
    objects: str
    reached_at: str
    since: datetime | None = None


@dataclass(frozen=True)
class AgencyPlan(ContainerPlan):
    """The containers of one agency: a database of its own, everything else of the province."""

    agency: str = ""
    meeting: Meeting | None = None

    @property
    def met(self) -> Meeting:
        """Return where the instance meets the province."""
        assert self.meeting is not None
        return self.meeting

    def url(self, service: str) -> str:
        """Return the address of a service of the province: its gateway."""
        return self.met.province

    def amqp(self, service: str) -> str:
        """Return the broker's address under the account of this agency's instance."""
        return (
            _with_account(self.met.broker, account(service, self.agency), self.passwords[f"amqp-{service}"])
            + "/"
        )

    @property
    def files_url(self) -> str:
        """Return where the province keeps all files, under the account of this agency."""
        return "s3+" + _with_account(self.met.objects, self.agency, self.passwords["objects"]) + f"/{BUCKET}"

    @property
    def public_url(self) -> str:
        """Return the address people open."""
        return self.met.province


def _with_account(address: str, user: str, password: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{user}:{password}@{parts.netloc}"


def lay_agency(
    folder: Path, agency: AgencyCode, services: Sequence[str], meeting: Meeting, *, force: bool = False
) -> list[str]:
    """Write the folder and return the names of its files; passwords that are there already stay.

    Raises: AgencyRefusedError when a service cannot stand apart, or the folder is there and `force` is not set.
    """
    for service in services:
        if service not in manifests() or APART not in manifests()[service].settings:
            able = ", ".join(name for name, one in manifests().items() if APART in one.settings)
            raise AgencyRefusedError(f"'{service}' cannot be an agency's own; these can: {able}")
    _expect_instant(services, meeting)
    if folder.exists() and any(folder.iterdir()) and not force:
        raise AgencyRefusedError(f"{folder} is not empty; --force writes it anew and keeps its passwords")
    for place in (folder, folder / "secrets", folder / "province", folder / "cluster"):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.chmod(0o700)
    plan = agency_plan(load_secrets(folder / "secrets", password_names()), agency, meeting)
    written = {**_own(plan, services), **_for_province(plan, services)}
    written |= _on_cluster(plan, services, written, (folder / "secrets" / VAULT).read_text("utf-8"))
    for name, content in written.items():
        (folder / name).write_text(content, "utf-8")
    for place in (folder / "secrets").iterdir():
        place.chmod(
            0o644
        )  # the folder is closed; each file is shown to a container whose account is not ours
    return sorted([*written, f"secrets/{VAULT}"])


def _expect_instant(services: Sequence[str], meeting: Meeting) -> None:
    """Refuse a service whose work changes hands at an instant that nobody named. Raises: AgencyRefusedError."""
    if late := [one for one in services if not _takes_turns(one) and meeting.since is None]:
        raise AgencyRefusedError(
            f"'{late[0]}' begins at an instant the province is told; name it with --since"
        )


def _takes_turns(service: str) -> bool:
    """Tell whether a service itself announces whose turn it is, so that no setting has to."""
    return any(type_.startswith(f"{service}.agency_handed_over.") for type_ in manifests()[service].announces)


def agency_plan(passwords: dict[str, str], agency: str, meeting: Meeting) -> AgencyPlan:
    """Return the plan of an agency's containers."""
    base = container_plan(passwords)
    told = {"INSTANCE": agency, "APART": _apart(agency, meeting)}
    mine = {name: getattr(base, name) for name in ContainerPlan.__dataclass_fields__} | {"extra": told}
    return AgencyPlan(**mine, agency=agency, meeting=meeting)


def _apart(agency: str, meeting: Meeting) -> str:
    return json.dumps({agency: meeting.since.isoformat()} if meeting.since else {})


def _own(plan: AgencyPlan, services: Sequence[str]) -> dict[str, str]:
    """Return what the agency runs: the containers, their secrets, and three steps to follow."""
    secret = {name: value for one in services for name, value in told_and_secret(plan, one)[1].items()}
    hidden = {name: value for name, value in secret.items() if not name.endswith(_NEWS)}
    steps = (files("suite.deploy") / "agency.md").read_text("utf-8")
    told = {"agency": plan.agency, "services": ", ".join(services), "service": services[0]}
    told |= _steps(plan.agency, services)
    return {
        COMPOSE: yaml.safe_dump(agency_compose(plan, services), sort_keys=False, allow_unicode=True),
        "README.md": steps % told,
        "secrets/postgres_password": plan.passwords["postgres"],
        **{f"secrets/{secret_name(name)}": value for name, value in hidden.items()},
    }


def _steps(agency: str, services: Sequence[str]) -> dict[str, str]:
    """Return what the steps say of each service: who signs, what is told again, how work comes and goes."""
    signing = [one for one in services if "signing" in manifests()[one].secrets]
    run = "docker compose exec {0}-worker motcua agency hand-back {1} --service {0}"
    return {
        "signs": "".join(_SIGNS % {"service": one} for one in signing),
        "announce": "; ".join(_announcing(one, agency) for one in services),
        "take": "; ".join(f"`motcua agency take-over {agency} --service {one}`" for one in services),
        "back": "; ".join(f"`{run.format(one, agency)}`" for one in services),
    }


def _announcing(service: str, agency: str) -> str:
    """Return the command by which the province tells an instance what was before it."""
    told = dict.fromkeys(topic.partition(".")[0] for topic in topics(service, agency))
    neighbours = " ".join(one for one in told if one != service)
    return f"`motcua events announce {neighbours} --to {account(service, agency)}`"


def _for_province(plan: AgencyPlan, services: Sequence[str]) -> dict[str, str]:
    """Return what the province takes in: an account and a queue, an account for files, a way through its gateway."""
    port = manifests()[services[0]].probes.port
    overrides = [
        {"prefix": way_of(one, plan.agency), "upstream": f"{plan.met.reached_at}:{port + number}"}
        for number, one in enumerate(services)
    ]
    key = {"accessKey": plan.agency, "secretKey": plan.passwords["objects"]}
    files_account = {
        "name": plan.agency,
        "credentials": [key],
        "actions": [f"Read:{BUCKET}", f"Write:{BUCKET}"],
    }
    settings = [f"MOTCUA_{one.upper()}_{APART.upper()}={_apart(plan.agency, plan.met)}" for one in services]
    return {
        "province/rabbitmq.json": json.dumps(
            agency_definitions(plan.agency, services, plan.passwords), indent=1
        ),
        "province/objects.json": json.dumps({"identities": [files_account]}, indent=1),
        "province/gateway.json": json.dumps({"gateway_overrides": overrides}, indent=1),
        "province/cluster.yaml": way_there(overrides),
        **({"province/settings.env": "\n".join(settings) + "\n"} if plan.met.since else {}),
    }


def _on_cluster(
    plan: AgencyPlan, services: Sequence[str], own: Mapping[str, str], vault: str
) -> dict[str, str]:
    """Return the same instance as an overlay for a cluster, and its secrets beside it."""
    space = "motcua-" + plan.agency.lower().replace(".", "-")
    outside = (plan.met.province, plan.met.broker, plan.met.objects)
    secret = {name.partition("/")[2]: text for name, text in own.items() if name.startswith("secrets/")}
    overlay = agency_cluster(replace(plan, profile=STANDARD), space, outside, services)
    return {
        **{f"cluster/{name}": text for name, text in overlay.items()},
        "secrets/cluster.json": agency_secrets(space, secret | {VAULT: vault}),
    }


def agency_compose(plan: AgencyPlan, services: Sequence[str]) -> Json:
    """Return the agency's containers: those of the province's file that it needs, told to be its own."""
    province = yaml.safe_load(compose_file(manifests()))
    told = province["services"]
    only = [word for one in services for word in ("--only", one)]
    kept = {f"{one}-keys" for one in services}
    migrate = told["migrate"] | {"command": ["province", "migrate", *only]}
    migrate["volumes"] = [one for one in migrate["volumes"] if one.partition(":")[0] in {"authority", *kept}]
    made = {"postgres": told["postgres"], "migrate": migrate}
    for number, one in enumerate(services):
        for role in manifests()[one].runs:
            made[f"{one}-{role}"] = _own_part(told[f"{one}-{role}"], told_and_secret(plan, one)[0])
        port = manifests()[one].probes.port
        made[f"{one}-api"]["ports"] = [f"${{MOTCUA_BIND:-{_bound(plan.met)}}}:{port + number}:{port}"]
    secrets = {name for one in made.values() for name in one.get("secrets", ())}
    volumes = {one.partition(":")[0] for each in made.values() for one in each.get("volumes", ())}
    return {
        "name": "motcua-" + plan.agency.lower().replace(".", "-"),
        "volumes": {name: None for name in province["volumes"] if name in volumes},
        "secrets": {name: {"file": f"./secrets/{name}"} for name in sorted(secrets)},
        "services": {
            name: {key: part for key, part in one.items() if key != "build"} for name, one in made.items()
        },
    }


def _bound(meeting: Meeting) -> str:
    """Return the address to listen at: the one where the province asks, unless that is a name."""
    try:
        return str(ipaddress.ip_address(meeting.reached_at))
    except ValueError:
        return "127.0.0.1"


def _own_part(part: Json, told: dict[str, str]) -> Json:
    secrets = [name for name in part.get("secrets", ()) if not name.endswith(secret_name(_NEWS))]
    after = {"migrate": {"condition": "service_completed_successfully"}}
    return part | {"environment": told, "depends_on": after, "secrets": secrets}
