"""Take dossiers over from another instance, with everything that was done there."""

import uuid
from collections.abc import Sequence
from typing import Any

from common.copies import put
from common.inbox import Meta, NotYetError
from common.outbox import record
from common.sealed import sealed_columns
from common.sealing import Ring, ring_of
from pydantic import BaseModel
from regulation.codes.agency import AgencyCode
from regulation.instances import PROVINCE
from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import NotHandedOverError
from processing.domain.rules import HandlingRules
from processing.events import DossiersTakenOver, Handling
from processing.models import (
    Assignment,
    Consultation,
    Dossier,
    Elsewhere,
    Extension,
    ProcedureVersion,
    Revocation,
    StepRecord,
    Supplement,
)


class Handed(BaseModel, frozen=True):
    """A dossier that was handed over, for the instance `to`."""

    to: str
    handling: Handling


Arrived = Sequence[tuple[Handed, Meta]]


async def take_over_dossiers(session: AsyncSession, told: Arrived, rules: HandlingRules) -> None:
    """Write the dossiers as they were there, and say that they are here; what is here already stays.

    Raises:
        NotHandedOverError: who tells of it never had it.
        NotYetError: the acceptance or the procedure of one has not arrived.

    Source: decision 0048
    """
    mine = {one.handling.code: (one.handling, meta) for one, meta in told if one.to == rules.instance}
    new = await _new(session, mine, rules)
    if not mine:
        return
    await _expect_procedures(session, [handling for handling, _ in new])
    codes = [handling.code for handling, _ in new]
    beside = (StepRecord, Revocation, Consultation, Extension, Assignment, Supplement)
    parts = [kind.dossier_code for kind in beside]
    for row in (*parts, Dossier.code, Elsewhere.code):
        await session.execute(delete(row.class_).where(row.in_(codes)))
    ring = ring_of(session)
    await put(session, Dossier, [_dossier(handling, meta, ring) for handling, meta in new])
    await put(session, StepRecord, [one for handling, _ in new for one in _own(handling, handling.steps)])
    decisions = [one for handling, _ in new for one in _own(handling, handling.decisions)]
    await put(session, Revocation, [_decision(one, ring) for one in decisions])
    asked = [one for handling, _ in new for one in _own(handling, handling.consultations)]
    await put(session, Consultation, asked)
    dates = [one for handling, _ in new for one in _own(handling, handling.extensions)]
    await put(session, Extension, dates)
    hands = [one for handling, _ in new for one in _own(handling, handling.assignments)]
    await put(session, Assignment, hands)
    wanting = [one for handling, _ in new for one in _own(handling, handling.supplements)]
    await put(session, Supplement, wanting)
    await record(session, *_receipts(mine, rules.instance))


async def _new(
    session: AsyncSession, mine: dict[str, tuple[Handling, Meta]], rules: HandlingRules
) -> list[tuple[Handling, Meta]]:
    """Return those that are newer than what is known here. Raises: NotHandedOverError, NotYetError."""
    held = select(Dossier.code, Dossier.announced, Dossier.agency).where(Dossier.code.in_(mine))
    here = {code: (version, agency) for code, version, agency in (await session.execute(held)).tuples()}
    away = {row.code: row for row in await session.scalars(select(Elsewhere).where(Elsewhere.code.in_(mine)))}
    new = []
    for code, (handling, meta) in mine.items():
        known = away.get(code)
        version, owner = here.get(code, (0, known.agency if known else meta.agency))
        if {handling.agency, owner, known.agency if known else owner} != {meta.agency}:
            raise NotHandedOverError(what=code)
        if rules.instance != PROVINCE and not AgencyCode.parse(handling.agency).within(rules.instance):
            raise NotHandedOverError(
                what=code
            )  # whoever may tell of an agency may still not tell it everybody
        if meta.aggregate_version <= max(version, known.version if known else 0):
            continue
        if rules.instance == PROVINCE and code in here:
            raise NotHandedOverError(what=code)
        if rules.instance == PROVINCE and known is None:
            raise NotYetError("acceptance", code)
        new.append((handling, meta))
    return new


async def _expect_procedures(session: AsyncSession, handled: Sequence[Handling]) -> None:
    wanted = {(one.procedure_code, one.procedure_version) for one in handled}
    key = tuple_(ProcedureVersion.code, ProcedureVersion.version)
    known = select(ProcedureVersion.code, ProcedureVersion.version).where(key.in_(wanted))
    for code, version in wanted - set((await session.execute(known)).tuples().all()):
        raise NotYetError("procedure", f"{code}/{version}")


_BESIDE = ("steps", "decisions", "consultations", "extensions", "assignments", "supplements")


def _dossier(handling: Handling, meta: Meta, ring: Ring | None) -> dict[str, Any]:
    told = handling.model_dump(mode="json", exclude={*_BESIDE})
    row = sealed_columns(Dossier, told, f"dossier.{handling.code}", ring)
    number = handling.code.partition("-")[2]
    serial = handling.code.rpartition("-")[2]
    return row | {"number": number, "serial": serial, "announced": meta.aggregate_version}


def _own(handling: Handling, parts: Sequence[BaseModel]) -> list[dict[str, Any]]:
    return [{"dossier_code": handling.code, **one.model_dump(mode="json")} for one in parts]


def _decision(told: dict[str, Any], ring: Ring | None) -> dict[str, Any]:
    return sealed_columns(Revocation, told, f"revocation.{told['dossier_code']}.{told['number']}", ring)


def _receipts(mine: dict[str, tuple[Handling, Meta]], by: str) -> list[DossiersTakenOver]:
    """Say per agency what was taken over; said again for what is told again, because the first word may be lost."""
    at = max(meta.time for _, meta in mine.values())
    agencies = {meta.agency for _, meta in mine.values()}
    return [
        DossiersTakenOver(
            aggregate_id=str(uuid.uuid4()),
            aggregate_version=1,
            agency=agency,
            occurred_at=at,
            by=by,
            codes=sorted(code for code, (_, meta) in mine.items() if meta.agency == agency),
        )
        for agency in sorted(agencies, key=str)
    ]
