"""How books, entries and lines are answered, in the language of the request."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from common.api import Page
from eforms import told_answer
from pydantic import BaseModel
from regulation.text import Lang, short_instant

from registers.domain import Book, Deed, State
from registers.models import Entry, Line


class ChoiceOut(BaseModel):
    """A choice by which a list is filtered."""

    value: str
    label: str


class BookOut(BaseModel):
    """A book: its name, what it is for, its questions as e-forms, and whether the caller may write in it."""

    key: str
    name: str
    says: str
    source: str
    can_keep: bool
    closes: bool
    deeds: bool
    opening: dict[str, Any]
    closing: dict[str, Any]
    chosen_by: str
    choices: list[ChoiceOut]
    begins_now: dict[str, str] = {}
    """Which questions ask for the `day` and the `time` it began, where that is mostly just now."""
    suggested: dict[str, str] = {}
    """Answers that the province's regulation suggests, by question."""


class CellOut(BaseModel):
    """One answer in words under its question."""

    name: str
    label: str
    told: str


class EntryRowOut(BaseModel):
    """An entry in a list."""

    number: str
    state: str
    state_label: str
    opened_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    cells: list[CellOut]


class EntryPageOut(Page[EntryRowOut]):
    """A page of a book, newest first; `capped` says that `total` stopped counting."""

    capped: bool


class ChangeOut(BaseModel):
    """What a correction replaced."""

    label: str
    before: str
    after: str


class LineOut(BaseModel):
    """One line of an entry; `name` is empty where nobody has told who the account belongs to."""

    no: int
    kind: str
    label: str
    at: datetime
    by: str
    name: str
    reason: str
    what: str
    done_at: datetime | None
    changes: list[ChangeOut]


class EntryOut(EntryRowOut):
    """A whole entry with its lines; `actions` are the sub-resources the caller may post to."""

    version: int
    closed_at: datetime | None
    expected_at: datetime | None
    values: dict[str, Any]
    lines: list[LineOut]
    actions: list[str]


def book_out(
    book: Book, lang: Lang, *, can_keep: bool, suggested: Mapping[str, str] = MappingProxyType({})
) -> BookOut:
    """Describe a book."""
    chosen = book.questions.get(book.chosen_by)
    return BookOut(
        key=book.key,
        name=book.name.told(lang),
        says=book.says.told(lang),
        source=book.source,
        can_keep=can_keep,
        closes=book.closes,
        deeds=book.deeds,
        opening=dict(book.opening_definition),
        closing=dict(book.closing_definition),
        chosen_by=chosen.label.told(lang) if chosen else "",
        choices=[ChoiceOut(value=one.value, label=one.label.told(lang)) for one in chosen.choices]
        if chosen
        else [],
        begins_now={"day": book.begins.day, "time": book.begins.time}
        if book.begins and not book.ahead
        else {},
        suggested={name: said for name, said in suggested.items() if name in book.opening.questions},
    )


def row_of(book: Book, entry: Entry, lang: Lang, *, whole: bool = False) -> dict[str, Any]:
    """Return what a list, or a whole entry, says of an entry."""
    names = book.questions if whole else book.heads
    return {
        "number": entry.number,
        "state": entry.state,
        "state_label": State(entry.state).said(lang),
        "opened_at": entry.opened_at,
        "began_at": entry.began_at,
        "ended_at": entry.ended_at,
        "cells": [cell for name in names if (cell := cell_of(book, name, entry.values, lang)).told],
    }


def cell_of(book: Book, name: str, values: Mapping[str, Any], lang: Lang) -> CellOut:
    """Say one answer in words."""
    question = book.questions[name]
    return CellOut(
        name=name, label=question.label.told(lang), told=told_answer(question, values.get(name), lang)
    )


def entry_out(
    book: Book,
    entry: Entry,
    lines: Sequence[Line],
    names: Mapping[str, str],
    *,
    lang: Lang,
    actions: list[str],
) -> EntryOut:
    """Describe a whole entry."""
    return EntryOut(
        **row_of(book, entry, lang, whole=True),
        version=entry.version,
        closed_at=entry.closed_at,
        expected_at=entry.expected_at,
        values=entry.values,
        lines=[line_out(book, line, names, lang) for line in lines],
        actions=actions,
    )


def line_out(book: Book, line: Line, names: Mapping[str, str], lang: Lang) -> LineOut:
    """Describe one line."""
    corrected, done = line.kind == Deed.CORRECTED, line.kind == Deed.DONE
    return LineOut(
        no=line.no,
        kind=line.kind,
        label=Deed(line.kind).said(lang),
        at=line.at,
        by=line.by,
        name=names.get(line.by, ""),
        reason=line.reason,
        what=line.values["what"] if done else "",
        done_at=datetime.fromisoformat(line.values["done_at"]) if done else None,
        changes=[_change(book, name, said, lang) for name, said in line.values.items()] if corrected else [],
    )


def _change(book: Book, name: str, said: Mapping[str, Any], lang: Lang) -> ChangeOut:
    question = book.questions[name]
    return ChangeOut(
        label=question.label.told(lang),
        before=told_answer(question, said["before"], lang),
        after=told_answer(question, said["after"], lang),
    )


def history_of(lines: Sequence[Line], book: Book, lang: Lang) -> str:
    """Tell in one cell of a table what was done and corrected, each with its time."""
    told = [line_out(book, line, {}, lang) for line in lines if line.kind in (Deed.DONE, Deed.CORRECTED)]
    return "; ".join(
        f"{short_instant(one.done_at or one.at, lang)}: {one.what or _corrected(one)}" for one in told
    )


def _corrected(line: LineOut) -> str:
    changes = ", ".join(f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in line.changes)
    return f"{line.label}: {changes} ({line.reason})"
