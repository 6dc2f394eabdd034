"""The legal texts of a draft: the boxes they are typed into, what is suggested for them, and how one is taken over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from answers.qa import CitationOut, CitedOut
from regulation.text import fold

from portal.domain.days import day_said
from portal.domain.fields import Field
from portal.domain.texts import Say

CITED = ("number", "title", "issued_on", "issuer", "effective_on")
"""What is told of a legal text."""
DAYS = {"issued_on": "Ngày ban hành", "effective_on": "Ngày có hiệu lực"}
FEWEST_ROWS = 2
NEAREST, NEAR = "procedure", "topic"
"""How the service calls texts that answers about the same procedure, or under the same topic, cited."""
FIRST = 5
"""So many suggestions stand open, the rest is folded."""


@dataclass(frozen=True)
class Suggestion:
    """A legal text to be taken over: its parts as people write them, why it is suggested, how often it was cited."""

    parts: Mapping[str, str]
    why: str
    used: int = 0

    @property
    def number(self) -> str:
        """Give number and symbol, by which it is taken."""
        return self.parts["number"]

    @property
    def whole(self) -> bool:
        """Tell whether nothing of it is left to be written."""
        return all(self.parts[name] for name in CITED if name != "effective_on")


WHY = {
    NEAREST: "đã viện dẫn khi trả lời về thủ tục này",
    "basis": "căn cứ pháp lý của thủ tục",
    NEAR: "đã viện dẫn ở chủ đề này",
    "other": "đã viện dẫn ở câu trả lời khác",
}


def suggestions(
    earlier: Sequence[CitedOut], basis: Iterable[str], words: str, there: Iterable[str]
) -> list[Suggestion]:
    """Suggest texts, the nearest first; `basis` is what the procedure rests on, `there` are the numbers taken.

    Source: NB Đ.18.3.b; TN Đ.14.3; R-QNA-17.
    """
    known = {fold(one.number): one for one in earlier}
    gone, wanted = {fold(number) for number in there}, fold(words).split()
    resting = [text for text in dict.fromkeys(basis) if all(word in fold(text) for word in wanted)]
    near = [_cited_before(one) for one in earlier if one.near == NEAREST]
    near += [_resting(text, known) for text in resting]
    near += [_cited_before(one) for one in earlier if one.near != NEAREST]
    once = {fold(one.number): one for one in reversed(near)}
    return [one for one in near if once[fold(one.number)] is one and fold(one.number) not in gone]


def _cited_before(one: CitedOut) -> Suggestion:
    return Suggestion({name: shown(getattr(one, name)) for name in CITED}, WHY[one.near], one.used)


def _resting(text: str, known: Mapping[str, CitedOut]) -> Suggestion:
    """Suggest a text as the catalogue names it, by its number and perhaps its title; earlier answers told the rest."""
    number, _, title = text.partition(" ")
    before = known.get(fold(number))
    if before:
        return Suggestion(_cited_before(before).parts, WHY["basis"], before.used)
    return Suggestion({**dict.fromkeys(CITED, ""), "number": number, "title": title}, WHY["basis"])


def numbers(kept: Sequence[CitationOut], typed: Mapping[str, str]) -> list[str]:
    """Give the numbers of the texts that stand in the draft, or in its form where somebody typed."""
    if typed:
        return [text for name, text in typed.items() if name.endswith("-number") and text.strip()]
    return [one.number for one in kept]


def empty_row(kept: Sequence[CitationOut], typed: Mapping[str, str]) -> int:
    """Give the first row in which nothing stands."""
    if not typed:
        return len(kept)
    filled = {int(name.split("-")[1]) for name in _boxes(typed)}
    return next(row for row in range(len(filled) + 1) if row not in filled)


def _boxes(typed: Mapping[str, str]) -> Iterator[str]:
    return (name for name, text in typed.items() if name.startswith("cited-") and text.strip())


def citations(say: Say, kept: Sequence[CitationOut], typed: Mapping[str, str]) -> list[Field]:
    """Ask for the legal texts cited, one row more than there are. Source: R-QNA-17."""
    count = max(FEWEST_ROWS, len(kept) + 1, rows_typed(typed) + 1)
    return [
        Field(
            f"cited-{row}",
            say("Văn bản {n}", n=row + 1),
            "boxes",
            required=False,
            boxes=tuple(_cited(say, row, name, kept) for name in CITED),
        )
        for row in range(count)
    ]


def _cited(say: Say, row: int, name: str, kept: Sequence[CitationOut]) -> Field:
    words = {
        "number": "Số, ký hiệu",
        "title": "Trích yếu",
        "issuer": "Cơ quan ban hành",
        **DAYS,
    }
    value = shown(getattr(kept[row], name)) if row < len(kept) else ""
    example = say("Ví dụ: 31/12/2026") if name in DAYS else ""
    width = "10" if name in DAYS else "20" if name == "number" else ""
    return Field(f"cited-{row}-{name}", say(words[name]), value=value, hint=example, width=width)


def shown(value: object) -> str:
    """Write a part of a legal text as people type it."""
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value or "")


def rows_typed(typed: Mapping[str, str]) -> int:
    """Count the rows of legal texts that something stands in, up to the last one."""
    rows = [int(name.split("-")[1]) for name in _boxes(typed)]
    return max(rows, default=-1) + 1


def cited(typed: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Read the legal texts that were typed; a day is sent as the calendar writes it, an unreadable one as typed."""
    return [_sent(row) for row in _rows(typed).values()]


def keepable(typed: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Read those that can be kept as far as they are typed: with a number, and with days that can be read."""
    wrong = {row for row, _ in unreadable(typed)}
    return [_sent(row) for no, row in _rows(typed).items() if row["number"] and no not in wrong]


def _rows(typed: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Give the rows in which something stands."""
    read = {
        row: {name: typed.get(f"cited-{row}-{name}", "").strip() for name in CITED}
        for row in range(rows_typed(typed))
    }
    return {row: parts for row, parts in read.items() if any(parts.values())}


def _sent(row: Mapping[str, str]) -> dict[str, str | None]:
    return {name: (_day(text) or None) if name in DAYS else text for name, text in row.items()}


def unreadable(typed: Mapping[str, str]) -> list[tuple[int, str]]:
    """Give row and name of each day that is not written as days are."""
    return [
        (row, name)
        for row in range(rows_typed(typed))
        for name in DAYS
        if (text := typed.get(f"cited-{row}-{name}", "").strip()) and _day(text) == text
    ]


def _day(typed: str) -> str:
    day = day_said(typed)
    return typed if day is None else day.isoformat()
