"""A processing service with one agency, its officers and a procedure, on a real database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from common.database import Database
from common.ids import uuid7
from common.inbox import Meta
from common.security import Caller
from processing.main import create_app, rules_of
from processing.settings import Settings
from processing.subscribers import subscriptions
from suite.check.shapes import fact
from suite.testing import client, officer

from rig.procedure import AGENCY, CODE, announced_agency, announced_procedure

MONDAY_8 = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # 08:00 in Hà Nội
FRIDAY_CLOSE = datetime(2026, 12, 11, 10, 30, tzinfo=UTC)
UNIT = "tu-phap-ho-tich"
PEOPLE = {
    "an": (UNIT, ["specialist"]),
    "binh": (UNIT, ["specialist"]),
    "chi": ("lanh-dao", ["specialist"]),
    "lan": ("lanh-dao", ["signer", "agency_head"]),
    "minh": ("lanh-dao", ["signer"]),
}


class HandlingService:
    """The service in this process, and what its people do."""

    def __init__(self, database: Database, folder: Path) -> None:
        settings = Settings(
            profile="thai-nguyen",
            files_url=(folder / "files").as_uri(),
            signing_folder=folder / "keys",
            sealing_key="the key of the rig",
            public_url="https://dvc.example",
        )
        self.database, self.rules = database, rules_of(settings)
        self.app = create_app(settings, database)
        self.app.state.now = lambda: MONDAY_8

    async def open(self) -> None:
        """Hear from the neighbours what processing must know."""
        for told in (announced_agency(), announced_procedure()):
            await self.hear(told.type, told.model_dump(mode="json"), told.aggregate_id)
        for name, (unit, roles) in PEOPLE.items():
            told = {"officer_id": name, "display_name": name, "agency": AGENCY, "unit": unit, "roles": roles}
            await self.hear("identity.officer_changed.v1", {**told, "active": True}, name)

    async def accept(self, number: int) -> str:
        """Hear of an accepted dossier and return its code."""
        code = f"{AGENCY}-261207-{number:04d}"
        at = {"submitted_at": MONDAY_8.isoformat(), "accepted_at": MONDAY_8.isoformat()}
        told = {"code": code, "state": "accepted", "procedure_code": CODE, "procedure_version": 1}
        told |= {"field": "G15-TP07", "channel": "online", "due_at": FRIDAY_CLOSE.isoformat(), **at}
        told |= {"receiving_point": AGENCY, "competent_agency": AGENCY}
        await self.hear("intake.dossier_accepted.v1", told, code)
        return code

    async def hear(self, type_: str, told: dict[str, Any], subject: str) -> None:
        """Let a neighbour's fact take effect."""
        found = subscriptions(self.rules).get(type_)
        assert found is not None
        meta = Meta(uuid7(), type_, MONDAY_8, AGENCY, subject, 1)
        async with self.database.sessions.begin() as session:
            await found.handler(session, [(found.model.model_validate(fact(type_, told)), meta)])

    def who(self, name: str) -> Caller:
        """Return one of the agency's people."""
        unit, roles = PEOPLE[name]
        return officer(*roles, agency=AGENCY, unit=unit, subject=name, scope="agency")

    async def act(self, name: str, path: str, **body: Any) -> httpx.Response:
        """Let somebody do something below the agency."""
        async with client(self.app, self.who(name)) as web:
            return await web.post(f"/api/processing/agencies/{AGENCY}/{path}", json=body)

    async def one(self, code: str) -> dict[str, Any]:
        """Read a dossier as the head does."""
        async with client(self.app, self.who("lan")) as web:
            found: dict[str, Any] = (
                await web.get(f"/api/processing/agencies/{AGENCY}/dossiers/{code}")
            ).json()
            return found

    async def told(self, code: str) -> list[tuple[str, int]]:
        """Return the kinds and versions of the facts told of a dossier, oldest first."""
        rows = await (await self.database.pool()).fetch(
            "select type, (envelope -> 'data' ->> 'aggregate_version')::int as version from outbox"
            " where envelope -> 'data' ->> 'aggregate_id' = $1 order by version",
            code,
        )
        return [(row["type"].split(".")[1], row["version"]) for row in rows]
