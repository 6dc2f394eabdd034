"""What a form field is to the eye: its words, what was typed into it, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from portal.domain.texts import named


@dataclass(frozen=True)
class Choice:
    """One option of a question."""

    value: str
    label: str
    hint: str = ""


def offered(things: Iterable[object], lang: str, key: str = "code") -> tuple[Choice, ...]:
    """Offer things by their code or other key, in the words of their name."""
    return tuple(Choice(str(getattr(thing, key)), named(thing, "name", lang)[0]) for thing in things)


@dataclass(frozen=True)
class Field:
    """One question of a form.

    ``kind`` is one of text, long_text, number, email, tel, password, code, search, radios, checkboxes, select, date,
    address, boxes, files, explanation, agree. ``value`` is shown as typed.
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
    most: int = 0
    """How many letters it takes; the browser says how many are left."""
    lang: str = ""
    prefilled: bool = False
    show_when: str = ""
    """For the browser: ``field=value|value`` that must hold for the question to be asked."""
    condition: str = ""
    """For the reader without JavaScript: the same in words."""
    component: str = ""
    like: str = ""
    """The words that offer to take the answer over from another question."""
    liked: bool = False
    """Whether it is that other answer now."""
    boxes: tuple["Field", ...] = ()
    """The questions inside one that takes several."""
    files: tuple[dict[str, object], ...] = ()

    @property
    def leaves(self) -> tuple["Field", ...]:
        """Give the questions that are answered in one box each."""
        return tuple(leaf for box in self.boxes for leaf in box.leaves) if self.boxes else (self,)

    @property
    def first_id(self) -> str:
        """Give the id of the element an error must lead to."""
        if self.boxes:
            return self.boxes[0].first_id
        endings = {"date": "-day", "address": "-province"}
        return self.name + endings.get(self.kind, "")


def as_typed(questions: Iterable[Field], typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[Field]:
    """Show questions with what was typed into them and what is wrong with it; a password is never shown again."""
    return [
        replace(
            q,
            value=""
            if q.kind == "password"
            else typed.get(q.name, "" if typed and q.kind == "agree" else q.value),
            error=wrong.get(q.name, ""),
            boxes=tuple(as_typed(q.boxes, typed, wrong)),
        )
        for q in questions
    ]
