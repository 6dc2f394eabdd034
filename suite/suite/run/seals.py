"""The keys by which services seal what says who somebody is, and what stands under which."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from common.database import Database
from common.resealing import CLEAR, values_by_key
from common.sealing import FILE, Ring
from identity.adapters.file_chest import NAME
from identity.main import ring_kept_in

from suite.run.layout import SEALERS, Plan, module
from suite.run.manifest import manifests

SEALING: Final = ("identity", *SEALERS)


def key_folders(plan: Plan) -> dict[str, Path]:
    """Return where each service that seals reads the keys made later."""
    own = {name for name, told in manifests().items() if "keys" in told.secrets}
    return {name: plan.keys(name) if name in own else plan.signing(name) for name in SEALING}


def keeps_keys(place: Path) -> bool:
    """Tell whether a service keeps its keys in a folder: its secret, its certificates or the file of later keys."""
    return (place / NAME).exists() or (place / FILE).exists() or any(place.glob("*.pem"))


def rings_of(plan: Plan) -> dict[str, Ring | None]:
    """Return the keys of each service that seals; none of identity before it ran for the first time."""
    places = key_folders(plan)
    others = {name: Ring(plan.passwords[f"seal-{name}"].encode(), places[name] / FILE) for name in SEALERS}
    return {"identity": ring_kept_in(places["identity"]), **others}


def rings_at(plan: Plan, secrets: Path | None = None) -> dict[str, Ring | None]:
    """Return the keys of each service whose keys can be read here, and nothing of one whose keys lie elsewhere.

    Of a service whose later keys are not seen only the first is known: sealing with it would go back to an older key.
    """
    places = key_folders(plan)
    if secrets is not None and keeps_keys(secrets):
        places["identity"] = secrets
    known = rings_of(plan) | {"identity": ring_kept_in(places["identity"])}
    return {service: ring if keeps_keys(places[service]) else None for service, ring in known.items()}


async def counted(plan: Plan, service: str) -> Counter[str]:
    """Count the values of a service by the key they are sealed with; in clear is a key without a name."""
    database = Database(plan.dsn(service))
    try:
        async with database.sessions() as session:
            found = await values_by_key(session, _sealing(service).KINDS)
    finally:
        await database.dispose()
    return Counter({key: count for key, count in found.items() if count or key != CLEAR})


async def sealed(plan: Plan, service: str, ring: Ring | None, told: Callable[[int], None]) -> int:
    """Seal what a service has in clear or under an older key, batch by batch, and return how many rows it was."""
    database, seal = Database(plan.dsn(service)), _sealing(service).sealing()
    database.ring, done, count = ring, 0, 1
    try:
        while count:
            async with database.sessions.begin() as session:
                count = await seal(session)
            done += count
            told(count)
    finally:
        await database.dispose()
    return done


def _sealing(service: str) -> Any:
    return module(service, "usecases.seal_columns")
