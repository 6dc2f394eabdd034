"""What each service is told: what everybody may know, and of secrets only its own."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from suite.run.layout import CLIENTS, NEWS, OWNERS, SERVICES, Plan, listens
from suite.run.manifest import manifests

Own = dict[str, Any]


def environment(plan: Plan, service: str) -> dict[str, str]:
    """Return the environment of a service; `MOTCUA_X` says what all may know, `MOTCUA_INTAKE_X` what is its own."""
    everybody: Own = {
        "CARRIER": "rabbitmq" if plan.amqp_url else "postgres",
        "JWKS_URL": f"{plan.url('identity')}/api/identity/jwks",
        "PROFILE": plan.profile,
        "PUBLIC_URL": plan.public_url,
        **plan.extra,
    }
    told, own = manifests()[service], Own()
    for name in (*told.secrets, *told.uses, *(["database"] if told.database else [])):
        own |= GIVEN[name](plan, service)
    return {f"MOTCUA_{key}": str(value) for key, value in everybody.items()} | {
        f"MOTCUA_{service.upper()}_{key}": str(value) for key, value in own.items()
    }


def belongs_to_another(variable: str, service: str) -> bool:
    """Tell whether an environment variable is meant for one service, and that is not this one.

    A setting of both is for both: the portal reads the file of the gateway's overrides.
    """
    own = manifests()[service].given if service in manifests() else frozenset[str]()
    if variable.removeprefix("MOTCUA_").lower() in own:
        return False
    others = (name for name in manifests() if name != service)
    return variable.startswith(tuple(f"MOTCUA_{name.upper()}_" for name in others))


def _database(plan: Plan, service: str) -> Own:
    broker = plan.amqp(service)
    carried = {"AMQP_URL": broker} if broker else _inboxes(plan, service)
    return {"DATABASE_URL": plan.dsn(service), **carried}


def _inboxes(plan: Plan, service: str) -> Own:
    """Tell where the PostgreSQL carrier of a service delivers, as roles that may only insert there."""
    said = set(manifests()[service].announces)
    hearers = {name: listens(name) for name in OWNERS if name != service and said & set(listens(name))}
    targets = {name: plan.dsn(name, f"{name}_inbox") for name in hearers}
    return {"INBOXES": json.dumps(targets), "LISTENS": json.dumps(hearers)}


def _audit(plan: Plan, service: str) -> Own:
    return {"AUDIT_KEY": plan.passwords[f"audit-{service}"], "AUDIT_HEADS_URL": plan.heads_url}


def _client(plan: Plan, service: str) -> Own:
    secret = plan.passwords[f"client-{service}"]
    return {"CLIENT_ID": service, "CLIENT_SECRET": secret, "IDENTITY_URL": plan.url("identity")}


def _clients(plan: Plan, _service: str) -> Own:
    return {"SERVICE_CLIENTS": json.dumps({name: plan.passwords[f"client-{name}"] for name in CLIENTS})}


def _keys(plan: Plan, service: str) -> Own:
    return {"KEY_FOLDER": plan.keys(service)}


def _proofs(plan: Plan, _service: str) -> Own:
    return {"PROOF_KEY": plan.passwords["proofs"]}


def _seal(plan: Plan, service: str) -> Own:
    return {"SEALING_KEY": plan.passwords[f"seal-{service}"]}


def _signing(plan: Plan, service: str) -> Own:
    return {"SIGNING_FOLDER": plan.signing(service)}


def _session(plan: Plan, _service: str) -> Own:
    return {"SESSION_KEY": f"{plan.passwords['session']}="}


def _files(plan: Plan, _service: str) -> Own:
    return {"FILES_URL": plan.files_url}


def _mail(plan: Plan, _service: str) -> Own:
    sender = "Một cửa <mot-cua@motcua.example>"
    return {"SMTP_HOST": plan.smtp_host, "SMTP_PORT": plan.smtp_port, "MAIL_FROM": sender}


def _redis(plan: Plan, _service: str) -> Own:
    """Tell how news travel: over Redis where there is one, else over a database that holds nothing."""
    return _limits(plan, _service) or {"NOTIFY_URL": plan.dsn(NEWS)}


def _limits(plan: Plan, _service: str) -> Own:
    """Tell where all replicas count together; without a Redis each process counts."""
    return {"REDIS_URL": plan.redis_url} if plan.redis_url else {}


def _services(plan: Plan, _service: str) -> Own:
    return {"SERVICES": json.dumps({name: plan.url(name) for name in SERVICES})}


def _askers(plan: Plan, _service: str) -> Own:
    return {"QUESTIONS_URL": plan.url("qa")}


def _watched(plan: Plan, _service: str) -> Own:
    """Tell where every process can be asked how it stands, and where the keeper of backups notes it."""
    workers = (f"{name}-worker" for name in OWNERS) if plan.amqp_url else ()
    watched = {name: plan.watch_url(name) for name in (*SERVICES, *workers)}
    certificates = (
        {"CERTIFICATES": json.dumps({"servers": str(plan.folder / "tls")})} if plan.authority else {}
    )
    return {"WATCHED": json.dumps(watched), "BACKUP_FOLDER": plan.folder / "backup", **certificates}


def _look(_plan: Plan, _service: str) -> Own:
    """Let the portal show both languages everywhere; it wears the look of the profile's province by itself."""
    return {"LANGUAGES": json.dumps(["vi", "en"])}


GIVEN: Mapping[str, Callable[[Plan, str], Own]] = {
    "askers": _askers,
    "audit": _audit,
    "client": _client,
    "clients": _clients,
    "database": _database,
    "files": _files,
    "keys": _keys,
    "limits": _limits,
    "look": _look,
    "mail": _mail,
    "proofs": _proofs,
    "redis": _redis,
    "seal": _seal,
    "services": _services,
    "session": _session,
    "signing": _signing,
    "watched": _watched,
}
