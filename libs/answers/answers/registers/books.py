"""Registers: its answers about books."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answers.answer import Answer


class ChoiceOut(Answer):
    """A choice by which a list is filtered."""

    label: str
    value: str


class BookOut(Answer):
    """A book: its name, what it is for, its questions as e-forms, and whether the caller may write in it."""

    begins_now: Mapping[str, str] = {}
    can_keep: bool
    choices: tuple[ChoiceOut, ...]
    chosen_by: str
    closes: bool
    closing: Mapping[str, Any]
    deeds: bool
    key: str
    name: str
    opening: Mapping[str, Any]
    says: str
    source: str
    suggested: Mapping[str, str] = {}


class CellOut(Answer):
    """One answer in words under its question."""

    label: str
    name: str
    told: str


class ChangeOut(Answer):
    """What a correction replaced."""

    after: str
    before: str
    label: str


class LineOut(Answer):
    """One line of an entry; `name` is empty where nobody has told who the account belongs to."""

    at: datetime
    by: str
    changes: tuple[ChangeOut, ...]
    done_at: datetime | None
    kind: str
    label: str
    name: str
    no: int
    reason: str
    what: str


class EntryOut(Answer):
    """A whole entry with its lines; `actions` are the sub-resources the caller may post to."""

    actions: tuple[str, ...]
    began_at: datetime | None
    cells: tuple[CellOut, ...]
    closed_at: datetime | None
    ended_at: datetime | None
    expected_at: datetime | None
    lines: tuple[LineOut, ...]
    number: str
    opened_at: datetime
    state: str
    state_label: str
    values: Mapping[str, Any]
    version: int


class EntryRowOut(Answer):
    """An entry in a list."""

    began_at: datetime | None
    cells: tuple[CellOut, ...]
    ended_at: datetime | None
    number: str
    opened_at: datetime
    state: str
    state_label: str


class EntryPageOut(Answer):
    """A page of a book, newest first; `capped` says that `total` stopped counting."""

    capped: bool
    items: tuple[EntryRowOut, ...]
    next: str | None = None
    total: int
