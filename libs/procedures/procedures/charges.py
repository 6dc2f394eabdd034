"""What one dossier costs: the published fees of its case and channel, counted by what was asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Protocol, TypeVar

from procedures.parts import Fee, Measure
from procedures.vocabulary import FeeStatus, told
from procedures.wording import NOTHING_DUE, NOTHING_PUBLISHED, money, open_fee_words


class _Bound(Protocol):
    @property
    def case(self) -> str | None: ...
    @property
    def channel(self) -> str | None: ...


B = TypeVar("B", bound=_Bound)


def closest(published: Iterable[B], case: str | None, channel: str | None) -> B | None:
    """Return the entry nearest to a case and channel; one without case or channel covers all of them.

    Source: TN Đ.11.4.b; NB Đ.22.3.c; R-INT-09; R-INT-10
    """
    fitting = [item for item in published if item.case in (case, None) and item.channel in (channel, None)]
    return max(fitting, key=lambda item: (item.case is not None, item.channel is not None), default=None)


@dataclass(frozen=True)
class Count:
    """So many of something, in both languages."""

    number: int
    unit: str
    unit_en: str = ""

    def words(self, lang: str) -> str:
        """Say it: `2 bản sao`."""
        one, _, many = self.unit_en.partition("/")
        english = (many or one) if self.number != 1 else one
        return f"{self.number} {told(self.unit, english, lang)}"


@dataclass(frozen=True)
class Line:
    """One thing that is paid: the price of one, what was counted, the sum; None where it is no number.

    `unit` is there where the price is for one of something, even when nobody has said yet how many.
    """

    status: FeeStatus
    price: int | None = None
    sum: int | None = None
    currency: str = "VND"
    item: str = ""
    item_en: str = ""
    unit: str = ""
    unit_en: str = ""
    counts: tuple[Count, ...] = ()
    note: str = ""

    @property
    def free(self) -> bool:
        """Whether nothing is collected."""
        return self.sum == 0

    def words(self, lang: str) -> str:
        """Say the line without its note: `75.000 đồng`, `8.000 đồng mỗi bản sao`, `Không thu`."""
        if self.free:
            return NOTHING_DUE[lang]
        if self.sum is not None:
            return money(self.sum, lang, self.currency)
        if self.price is None:
            return open_fee_words(self.status, lang)
        unit = told(self.unit, self.unit_en.partition("/")[0], lang)
        return f"{money(self.price, lang, self.currency)} {'per' if lang == 'en' else 'mỗi'} {unit}"

    def detail(self, lang: str) -> str:
        """Say how the sum came about, `2 bản sao × 8.000 đồng`, and the note; empty when it is plain."""
        factors = [count.words(lang) for count in self.counts]
        if self.price is not None and self.sum == prod(count.number for count in self.counts) * self.price:
            factors += [money(self.price, lang, self.currency)] if factors else []
        return "; ".join(part for part in (" × ".join(factors), self.note) if part)


@dataclass(frozen=True)
class Charge:
    """Everything one dossier costs, line by line; no line means that nothing is published.

    `amount` is the sum of all lines, None when one of them is no number or currencies differ.
    """

    lines: tuple[Line, ...] = ()
    amount: int | None = None
    currency: str = "VND"

    @property
    def free(self) -> bool:
        """Whether a fee is published and nothing is collected."""
        return bool(self.lines) and all(line.free for line in self.lines)

    def words(self, lang: str) -> str:
        """Say the whole charge as page, receipt and notice print it, never a guess.

        Source: NB Đ.22.3.c; HN Đ.11.1.b; R-INT-10
        """
        details = "" if self.free else self.details(lang)
        return f"{self.sum_words(lang)} ({details})" if details else self.sum_words(lang)

    def sum_words(self, lang: str) -> str:
        """Say the sum, or price by price where it is not known yet: `75.000 đồng`, `8.000 đồng mỗi bản sao`."""
        if not self.lines:
            return NOTHING_PUBLISHED[lang]
        if self.free:
            return NOTHING_DUE[lang]
        if self.amount is not None:
            return money(self.amount, lang, self.currency)
        return "; ".join(line.words(lang) for line in self.lines)

    def details(self, lang: str) -> str:
        """Say how the sum came about and what is noted with it."""
        return "; ".join(filter(None, (line.detail(lang) for line in self.lines)))


def charge(
    fees: Sequence[Fee], case: str | None, channel: str | None, answers: Mapping[str, Any] | None = None
) -> Charge:
    """Return what a dossier of a case costs through a channel; `answers` are those of its e-form.

    Without answers a counted fee is told by its price; an item beside the procedure that nobody wants costs nothing.

    Source: NB Đ.22.3.c; TN Đ.6.2; R-INT-10; R-CAT-21
    """
    found = []
    for item in dict.fromkeys(fee.item for fee in fees):
        fee = closest([fee for fee in fees if fee.item == item], case, channel)
        line = _line(fee, answers) if fee else None
        if line is not None:
            found.append(line)
    return _total(tuple(found))


def _total(lines: tuple[Line, ...]) -> Charge:
    sums = [line.sum for line in lines]
    currencies = {line.currency for line in lines if not line.free} or {"VND"}
    known = lines and None not in sums and len(currencies) == 1
    return Charge(lines, sum(filter(None, sums)) if known else None, min(currencies))


def _line(fee: Fee, answers: Mapping[str, Any] | None) -> Line | None:
    counts = _counts(fee.per, answers) if fee.per and not fee.free else ()
    if fee.item and fee.per and answers is not None and not any(count.number for count in counts[:1]):
        return None
    return Line(
        status=fee.status,
        price=fee.amount,
        sum=_sum(fee, counts),
        currency=fee.currency,
        item=fee.item,
        item_en=fee.item_en,
        unit=fee.per.unit if fee.per else "",
        unit_en=fee.per.unit_en if fee.per else "",
        counts=counts,
        note=fee.note,
    )


def _counts(per: Measure, answers: Mapping[str, Any] | None) -> tuple[Count, ...]:
    """Return what was counted, everything or nothing."""
    asked = [(per.by, per.unit, per.unit_en)]
    asked += [(per.times, per.times_unit, per.times_unit_en)] if per.times else []
    numbers = [_number(answers, name) for name, _, _ in asked]
    found = [Count(n, *units) for n, (_, *units) in zip(numbers, asked, strict=True) if n is not None]
    return tuple(found) if len(found) == len(asked) else ()


def _sum(fee: Fee, counts: Sequence[Count]) -> int | None:
    if fee.free:
        return 0
    if fee.per is None or fee.amount is None:
        return fee.amount
    if not counts:
        return None
    return _counted(fee.amount, fee.per, counts[0].number) * prod(count.number for count in counts[1:])


def _counted(price: int, per: Measure, count: int) -> int:
    full = count if per.full is None else min(count, per.full)
    total = full * price + (count - full) * (price if per.beyond is None else per.beyond)
    return total if per.at_most is None else min(total, per.at_most)


def _number(answers: Mapping[str, Any] | None, name: str) -> int | None:
    value = (answers or {}).get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
