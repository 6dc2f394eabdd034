"""Versions before they are in force: what they change in words, the content check, and what the portal lacks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

from common.api import CallerDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from common.security import Caller
from fastapi import APIRouter, Depends
from procedures import Offer
from pydantic import BaseModel
from regulation.roles import Right, who_may
from regulation.typed import Line, Reason
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.api.deps import ControlDep, CoverageTargetDep, EditorDep, RulesDep
from catalog.api.procedures import Gap, read_code
from catalog.domain.completeness import gaps
from catalog.domain.differences import differences
from catalog.domain.drafts import DraftDeed, draft_deeds, state_said
from catalog.domain.errors import OnlineApprovalMissingError, UnknownProcedureError
from catalog.domain.service_levels import SchemeRules, refuse_unapproved
from catalog.domain.versions import UNSEEN, State
from catalog.models import ProcedureVersion, VersionCheck
from catalog.queries import drafts
from catalog.usecases.check_version import ask_for_check, decide_check

router = APIRouter(prefix="/api/catalog", tags=["drafts"])
READING = only_for(who_may(Right.READ_DRAFTS))
EDITING, CHECKING = only_for(who_may(Right.EDIT_CATALOGUE)), only_for(who_may(Right.CHECK_CONTENT))
VERSION = "/procedures/{code}/versions/{number}"


class DraftItem(BaseModel):
    """A version that nobody outside sees yet."""

    code: str
    number: int
    name: str
    state: State
    state_label: str
    created_at: datetime


class DraftList(BaseModel):
    """The versions that wait, the oldest first, and whether the caller may begin one."""

    items: list[DraftItem]
    may_begin: bool


class DifferenceOut(BaseModel):
    """One part that differs from the version it is compared with."""

    part: str
    label: str
    before: list[str]
    after: list[str]


class CheckOut(BaseModel):
    """A check of the content: when it was asked for and what was found."""

    asked_at: datetime
    decided_at: datetime | None
    approved: bool | None
    reason: str


class DraftOut(DraftItem):
    """What a version changes, what it lacks, what was found of it, and what the caller may do."""

    version: int
    compared_with: int | None
    differences: list[DifferenceOut]
    gaps: list[Gap]
    checks: list[CheckOut]
    needs_approval: bool
    """Whether it begins to be taken online, so that the Chairman's decision must be named."""
    actions: list[DraftDeed]


class SeenBody(BaseModel):
    """The row version that was seen."""

    version: int


class CheckedBody(SeenBody):
    """What the content controller remarks, if anything."""

    reason: Line = ""


class ReturnedBody(SeenBody):
    """Why it is returned."""

    reason: Reason


class MissingOut(BaseModel):
    """A procedure that a decision names and the portal does not show."""

    procedure: str
    name: str
    decision: str


class CoverageOut(BaseModel):
    """How much of what decisions name for an agency the portal shows; `percent` is cut to whole ones."""

    agency: str
    agency_name: str
    decided: int
    shown: int
    percent: int
    missing: list[MissingOut]


class CoverageList(BaseModel):
    """The agencies with decided procedures, those with most gaps first, and the target of the profile."""

    items: list[CoverageOut]
    target: str
    decided: int
    shown: int


def _needs_approval(rules: SchemeRules, offers: Sequence[Offer], running: Sequence[Offer]) -> bool:
    try:
        refuse_unapproved(rules, running, offers, approved=False)
    except OnlineApprovalMissingError:
        return True
    return False


@dataclass(frozen=True)
class Looked:
    """One look at a version: who looks, in which language, under which rules."""

    session: AsyncSession
    caller: Caller
    rules: SchemeRules
    checked: bool
    lang: str


async def _looked(
    session: SessionDep, caller: CallerDep, rules: RulesDep, checked: ControlDep, lang: LangDep
) -> Looked:
    return Looked(session, caller, rules, checked, lang)


LookedDep = Annotated[Looked, Depends(_looked)]


