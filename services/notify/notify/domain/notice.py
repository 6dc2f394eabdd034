"""What a notice says, gathered before it is written."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from regulation.text import LANGUAGES, Lang, short_date, short_instant
from regulation.zone import local, local_day

from notify.domain.errors import ForeignDossierError, ForeignOfficerError
from notify.domain.kinds import Kind

Words = Mapping[Lang, str]
Values = Mapping[Lang, Mapping[str, Any]]


@dataclass(frozen=True)
class Enclosure:
    """A document in the file store that belongs to a notice."""

    sha256: str
    size: int
    name: str
    media_type: str


@dataclass(frozen=True)
class DossierFacts:
    """What notices mention of a dossier; no personal data."""

    code: str
    procedure: Words
    agency: Words
    competent: Words
    forwarded: bool
    due_at: datetime | None
    recipients: tuple[str, ...]
    complete: bool
    settled_by: str
    """The code of the competent agency."""
    desk: str
    """The code of the receiving point."""

    def expect_told_by(self, agency: str | None) -> None:
        """Refuse news of handling from another agency; the province itself names none. Raises: ForeignDossierError."""
        if agency not in (None, self.settled_by):
            raise ForeignDossierError(dossier=self.code, agency=agency)

    def early(self, ready_at: datetime) -> bool:
        """Tell whether a result is early: before the due day. Source: HN Đ.8.1.c; TN Đ.11.5.c; R-NTF-08"""
        if self.due_at is None:
            return False
        return local_day(ready_at) < local_day(self.due_at)


Homes = Mapping[str, str | None]
"""The agency of each officer that is known, by account."""


def is_own(officer: str, homes: Homes, agency: str | None) -> bool:
    """Tell whether an agency may have an officer told: its own; the province itself names none and may all."""
    return agency is None or homes.get(officer, agency) == agency


def expect_own_officers(named: Collection[str], homes: Homes, agency: str | None) -> None:
    """Refuse that an agency has officers of another told. Raises: ForeignOfficerError."""
    for officer in named:
        if not is_own(officer, homes, agency):
            raise ForeignOfficerError(officer=officer, agency=agency)


@dataclass(frozen=True)
class Notice:
    """A notice to be written: to whom, about what that happened `at` an instant, with which values per language."""

    kind: Kind
    event_id: uuid.UUID
    at: datetime
    recipients: tuple[str, ...]
    code: str | None
    values: Values
    due_at: datetime | None = None
    attachments: tuple[Enclosure, ...] = field(default=())
    stands_for: "StandIn | None" = None
    """For whom the recipient of this one stands in."""


@dataclass(frozen=True)
class StandIn:
    """An officer who is away until a local day, that day counted, and who stands in."""

    officer: str
    name: str
    until: date
    substitute: str

    def said(self, lang: Lang) -> str:
        """Say why somebody is told of a dossier that another handles."""
        until = short_date(self.until, lang)
        if lang == "en":
            return f"{self.name} handles this dossier and is away until {until}; you stand in."
        return f"Hồ sơ này do {self.name} thụ lý; {self.name} vắng đến hết ngày {until}, bạn là người thay."


# Fields that only some facts know; a template may name them in any notice.
_UNTOLD = dict.fromkeys(
    (
        *("at", "lines", "number", "answer_by", "way", "papers", "result_channel", "signed", "rating"),
        *("waiting", "late", "answered", "desks"),
    ),
    "",
)
Extras = Callable[[Lang], Mapping[str, Any]]


def dossier_values(facts: DossierFacts, extras: Extras, due_at: datetime | None) -> Values:
    """Return the template fields of a dossier per language; `due_at` is the time the notice is about.

    Source: NB Đ.22.3.c; HN Đ.11.1.b; R-NTF-01; R-INT-10
    """
    return {lang: {**_common(facts, lang, due_at), **extras(lang)} for lang in LANGUAGES}


@dataclass(frozen=True)
class Waiting:
    """What a desk has to check: how many dossiers, how many past their time, how many are answers to a request."""

    count: int = 0
    late: int = 0
    answered: int = 0

    def with_(self, other: "Waiting") -> "Waiting":
        """Return both together."""
        return Waiting(self.count + other.count, self.late + other.late, self.answered + other.answered)

    @property
    def values(self) -> Mapping[str, int]:
        """Return the template fields."""
        return {"waiting": self.count, "late": self.late, "answered": self.answered}


@dataclass(frozen=True)
class Overdue:
    """What is overdue at a place: how many dossiers, and as many lines about them as there is room for.

    What waits at its desks is told with it, `desks` line by line where there are several.
    """

    place: Words
    count: int
    lines: Sequence[str]
    waiting: Waiting = Waiting()
    desks: Sequence[str] = ()


def overdue_notice(
    kind: Kind, id_: uuid.UUID, at: datetime, recipients: tuple[str, ...], overdue: Overdue
) -> Notice:
    """Return the notice of what is overdue at a place.

    Source: NB Đ.22.2; TN Đ.24.4; R-NTF-10
    """
    values = {
        lang: {
            **_UNTOLD,
            "place": overdue.place[lang],
            "open_count": overdue.count,
            "lines": list(overdue.lines),
            **overdue.waiting.values,
            "desks": list(overdue.desks),
            "at": short_instant(at, lang),
        }
        for lang in LANGUAGES
    }
    return Notice(kind, id_, at, recipients, None, values)


def desk_notice(
    kind: Kind,
    id_: uuid.UUID,
    at: datetime,
    recipients: tuple[str, ...],
    *,
    place: Words,
    waiting: Waiting,
    codes: Sequence[str] = (),
) -> Notice:
    """Return the notice of what arrived, or waits, at a desk; `codes` name some of it.

    Source: NB Đ.24.1; NB Đ.22.2; R-NTF-10
    """
    values = {
        lang: {
            **_UNTOLD,
            "place": place[lang],
            "lines": list(codes),
            **waiting.values,
            "at": short_instant(at, lang),
        }
        for lang in LANGUAGES
    }
    return Notice(kind, id_, at, recipients, None, values)


def _common(facts: DossierFacts, lang: Lang, due_at: datetime | None) -> dict[str, Any]:
    return {
        **_UNTOLD,
        "code": facts.code,
        "procedure": facts.procedure[lang],
        "agency": facts.agency[lang],
        "competent": facts.competent[lang],
        "forwarded": facts.forwarded,
        "due": short_instant(due_at, lang) if due_at else "",
        "due_short": f"{local(due_at):%H:%M} {short_date(local_day(due_at), lang)}" if due_at else "",
    }
