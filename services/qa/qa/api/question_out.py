"""A whole question as officers see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eforms import told_answer
from pydantic import BaseModel
from regulation.roles import Right, view

from qa import queries
from qa.api.attachment_out import AttachmentOut, files_out
from qa.api.deps import Desk
from qa.api.draft_out import DraftOut, DraftTextOut, as_they_came, draft_out, mended_drafts
from qa.api.shapes import (
    AnswerTextOut,
    CitationOut,
    ClockOut,
    DeedOut,
    FoundOut,
    InterimOut,
    RefusalOut,
    answer_out,
    asker_said,
    clock_out,
    interim_out,
    labels_of,
    refusal_out,
)
from qa.domain import AskerKind, Deed, State
from qa.domain.publication import ANSWERS
from qa.domain.states import actions_of
from qa.models import Line


class CellOut(BaseModel):
    """One answer in words under its question."""

    name: str
    label: str
    told: str


class AskerOut(BaseModel):
    """Who asks, as far as the handling needs it."""

    kind: str
    kind_label: str
    cells: list[CellOut]
    account: bool
    consent_name: bool


class ReturnAskedOut(BaseModel):
    """A return that waits for the coordinator's consent."""

    reason: str
    at: datetime
    better_agency: str | None = None


class PublicationOut(BaseModel):
    """What everybody may read, or is to."""

    state: str
    title: str
    question: str
    answer: str
    citations: list[CitationOut]
    no_citation_reason: str
    full_name: str
    position: str
    phone: str
    email: str
    with_name: bool
    name: str
    by_name: str
    at: datetime
    reason: str
    doubtful: list[FoundOut]


class LeaderOut(BaseModel):
    """How the caller signed last."""

    full_name: str
    position: str
    phone: str
    email: str


class QuestionOut(BaseModel):
    """A question with its clocks, its history and what the caller may do.

    `held_by` is the agency whose own instance has it, empty where the province does.
    """

    number: str
    version: int
    state: str
    state_label: str
    topic: str
    topic_label: str
    kind: str | None
    kind_label: str
    title: str
    text: str
    doubts: list[str]
    agency: str | None
    agency_name: str
    asked_agency: str | None
    asked_agency_name: str
    procedure: str | None
    procedure_name: str
    follows: str | None
    supplements: list[str]
    asked_at: datetime
    asker: AskerOut | None
    files: list[AttachmentOut]
    clocks: list[ClockOut]
    draft: DraftOut | None
    mended_drafts: list[DraftTextOut]
    answer: AnswerTextOut | None
    interim: list[InterimOut]
    refusal: RefusalOut | None
    return_asked: ReturnAskedOut | None
    better_agency: str | None
    better_agency_name: str
    publication: PublicationOut | None
    leader: LeaderOut | None
    history: list[DeedOut]
    held_by: str
    actions: list[str]


async def shown(desk: Desk) -> QuestionOut:
    """Describe the question of a request to its caller."""
    question, session, lang = desk.question, desk.session, desk.lang
    lines = await queries.lines_of(session, question.number)
    clocks = await queries.clocks_of(session, question.number)
    better = _better_agency(desk, lines)
    codes = {question.agency or "", question.asked_agency or "", better or "", *(one.agency for one in lines)}
    names = await queries.agency_names(session, codes | {one.owes for one in clocks}, lang)
    people = await queries.names_of(session, _people(desk, lines))
    procedures = await queries.procedure_names(session, {question.procedure or ""}, lang)
    here = names.get(question.agency or "", "")
    return QuestionOut(
        **labels_of(question, lang),
        **{name: getattr(question, name) for name in _PLAIN},
        agency_name=here,
        asked_agency_name=names.get(question.asked_agency or "", ""),
        procedure_name=procedures.get(question.procedure or "", ""),
        supplements=list(await queries.supplements_of(session, question.number)),
        asker=_asker(desk),
        files=await files_out(session, question.number),
        clocks=[clock_out(one, desk.rules, names, lang, desk.now) for one in clocks],
        draft=draft_out(desk.question, people),
        mended_drafts=mended_drafts(lines, people),
        answer=answer_out(question, here, lang),
        interim=interim_out(question),
        refusal=refusal_out(question, lang),
        return_asked=ReturnAskedOut(**question.return_asked) if question.return_asked else None,
        better_agency=better,
        better_agency_name=names.get(better or "", ""),
        publication=_publication(desk, people),
        leader=await _leader(desk),
        history=[_deed(one, people, names, lang) for one in lines],
        held_by=desk.place,
        actions=[] if desk.elsewhere else actions_of(question.place(desk.rules), desk.caller),
    )


_PLAIN = (
    "number",
    "version",
    "title",
    "text",
    "doubts",
    "agency",
    "asked_agency",
    "procedure",
    "follows",
    "asked_at",
)


def _people(desk: Desk, lines: Any) -> set[str]:
    draft = desk.question.draft or {}
    parts = (draft, draft.get("mended"), desk.question.sent_back, desk.question.publication)
    return {line.by for line in lines} | {part["by"] for part in (*parts, *as_they_came(lines)) if part}


def _better_agency(desk: Desk, lines: Sequence[Line]) -> str | None:
    """Return where it belongs as the agency said that gave it back last, while it waits for another."""
    if desk.question.state != State.RETURNED and desk.question.return_asked is None:
        return None
    said = [line.more.get("better_agency") for line in lines if line.deed in _GIVEN_BACK]
    return said[-1] if said else None


_GIVEN_BACK = frozenset({Deed.RETURNED, Deed.RECALLED, Deed.RETURN_ASKED})


def _asker(desk: Desk) -> AskerOut | None:
    """Tell who asks; nothing once it was erased."""
    question = desk.question
    if question.asker is None:
        return None
    form = desk.rules.forms[AskerKind(question.asker_kind)]
    known = [(name, asked) for name, asked in form.questions.items() if name in question.asker]
    return AskerOut(
        kind=question.asker_kind,
        kind_label=asker_said(question.asker_kind, desk.lang),
        cells=[
            CellOut(
                name=name,
                label=asked.label.told(desk.lang),
                told=told_answer(asked, question.asker[name], desk.lang),
            )
            for name, asked in known
        ],
        account=question.owner is not None,
        consent_name=question.consent_name,
    )


def _publication(desk: Desk, people: dict[str, str]) -> PublicationOut | None:
    told = desk.question.publication
    if told is None:
        return None
    public = desk.question.public
    found = ANSWERS.doubts(public, desk.question.asker)
    shown = {
        **public,
        "name": public.get("name", ""),
        "by_name": people.get(told["by"], told["by"]),
        "doubtful": [one._asdict() for one in found],
    }
    return PublicationOut.model_validate({name: shown[name] for name in PublicationOut.model_fields})


async def _leader(desk: Desk) -> LeaderOut | None:
    """Offer whoever may release how they signed last."""
    if not view(Right.RELEASE_ANSWER, desk.caller).sees(agency=desk.question.agency or ""):
        return None
    line = await queries.leader_line(desk.session, desk.caller.subject)
    return LeaderOut(full_name=line.full_name, position=line.position, phone=line.phone, email=line.email)


def _deed(line: Line, people: dict[str, str], names: dict[str, str], lang: Any) -> DeedOut:
    return DeedOut(
        at=line.at,
        deed=line.deed,
        label=Deed(line.deed).said(lang),
        by_name=people.get(line.by, ""),
        agency_name=names.get(line.agency, ""),
        reason=line.reason,
    )
