"""A book as its file declares it: what is asked, who writes and reads, how it is numbered, what everybody is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from eforms import Form, Problem, Question, Text, definition_problems, read_form
from eforms.kinds import kind_of
from regulation.roles import Right

from registers.domain.standing import CAPABILITIES, Touch

READS: Final = (Right.READ_OPERATIONS, Right.READ_CONDUCT, Right.READ_IMPROVEMENTS)
"""The rights by which books are read; who has none of them sees no book."""
KEEPS: Final = (Right.KEEP_OPERATIONS, Right.KEEP_CONDUCT, Right.KEEP_IMPROVEMENTS)
LONGEST: Final = 4000
"""Characters of an answer that names no other limit."""
_PREFIX: Final = re.compile(r"[A-Z]{2,6}")
_PART_KEYS: Final = frozenset({"longest", "required"})
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Moment:
    """Which questions give a local day and the time of it."""

    day: str
    time: str


@dataclass(frozen=True)
class Notice:
    """What of an entry everybody is told (thông báo): where the words stand, how long before and after they show."""

    when: str
    """The yes-or-no question that decides."""
    vi: str
    en: str
    before: timedelta
    after: timedelta
    planned: bool


@dataclass(frozen=True)
class Book:
    """A book (sổ): one kind of thing that has to be recorded."""

    key: str
    prefix: str
    name: Text
    says: Text
    source: str
    reads: Right
    keeps: Right
    opening: Form
    closing: Form
    opening_definition: Json
    closing_definition: Json
    heads: tuple[str, ...]
    """The questions whose answers stand in the list."""
    chosen_by: str
    """The question with choices by which the list is filtered; empty for none."""
    deeds: bool
    """Whether what is done is entered with its time."""
    ahead: bool
    """Whether the beginning may lie ahead."""
    begins: Moment | None
    expected: Moment | None
    ends: Moment | None
    notice: Notice | None
    touches: Mapping[str, frozenset[str]]
    """What people cannot rely on while an entry is open, by the answer to `chosen_by`."""
    slight: Mapping[str, frozenset[str]]
    """Answers, by question, with which an entry is an inconvenience and nothing more."""
    alarms: Mapping[str, tuple[Any, ...]]
    """Answers, by question, one of which is told at once to whom has to act."""

    def alarm(self, values: Json) -> bool:
        """Tell whether an entry with these answers is told at once to whom has to act. Source: R-OPS-05"""
        return any(values.get(name) in told for name, told in self.alarms.items())

    def touched(self, values: Json) -> frozenset[str]:
        """Return what an entry with these answers touches of what people do."""
        return self.touches.get(str(values.get(self.chosen_by)), frozenset())

    def touch(self, values: Json) -> Touch:
        """Return how much an entry with these answers means to people."""
        if self.notice and self.notice.planned:
            return Touch.PLANNED
        slight = any(str(values.get(name)) in told for name, told in self.slight.items())
        return Touch.SLIGHT if slight else Touch.INCIDENT

    @property
    def questions(self) -> dict[str, Question]:
        """Return all questions, those of the end last."""
        return {**self.opening.questions, **self.closing.questions}

    @property
    def closes(self) -> bool:
        """Whether its entries end."""
        return bool(self.closing.pages)


def read_book(key: str, source: Json) -> Book:
    """Return the book that a file declares. Raises: ValueError naming what is wrong with the declaration."""
    if problems := book_problems(source):
        raise ValueError(f"{key}: {'; '.join(problems)}")
    opening, closing = _definition("opening", source), _definition("closing", source)
    return Book(
        key=key,
        prefix=source["prefix"],
        name=Text.read(source["name"]),
        says=Text.read(source["says"]),
        source=source["source"],
        reads=Right(source["reads"]),
        keeps=Right(source["keeps"]),
        opening=read_form(opening),
        closing=read_form(closing),
        opening_definition=opening,
        closing_definition=closing,
        heads=tuple(source["heads"]),
        chosen_by=source.get("chosen_by", ""),
        deeds=bool(source.get("deeds")),
        ahead=bool(source.get("ahead")),
        **{name: _moment(source.get(name)) for name in ("begins", "expected", "ends")},
        notice=_notice(source.get("notice")),
        touches={value: frozenset(told) for value, told in (source.get("touches") or {}).items()},
        slight={name: frozenset(told) for name, told in (source.get("slight") or {}).items()},
        alarms={name: tuple(told) for name, told in (source.get("alarms") or {}).items()},
    )


def _moment(source: Json | None) -> Moment | None:
    return Moment(source["day"], source["time"]) if source else None


def _notice(source: Json | None) -> Notice | None:
    if not source:
        return None
    before, after = timedelta(hours=source["hours_before"]), timedelta(hours=source["hours_after"])
    return Notice(source["when"], source["vi"], source["en"], before, after, bool(source.get("planned")))


def _definition(part: str, source: Json) -> Json:
    """Return the e-form of one part of a book: its questions, and the data that follow from their kinds."""
    fields = source.get(part) or ()
    if not fields:
        return {}
    data = {field["name"]: _data(field) for field in fields}
    asked = [{key: said for key, said in field.items() if key not in _PART_KEYS} for field in fields]
    return {
        "data": {
            "type": "object",
            "additionalProperties": False,
            "properties": data,
            "required": [field["name"] for field in fields if field.get("required")],
        },
        "pages": [{"id": part, "title": source["name"], "fields": asked}],
        "logic": _words_needed(source, data),
    }


def _words_needed(source: Json, here: Json) -> list[Json]:
    """Insist on words for everybody where everybody is to be told."""
    notice = source.get("notice") or {}
    if notice.get("when") not in here or notice.get("vi") not in here:
        return []
    decided = {"field": notice["when"], "operator": "equals", "value": True}
    return [{"when": {"all": [decided]}, "then": {"require": [notice["vi"]]}}]


def _data(field: Json) -> Json:
    kind = kind_of(str(field.get("widget"))).data[0]
    return {"type": kind, "maxLength": field.get("longest", LONGEST)} if kind == "string" else {"type": kind}


def book_problems(source: Json) -> list[str]:
    """Return what is wrong with a declaration, in sentences; empty when it is sound."""
    fields = [field for part in ("opening", "closing") for field in source.get(part) or ()]
    names = [field.get("name") for field in fields]
    unknown = sorted({name for name in _named(source) if name not in names})
    found = [f"{name} is no question of the book" for name in unknown]
    found += [f"{name} is asked twice" for name in sorted({name for name in names if names.count(name) > 1})]
    if not _PREFIX.fullmatch(str(source.get("prefix", ""))):
        found.append("the prefix of its numbers is two to six capitals")
    if source.get("reads") not in READS or source.get("keeps") not in KEEPS:
        found.append("who reads and keeps it are rights of books")
    if "Đ." not in str(source.get("source", "")):
        found.append("it names no article")
    found += [*_touching_problems(source, fields)]
    found += [one for key in ("slight", "alarms") for one in _answer_problems(source.get(key) or {}, fields)]
    return found + [problem.en for part in ("opening", "closing") for problem in _form_problems(part, source)]


def _touching_problems(source: Json, fields: Iterable[Json]) -> list[str]:
    """Say which answer touches something unknown, or is not told to touch anything or nothing."""
    touches = source.get("touches")
    if touches is None:
        return []
    chosen = next((field for field in fields if field.get("name") == source.get("chosen_by")), {})
    missed = {option["value"] for option in chosen.get("options") or ()} ^ set(touches)
    unknown = {one for told in touches.values() for one in told} - set(CAPABILITIES)
    return [f"what {one} touches is not told, or it is no choice" for one in sorted(missed)] + [
        f"{one} is nothing people do" for one in sorted(unknown)
    ]


def _answer_problems(named: Json, fields: Iterable[Json]) -> list[str]:
    """Say which answer that makes an entry slight, or an alarm, is no answer of its question."""
    choices = {field.get("name"): _choices(field) for field in fields}
    return [
        f"{value} is no answer to {name}"
        for name, told in named.items()
        for value in sorted(set(told) - choices.get(name, set()), key=str)
    ]


def _choices(field: Json) -> set[Any]:
    if field.get("widget") == "yes_no":
        return {True, False}
    return {option["value"] for option in field.get("options") or ()}


def _form_problems(part: str, source: Json) -> list[Problem]:
    definition = _definition(part, source)
    if not definition and part == "closing":
        return []
    return definition_problems(definition, set(), declared=False)


def _named(source: Json) -> Iterable[str]:
    """Give every question that other keys of a declaration name."""
    yield from source.get("heads") or ()
    yield from (source[key] for key in ("chosen_by",) if source.get(key))
    for moment in (source.get(name) or {} for name in ("begins", "expected", "ends")):
        yield from moment.values()
    notice = source.get("notice") or {}
    yield from (notice[key] for key in ("when", "vi", "en") if key in notice)
