"""Set up the demonstration province: directory, forms, and a dozen procedures ready to use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.completeness import check_process, gaps
from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.domain.errors import IncompleteVersionError
from catalog.domain.service_levels import SchemeRules
from catalog.domain.versions import State
from catalog.models import (
    CONTENT,
    Agency,
    AgencyLevel,
    AgencyUnit,
    EditEntry,
    Form,
    ProcedureVersion,
    agency_changed,
    bring_into_force,
    stored,
)

SEED = Editor("demonstration")


@dataclass(frozen=True)
class SeedForm:
    """A form of the pack with the place of its file."""

    id: str
    name: str
    name_en: str
    issuing_text: str
    effective_from: date
    sha256: str
    size: int


@dataclass(frozen=True)
class Province:
    """What the pack says of the province, ready to be written."""

    directory: Mapping[str, Any]
    forms: Sequence[SeedForm]
    defaults: Mapping[str, Any]
    procedures: Sequence[Mapping[str, Any]]
    eforms: Mapping[str, Mapping[str, Any]]


@dataclass
class SeedReport:
    """How much was new."""

    agencies: int = 0
    forms: int = 0
    procedures: int = 0


async def seed_demo(
    session: AsyncSession, province: Province, rules: SchemeRules, now: datetime, day_hours: Fraction
) -> SeedReport:
    """Write what is not there yet and announce it; running it again changes nothing.

    Raises: IncompleteVersionError, UnknownProcedureError when the national catalogue was not imported before.
    """
    report = SeedReport()
    report.agencies = await _directory(session, province.directory, now)
    for form in province.forms:
        report.forms += await _form(session, form)
    await session.flush()
    communes = [row["code"] for row in province.directory["agencies"] if row["level"] == "commune"]
    for row in province.procedures:
        report.procedures += await _publish(
            session, row, province, communes, rules=rules, now=now, day_hours=day_hours
        )
    return report


async def _directory(session: AsyncSession, directory: Mapping[str, Any], now: datetime) -> int:
    for level in directory["levels"]:
        await session.merge(AgencyLevel(**level))
    await session.flush()
    new = 0
    for row in directory["agencies"]:
        if await session.get(Agency, row["code"]) is not None:
            continue
        units = row.get("units", {})
        agency = Agency(valid_from=directory["valid_from"], **{k: v for k, v in row.items() if k != "units"})
        session.add(agency)
        await session.flush()
        session.add_all(
            AgencyUnit(agency=agency.code, id=id_, name=name, name_en=en) for id_, (name, en) in units.items()
        )
        session.add(EditEntry.of("created", "agency", agency.code, SEED, now, new={"name": agency.name}))
        await record(session, agency_changed(agency, units, now))
        new += 1
    return new


async def _form(session: AsyncSession, form: SeedForm) -> int:
    if await session.get(Form, (form.id, 1)) is not None:
        return 0
    session.add(
        Form(number=1, file_name=f"{form.id}.pdf", media_type="application/pdf", announced=True, **vars(form))
    )
    return 1


async def _publish(
    session: AsyncSession,
    row: Mapping[str, Any],
    province: Province,
    communes: Sequence[str],
    *,
    rules: SchemeRules,
    now: datetime,
    day_hours: Fraction,
) -> int:
    procedure = await queries.procedure(session, row["code"], lock=True)
    present = await queries.current_version(session, procedure)
    if present is None or present.state != State.LISTED:
        return 0
    decision = province.defaults["decision"]
    content = _content(present.read(), row, province, communes, rules)
    if missing := gaps(content, await queries.surroundings(session, content, rules)):
        raise IncompleteVersionError(missing)
    check_process(content, day_hours)
    version = ProcedureVersion(
        procedure=procedure.code,
        number=procedure.next_number(),
        state=State.APPROVED,
        content=stored(content),
        decision_number=decision["number"],
        decision_on=decision["dated"],
        effective_from=decision["effective_on"],
        created_at=now,
        created_by=SEED.name,
    )
    session.add_all([version, _published(version, present.number, decision["effective_on"], now)])
    await session.flush()
    await record(session, await bring_into_force(session, procedure, version, rules, now))
    return 1


def _published(version: ProcedureVersion, before: int, effective_on: date, now: datetime) -> EditEntry:
    new = {"number": version.number, "effective_from": effective_on.isoformat()}
    return EditEntry.of(
        "published",
        "version",
        f"{version.procedure}/{version.number}",
        SEED,
        now,
        procedure=version.procedure,
        decision=version.decision_number,
        old={"number": before},
        new=new,
    )


def _content(
    base: Content, row: Mapping[str, Any], province: Province, communes: Sequence[str], rules: SchemeRules
) -> Content:
    """Lay what the province says over the national record."""
    plain = {"code", "forms", "process", "offers", "eform"}
    defaults = {key: value for key, value in province.defaults.items() if not key.endswith("decision")}
    said = {**stored(base), **defaults, **{key: value for key, value in row.items() if key not in plain}}
    named = {form.id: form for form in province.forms}
    forms = [
        {"id": id_, "name": named[id_].name, "name_en": named[id_].name_en, "version": 1}
        for id_ in row["forms"]
    ]
    decided = province.defaults["process_decision"]
    process = row.get("process") and {
        "version": 1,
        "decision_number": decided["number"],
        "decision_on": decided["dated"],
        "steps": row["process"],
    }
    content = CONTENT.validate_python(
        {
            **said,
            "route": row.get("route", "own"),
            "forms": forms,
            "process": process,
            "eform": province.eforms.get(row.get("eform", "")),
            "offers": _offers(row.get("offers"), communes, rules),
        }
    )
    return replace(content, route_url=row.get("route_url"))


def _offers(
    said: Mapping[str, Any] | None, communes: Sequence[str], rules: SchemeRules
) -> list[dict[str, Any]]:
    if said is None:
        return []
    agencies = {code: said["communes"] for code in communes if "communes" in said} | dict(
        said.get("others", {})
    )
    return [
        {
            "agency": code,
            "service_level": rules.propose(level),
            "partial_reason": said.get("partial_reason"),
            "unit": said["unit"] if code in communes else "chuyen-mon",
        }
        for code, level in agencies.items()
    ]
