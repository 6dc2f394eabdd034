"""The page of one procedure with all its constituent parts, open to everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from common.api import NowDep, SessionDep
from fastapi import APIRouter
from procedures import DeskContact, FormUse, Term, side_by_side
from procedures.levels import Action
from pydantic import BaseModel
from regulation.channels import Channel
from regulation.codes import ProcedureCode, UnreadableProcedureCodeError
from regulation.durations import Duration
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.api.deps import HistoryReaderDep, RulesDep
from catalog.domain.completeness import gaps
from catalog.domain.content import Content, together
from catalog.domain.errors import UnknownProcedureError
from catalog.domain.service_levels import SchemeRules
from catalog.domain.versions import UNSEEN, VISIBLE, State
from catalog.models import Agency, Procedure, ProcedureVersion

router = APIRouter(prefix="/api/catalog", tags=["procedures"])


class Gap(BaseModel):
    """A part that is missing or not clear."""

    field: str
    rule: str
    vi: str
    en: str


class OfferOut(BaseModel):
    """An agency that takes the procedure online, with the contact of its desk."""

    agency: str
    agency_name: str
    agency_name_en: str
    service_level: str
    partial_reason: str | None
    unit: str | None
    desk: DeskContact | None
    actions: list[str]


class TermOut(BaseModel):
    """Time limit and fee of one case through the channels that share them; `sure` when a date follows from it."""

    case: str | None
    case_name: str
    case_name_en: str
    channels: list[Channel]
    limit: str
    limit_en: str
    sure: bool
    fee: str
    fee_en: str
    amount: int | None
    note: str


class AgreedOut(BaseModel):
    """The time one of several agencies agreed to take."""

    agency: str
    time: str
    time_en: str


class BlankFormOut(BaseModel):
    """A blank form of a component and where it is fetched."""

    id: str
    name: str
    name_en: str
    version: int
    href: str


class VersionSummary(BaseModel):
    """A version in the list of versions."""

    number: int
    state: str
    decision_number: str | None
    decision_on: date | None
    effective_from: date | None
    effective_to: date | None


class ProcedureOut(BaseModel):
    """A procedure with everything its version says; `incomplete` names what national information leaves open."""

    code: str
    version: int
    row_version: int
    state: str
    name: str
    name_en: str
    field: str
    field_name: str
    levels: list[str]
    route: str
    route_url: str | None
    closed_from: date | None
    decision_number: str | None
    decision_on: date | None
    effective_from: date | None
    effective_to: date | None
    content: Content
    terms: list[TermOut]
    agreed: list[AgreedOut]
    """Of several agencies each with its part of the time, and at last all together."""
    online: bool
    forms: list[BlankFormOut]
    offers: list[OfferOut]
    incomplete: list[Gap]
    versions: list[VersionSummary]


class HistoryLine(BaseModel):
    """One edit: who, when, what, on which decision, before and after."""

    at: datetime
    entity: str
    entity_id: str
    action: str
    author: str
    agency: str | None
    decision: str | None
    old: dict[str, Any] | None
    new: dict[str, Any] | None


def read_code(text: str) -> str:
    """Return a code in its canonical form. Raises: UnknownProcedureError."""
    try:
        return str(ProcedureCode.normalise(text))
    except UnreadableProcedureCodeError as unreadable:
        raise UnknownProcedureError(field="code", procedure=text[:40]) from unreadable


@router.get("/procedures/{code}")
async def show_procedure(
    session: SessionDep, rules: RulesDep, now: NowDep, code: str, version: int | None = None
) -> ProcedureOut:
    """Show a procedure in its present or a named published version."""
    procedure = await queries.procedure(session, read_code(code))
    if version is None:
        shown = await queries.current_version(session, procedure)
    else:
        shown = await queries.version(session, procedure.code, version)
    if shown is None or shown.state in UNSEEN:
        raise UnknownProcedureError(field="code", procedure=code)
    return await procedure_out(session, procedure, shown, rules, local_day(now))


@router.get("/procedures/{code}/history")
async def show_history(session: SessionDep, _: HistoryReaderDep, code: str) -> dict[str, list[HistoryLine]]:
    """Show the edits of a procedure, newest first."""
    rows = await queries.history(session, read_code(code))
    return {"items": [HistoryLine.model_validate(row, from_attributes=True) for row in rows]}


async def procedure_out(
    session: AsyncSession, procedure: Procedure, shown: ProcedureVersion, rules: SchemeRules, today: date
) -> ProcedureOut:
    """Return the page of one version with names, contacts, download links and gaps."""
    content = shown.read()
    agencies = await queries.agencies_by_code(session, [offer.agency for offer in content.offers])
    known = await queries.versions(session, procedure.code)
    state, offers = _state(procedure, shown, today), _offers(content, agencies, rules)
    return ProcedureOut(
        code=procedure.code,
        version=shown.number,
        row_version=shown.version,
        state=state,
        name=content.name,
        name_en=content.name_en,
        field=content.field,
        field_name=await queries.field_name(session, content.field),
        levels=list(content.levels),
        route=content.route.value,
        route_url=content.route_url,
        closed_from=procedure.closed_from,
        decision_number=shown.decision_number or (content.national or {}).get("decision"),
        decision_on=shown.decision_on,
        effective_from=shown.effective_from,
        effective_to=shown.effective_to,
        content=replace(content, national=None),
        terms=[_term(term) for term in side_by_side(content.cases, content.limits, content.fees)],
        agreed=_agreed(content),
        online=_online(content, offers) and state != State.REPEALED,
        forms=[_form(use) for use in content.forms or ()],
        offers=offers,
        incomplete=await _incomplete(session, content, shown, rules),
        versions=[
            VersionSummary.model_validate(row, from_attributes=True)
            for row in known
            if row.state not in UNSEEN
        ],
    )


def _state(procedure: Procedure, shown: ProcedureVersion, today: date) -> str:
    """Say repealed from the day of the repeal on, even before the clock has announced it."""
    return State.REPEALED.value if shown.state in VISIBLE and procedure.closed_on(today) else shown.state


def _online(content: Content, offers: Iterable[OfferOut]) -> bool:
    """Tell whether somebody takes it online. Source: R-CAT-07"""
    return content.eform is not None and any(Action.SUBMIT in offer.actions for offer in offers)


def _term(term: Term) -> TermOut:
    limit, cost, case = term.limit, term.charge, term.case
    return TermOut(
        case=case.id if case else None,
        case_name=case.name if case else "",
        case_name_en=case.name_en if case else "",
        channels=list(term.channels),
        limit=limit.words("vi") if limit else "",
        limit_en=limit.words("en") if limit and limit.clear else "",
        sure=limit is not None and limit.clear,
        fee=cost.sum_words("vi"),
        fee_en=cost.sum_words("en"),
        amount=cost.amount,
        note=cost.details("vi"),
    )


def _agreed(content: Content) -> list[AgreedOut]:
    """Say each agency's part and the whole. Source: HN Đ.8.1.b; NB Đ.17.1.b; R-CAT-33"""
    parts = [(part.agency, [part.duration]) for part in content.agreed]
    whole = [("", together(content.agreed))] if parts else []
    return [
        AgreedOut(
            agency=agency, **{key: _said(times, lang) for key, lang in (("time", "vi"), ("time_en", "en"))}
        )
        for agency, times in (*parts, *whole)
    ]


def _said(times: Iterable[Duration], lang: str) -> str:
    return " + ".join(time.words(lang) for time in times)


def _form(use: FormUse) -> BlankFormOut:
    href = f"/api/catalog/forms/{use.id}/file?version={use.version}"
    return BlankFormOut(id=use.id, name=use.name, name_en=use.name_en, version=use.version, href=href)


def _offers(content: Content, agencies: Mapping[str, Agency], rules: SchemeRules) -> list[OfferOut]:
    return [
        OfferOut(
            agency=offer.agency,
            agency_name=row.name,
            agency_name_en=row.name_en,
            service_level=offer.service_level,
            partial_reason=offer.partial_reason,
            unit=offer.unit,
            desk=row.desk,
            actions=[action.value for action in rules.actions(offer.service_level)],
        )
        for offer in content.offers
        if (row := agencies.get(offer.agency))
    ]


async def _incomplete(
    session: AsyncSession, content: Content, shown: ProcedureVersion, rules: SchemeRules
) -> list[Gap]:
    if shown.state != State.LISTED:
        return []
    found = gaps(content, await queries.surroundings(session, content, rules))
    return [Gap(field=gap.field, rule=gap.rule, vi=gap.vi, en=gap.en) for gap in found]
