"""The shape of a kind of answer: reading what people type, writing it back, telling it in words."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from regulation.text import cleaned, cleaned_line
from regulation.text.cleaning import PLAIN

from eforms.definition import Question
from eforms.texts import AnswerRefusedError, Text

WRONG_SHAPE: Final = Text("“{label}” chưa đúng dạng.", "“{label}” is not in the right form.")


def told_plainly(value: Any, question: Question, lang: str) -> str:
    """Say an answer as it stands."""
    return str(value)


def written_plainly(value: Any, question: Question) -> str:
    """Write an answer into its box as it stands."""
    return str(value)


def not_known(value: Any, question: Question) -> bool:
    """Recognise no stored form: every value is read."""
    return False


@dataclass(frozen=True)
class Kind:
    """One kind of answer.

    `read` turns what was typed, or what is stored already, into the stored value and refuses what cannot be one;
    `write` gives the text of the box (or of each of `parts`) and reading that gives the value again; `tell` says
    it in words. `data` are the JSON types of the stored value, `rules` the names of its refusals; a `silent` kind
    has no answer, of `many` boxes of one name several are answers. Where `stored` says yes, `read` gives the very
    value again: the common forms are recognised without reading them; it may say no to any value.
    """

    read: Callable[[Any, Question], Any]
    write: Callable[[Any, Question], Any] = written_plainly
    tell: Callable[[Any, Question, str], str] = told_plainly
    parts: tuple[str, ...] = ()
    data: tuple[str, ...] = ("string",)
    rules: tuple[str, ...] = ()
    silent: bool = False
    many: bool = False
    check: Callable[[Any, Question, date], None] | None = None
    stored: Callable[[Any, Question], bool] = not_known


def one_line(typed: Any) -> str:
    """Return typed text of one line. Raises: AnswerRefusedError when it is no text."""
    return cleaned_line(_text(typed))


def many_lines(typed: Any) -> str:
    """Return typed text of many lines. Raises: AnswerRefusedError when it is no text."""
    return cleaned(_text(typed))


def _text(typed: Any) -> str:
    odd = isinstance(typed, float) and not math.isfinite(typed)
    if odd or isinstance(typed, bool) or not isinstance(typed, str | int | float):
        raise AnswerRefusedError("type", WRONG_SHAPE)
    return str(typed)


def parts_of(typed: Any, names: Sequence[str]) -> dict[str, str]:
    """Return the cleaned texts of the boxes of one answer, empty ones as "".

    Raises: AnswerRefusedError when it is no set of boxes, or has a box of another name.
    """
    if not isinstance(typed, Mapping) or set(typed) - set(names):
        raise AnswerRefusedError("type", WRONG_SHAPE)
    return {name: one_line(typed.get(name) or "") for name in names}


_VISIBLE: Final = PLAIN.replace(" -", "!-")
_LINE: Final = re.compile(f"[{_VISIBLE}]+(?: [{_VISIBLE}]+)*")


def is_line(value: Any) -> bool:
    """Recognise one line of Latin text that cleaning would leave as it is."""
    return isinstance(value, str) and _LINE.fullmatch(value) is not None


def _line_stored(value: Any, question: Question) -> bool:
    return is_line(value)


def plain_text(typed: Any, question: Question) -> str:
    """Read one line of free text."""
    return one_line(typed)


TEXT: Final = Kind(read=plain_text, rules=("minLength", "maxLength", "pattern"), stored=_line_stored)
LONG_TEXT: Final = Kind(
    read=lambda typed, question: many_lines(typed),
    rules=("minLength", "maxLength", "pattern"),
    stored=_line_stored,
)