async def draft_out(look: Looked, version: ProcedureVersion) -> DraftOut:
    """Show a version beside the one in force or listed. Raises: UnknownProcedureError: it is no draft."""
    if version.state not in UNSEEN:
        raise UnknownProcedureError(field="version", procedure=f"{version.procedure}/{version.number}")
    session, rules, caller, lang = look.session, look.rules, look.caller, look.lang
    procedure = await queries.procedure(session, version.procedure)
    current = await queries.current_version(session, procedure)
    content = version.read()
    lacks = gaps(content, await queries.surroundings(session, content, rules))
    found = differences(current.read(), content, lang) if current else []
    deeds = draft_deeds(
        version.state,
        edits=bool(caller.roles & who_may(Right.EDIT_CATALOGUE)),
        controls=bool(caller.roles & who_may(Right.CHECK_CONTENT)),
        wrote=caller.subject in await drafts.authors(session, version),
        checked=look.checked,
    )
    return DraftOut(
        **_item(version, lang),
        version=version.version,
        compared_with=current.number if current else None,
        differences=[DifferenceOut.model_validate(asdict(one)) for one in found],
        gaps=[Gap(**vars(gap)) for gap in lacks],
        checks=_checks(await drafts.checks(session, version.procedure, version.number)),
        needs_approval=_needs_approval(
            rules, content.offers, await queries.running_offers(session, procedure)
        ),
        actions=deeds,
    )


def _item(version: ProcedureVersion, lang: str) -> dict[str, Any]:
    return {
        "code": version.procedure,
        "number": version.number,
        "name": version.content["name"],
        "state": State(version.state),
        "state_label": state_said(version.state, lang),
        "created_at": version.created_at,
    }


def _checks(rows: Sequence[VersionCheck]) -> list[CheckOut]:
    return [CheckOut(**{name: getattr(row, name) for name in CheckOut.model_fields}) for row in rows]


@router.get("/drafts", dependencies=[READING])
async def list_drafts(session: SessionDep, caller: CallerDep, lang: LangDep) -> DraftList:
    """List the versions that nobody outside sees yet."""
    rows = await drafts.drafts(session)
    may_begin = bool(caller.roles & who_may(Right.EDIT_CATALOGUE))
    return DraftList(items=[DraftItem.model_validate(_item(row, lang)) for row in rows], may_begin=may_begin)


@router.get(VERSION + "/comparison", dependencies=[READING])
async def compare(look: LookedDep, code: str, number: int) -> DraftOut:
    """Say in words what a version changes, what it lacks and what was found of it."""
    return await draft_out(look, await queries.version(look.session, read_code(code), number))


@router.post(VERSION + "/review", dependencies=[EDITING])
async def ask(
    *, look: LookedDep, by: EditorDep, now: NowDep, code: str, number: int, body: SeenBody
) -> DraftOut:
    """Hand a draft to the content controller."""
    version = await ask_for_check(look.session, read_code(code), number, seen=body.version, by=by, now=now)
    return await draft_out(look, version)


@router.post(VERSION + "/review/approval", dependencies=[CHECKING])
async def approve(look: LookedDep, now: NowDep, code: str, number: int, body: CheckedBody) -> DraftOut:
    """Approve the content."""
    version = await _decided(
        look, now, (read_code(code), number), body.version, approved=True, reason=body.reason
    )
    return await draft_out(look, version)


@router.post(VERSION + "/review/return", dependencies=[CHECKING])
async def return_(look: LookedDep, now: NowDep, code: str, number: int, body: ReturnedBody) -> DraftOut:
    """Return the content with the reason."""
    version = await _decided(
        look, now, (read_code(code), number), body.version, approved=False, reason=body.reason
    )
    return await draft_out(look, version)


async def _decided(
    look: Looked, now: datetime, which: tuple[str, int], seen: int, *, approved: bool, reason: str
) -> ProcedureVersion:
    who = look.session, *which
    return await decide_check(*who, approved=approved, reason=reason, seen=seen, caller=look.caller, now=now)


@router.get("/coverage", dependencies=[only_for(who_may(Right.READ_CHANGES))])
async def show_coverage(session: SessionDep, now: NowDep, target: CoverageTargetDep) -> CoverageList:
    """Tell by agency how much of what decisions name the portal shows. Source: NB Đ.12.2.a; BD Đ.3.1; R-CAT-10"""
    rows, names = await drafts.coverage(session, local_day(now)), await queries.agency_names(session)
    items = [
        CoverageOut(
            agency=row.agency,
            agency_name=names.get(row.agency, row.agency),
            decided=row.decided,
            shown=row.shown,
            percent=row.shown * 100 // row.decided,
            missing=[
                MissingOut(procedure=code, name=name, decision=number) for code, name, number in row.missing
            ],
        )
        for row in rows
    ]
    decided, shown = sum(row.decided for row in rows), sum(row.shown for row in rows)
    return CoverageList(items=items, target=target, decided=decided, shown=shown)
