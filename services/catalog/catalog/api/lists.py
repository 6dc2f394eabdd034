"""Search and lists of procedures and online services, open to everybody."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from common.api import DatabaseDep, LangDep, SessionDep
from fastapi import APIRouter, Query
from procedures.levels import LEVELS, Action
from pydantic import BaseModel, TypeAdapter
from regulation.text import Lang, fold
from search import Answer, Note

from catalog import queries
from catalog.api.deps import RulesDep, SearchDep
from catalog.domain.service_levels import SchemeRules
from catalog.domain.summaries import Filing, Terms, filing
from catalog.queries.search_index import Snapshot

router = APIRouter(prefix="/api/catalog", tags=["search"])
TERMS = TypeAdapter(Terms)


class ProcedureItem(BaseModel):
    """A procedure in a list: what it is, where it is filed, what it costs and how long it takes."""

    code: str
    name: str
    name_en: str
    field: str
    field_name: str
    level: str | None
    levels: list[str]
    route: str
    state: str
    online: bool
    service_level: str | None
    agencies: list[str]
    ministry: str | None
    filing: Filing
    fee: str
    fee_en: str
    time: str
    time_en: str


class NoteOut(BaseModel):
    """Why a list is empty; `message` in the caller's language."""

    code: str
    message: str
    vi: str
    en: str


class Suggestion(BaseModel):
    """Something to try instead: a query, or a procedure that comes near."""

    text: str
    code: str | None = None


class ProcedureList(BaseModel):
    """What a search found."""

    items: list[ProcedureItem]
    total: int
    note: NoteOut | None = None
    suggestions: list[Suggestion] = []


class ServiceItem(BaseModel):
    """An online service of an agency."""

    procedure: str
    name: str
    field: str
    agency: str
    agency_name: str
    service_level: str
    partial_reason: str | None
    actions: list[str]


class ServiceList(BaseModel):
    """Online services with how many there are at each level of the province's scheme."""

    items: list[ServiceItem]
    total: int
    scheme: str
    counts: dict[str, int]


@router.get("/procedures")
async def find_procedures(
    *,
    database: DatabaseDep,
    index: SearchDep,
    rules: RulesDep,
    lang: LangDep,
    q: Annotated[str, Query(max_length=300)] = "",
    field: str | None = None,
    agency: str | None = None,
    level: str | None = None,
    online: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ProcedureList:
    """Find procedures by plain words or code, narrowed by field, agency, level and being online."""
    snapshot = await index.snapshot(database)
    wanted = {"field": field, "agency": agency, "level": level, "online": online}
    allowed = _allowed(snapshot, wanted, rules)
    if not q.strip():
        codes = [code for code in snapshot.ordered if allowed is None or code in allowed]
        return _page(snapshot, codes[offset : offset + limit], len(codes), rules)
    answer = snapshot.search(q, allowed)
    codes = [hit.code for hit in answer.hits]
    page = _page(snapshot, codes[offset : offset + limit], len(codes), rules)
    return page.model_copy(update=_said(snapshot, answer, lang))


@router.get("/services")
async def list_services(
    *,
    session: SessionDep,
    database: DatabaseDep,
    index: SearchDep,
    rules: RulesDep,
    agency: str | None = None,
    agency_level: str | None = None,
    field: str | None = None,
    level: str | None = None,
) -> ServiceList:
    """List the online services in operation, counted per service level; `agency_level` is the administrative one."""
    snapshot = await index.snapshot(database)
    services = await queries.open_services(session)
    agencies = await queries.agencies_by_code(session, [service.agency for service in services])
    items = [
        ServiceItem(
            procedure=code,
            name=row["name"],
            field=row["field"],
            agency=at,
            agency_name=agencies[at].name,
            service_level=service.level,
            partial_reason=service.partial_reason,
            actions=[action.value for action in rules.actions(service.level)],
        )
        for service in services
        if (row := snapshot.rows.get(code := service.procedure))
        and agency in (None, at := service.agency)
        and field in (None, row["field"])
        and agency_level in (None, agencies[at].level)
    ]
    counts = {name: sum(item.service_level == name for item in items) for name in LEVELS[rules.scheme]}
    kept = [item for item in items if level in (None, item.service_level)]
    return ServiceList(items=kept, total=len(kept), scheme=rules.scheme.value, counts=counts)


def _allowed(snapshot: Snapshot, wanted: Mapping[str, Any], rules: SchemeRules) -> frozenset[str] | None:
    if all(value is None for value in wanted.values()):
        return None
    return frozenset(code for code, row in snapshot.rows.items() if _fits(row, wanted, rules))


def _fits(row: Mapping[str, Any], wanted: Mapping[str, Any], rules: SchemeRules) -> bool:
    field, agency, level, online = (wanted[name] for name in ("field", "agency", "level", "online"))
    return (
        (field is None or field == row["field"] or fold(field) == fold(row["field_name"]))
        and (agency is None or agency in row["agencies"])
        and (level is None or level in row["levels"])
        and (online is None or online == _online(row["service_levels"], rules))
    )


def _online(levels: Iterable[str], rules: SchemeRules) -> bool:
    return any(Action.SUBMIT in rules.actions(level) for level in levels)


def _page(snapshot: Snapshot, codes: Iterable[str], total: int, rules: SchemeRules) -> ProcedureList:
    return ProcedureList(items=[_item(snapshot.rows[code], rules) for code in codes], total=total)


def _item(row: Mapping[str, Any], rules: SchemeRules) -> ProcedureItem:
    levels = row["service_levels"]
    order = LEVELS[rules.scheme]
    best = max((level for level in levels if level in order), key=order.index, default=None)
    names = (
        "code",
        "name",
        "name_en",
        "field",
        "field_name",
        "levels",
        "route",
        "state",
        "agencies",
        "ministry",
    )
    terms = TERMS.validate_python({name: row[name] for name in ("cases", "channels", "fees", "limits")})
    fee, time = terms.fee(), terms.time()
    online = _online(levels, rules)
    return ProcedureItem(
        **{name: row[name] for name in names},
        level=row["levels"][-1] if row["levels"] else None,
        online=online,
        service_level=best,
        filing=filing(row["route"], online, bool(row["agencies"])),
        fee=fee["vi"],
        fee_en=fee["en"],
        time=time["vi"],
        time_en=time["en"],
    )


def _said(snapshot: Snapshot, answer: Answer, lang: Lang) -> dict[str, Any]:
    near = [
        Suggestion(text=snapshot.rows[code]["name"], code=code)
        for code in answer.near
        if code in snapshot.rows
    ]
    starters = [Suggestion(text=text) for text in answer.starters]
    return {"note": _note(answer.note, lang) if answer.note else None, "suggestions": near + starters}


def _note(note: Note, lang: Lang) -> NoteOut:
    return NoteOut(code=note.code, message=note.vi if lang == "vi" else note.en, vi=note.vi, en=note.en)
