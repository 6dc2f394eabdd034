"""What may be entered in a book, and what follows from it: number, instants, the words for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from common.errors import FieldProblem, InvalidInputError
from eforms import Form, judge
from regulation.zone import HERE, local_day

from registers.domain.book import Book, Moment, Notice
from registers.domain.errors import EndsBeforeItBeganError, NothingChangedError, NotYetError

Values = dict[str, Any]
SKEW: Final = timedelta(minutes=5)
"""By which the clock of whoever writes may be ahead."""


@dataclass(frozen=True)
class Instants:
    """When it began, when its end is expected, and when it ended; UTC."""

    began_at: datetime | None
    expected_at: datetime | None
    ended_at: datetime | None


def number_of(book: Book, year: int, serial: int) -> str:
    """Return the number of an entry: prefix, year, and a count without gaps. Source: TN Đ.22.1.d; R-OPS-04"""
    return f"{book.prefix}-{year}-{serial:04}"


def opened_with(book: Book, typed: Mapping[str, Any], now: datetime) -> Values:
    """Return the answers with which an entry begins.

    Raises:
        InvalidInputError: an answer is missing or wrong.
        NotYetError: it begins later than now.
        EndsBeforeItBeganError: its end is expected before it began.

    Source: TN Đ.22.1.d; R-OPS-04
    """
    values = _judged(book.opening, typed, local_day(now))
    _in_order(book, values, now)
    return values


def closed_with(book: Book, values: Mapping[str, Any], typed: Mapping[str, Any], now: datetime) -> Values:
    """Return all answers of an entry that ends with these.

    Raises:
        InvalidInputError: an answer is missing or wrong.
        EndsBeforeItBeganError: it ends before it began.

    Source: TN Đ.22.1.d; R-OPS-04
    """
    whole = {**values, **_judged(book.closing, typed, local_day(now))}
    _in_order(book, whole, now)
    return whole


def changed(
    book: Book, values: Mapping[str, Any], typed: Mapping[str, Any], now: datetime, *, closed: bool
) -> dict[str, dict[str, Any]]:
    """Return by question what a correction changes, as `before` and `after`; an empty text takes an answer away.

    Raises:
        InvalidInputError: an answer is missing or wrong.
        NothingChangedError: nothing differs.
        NotYetError, EndsBeforeItBeganError: the instants are out of order.

    Source: TN Đ.22.1.d; R-OPS-04
    """
    forms = [book.opening, *([book.closing] if closed else [])]
    known = {name for form in forms for name in form.questions}
    wished = {**values, **typed}
    stray = {name: said for name, said in wished.items() if name not in known}
    today, after = local_day(now), Values()
    for place, form in enumerate(forms):
        own = {name: said for name, said in wished.items() if name in form.questions}
        after |= _judged(form, {**own, **({} if place else stray)}, today)
    _in_order(book, after, now)
    names = [name for name in book.questions if values.get(name) != after.get(name)]
    if not names:
        raise NothingChangedError
    return {name: {"before": values.get(name), "after": after.get(name)} for name in names}


def instants_of(book: Book, values: Mapping[str, Any]) -> Instants:
    """Return the instants that an entry's days and times mean in Vietnam."""
    return Instants(*(_instant(moment, values) for moment in (book.begins, book.expected, book.ends)))


def words_of(notice: Notice | None, values: Mapping[str, Any]) -> dict[str, str] | None:
    """Return what everybody is told of an entry, per language; None when it concerns nobody outside."""
    if notice is None or values.get(notice.when) is not True:
        return None
    vi = str(values.get(notice.vi, ""))
    return {"vi": vi, "en": str(values.get(notice.en) or vi)}


def shows(notice: Notice, instants: Instants, *, closed_at: datetime | None, now: datetime) -> bool:
    """Tell whether a notice stands on the pages now: from before it begins until after it ended.

    Source: NB Đ.8.1; NB Đ.20.2; TN Đ.22.1.a; R-NTF-11; R-OPS-02
    """
    if instants.began_at is not None and now < instants.began_at - notice.before:
        return False
    ended = instants.ended_at or closed_at
    return closed_at is None or ended is None or now < ended + notice.after


def _judged(form: Form, typed: Mapping[str, Any], today: date) -> Values:
    settled, problems = judge(form, typed, today)
    if problems:
        raise InvalidInputError([FieldProblem(p.field, p.rule, p.vi, p.en) for p in problems])
    return dict(settled.answers)


def _in_order(book: Book, values: Mapping[str, Any], now: datetime) -> None:
    told = instants_of(book, values)
    if told.began_at is None or book.begins is None:
        return
    if not book.ahead and told.began_at > now + SKEW:
        raise NotYetError(field=book.begins.day, rule="future")
    for moment, at in ((book.expected, told.expected_at), (book.ends, told.ended_at)):
        if moment is not None and at is not None and at < told.began_at:
            raise EndsBeforeItBeganError(field=moment.day, rule="order")


def _instant(moment: Moment | None, values: Mapping[str, Any]) -> datetime | None:
    if moment is None or not values.get(moment.day):
        return None
    at = time.fromisoformat(values.get(moment.time) or "00:00")
    return datetime.combine(date.fromisoformat(values[moment.day]), at, HERE).astimezone(UTC)
