"""What a form field is to the eye: its words, what was typed into it, and what is wrong with it."""

from dataclasses import dataclass, field

DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Choice:
    """One option of a question."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form.

    ``kind`` is one of text, long_text, number, email, tel, password, code, search, radios, checkboxes, select, date,
    address, files, explanation, agree. ``value`` is shown as typed.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    hint: str = ""
    why: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    sub_choices: tuple[Choice, ...] = ()
    required: bool = True
    autocomplete: str = ""
    width: str = ""
    rows: int = 4
    lang: str = ""
    prefilled: bool = False
    show_when: str = ""
    """For the browser: ``field=value|value`` that must hold for the question to be asked."""
    condition: str = ""
    """For the reader without JavaScript: the same in words."""
    component: str = ""
    files: tuple[dict[str, object], ...] = ()

    @property
    def first_id(self) -> str:
        """Give the id of the element an error must lead to."""
        endings = {"date": "-day", "address": "-province"}
        return self.name + endings.get(self.kind, "")


def typed_date(parts: dict[str, str]) -> str:
    """Join what was typed into day, month and year to ``YYYY-MM-DD``; a whole date typed into the first box counts.

    What cannot be a date is joined all the same, so that it comes back as typed and the check can name it.
    """
    day, month, year = (parts.get(name, "").strip() for name in DATE_PARTS)
    for mark in ("/", "-", "."):
        pieces = day.split(mark)
        if len(pieces) == 3 and not month and not year:
            day, month, year = (piece.strip() for piece in pieces)
    if not (day or month or year):
        return ""
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def date_parts(value: str) -> dict[str, str]:
    """Take ``YYYY-MM-DD`` apart for the three boxes, without leading zeros."""
    year, month, day = ([*value.split("-", 2), "", "", ""])[:3]
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
