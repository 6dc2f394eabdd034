"""What was typed becomes answers: by one rule per kind, and what cannot be read stays as typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from regulation.text import cleaned

from eforms.definition import Form, Question
from eforms.kinds import is_empty, kind_of
from eforms.kinds.base import Kind
from eforms.likeness import NOTHING, as_marked
from eforms.texts import AnswerRefusedError

Typed = Mapping[str, str | Sequence[str]]


def read_answer(question: Question, typed: Any) -> tuple[Any, AnswerRefusedError | None]:
    """Return the stored value of what was typed, or what was typed and why it is no answer."""
    kind = kind_of(question.widget)
    if kind.stored(typed, question):
        return typed, None
    if is_empty(bare := _bare(typed)):
        return None, None
    try:
        return kind.read(bare, question), None
    except AnswerRefusedError as refused:
        return _unread(kind, bare), refused


def _unread(kind: Kind, bare: Any) -> Any:
    """Return what was typed in the shape of its boxes; words for several boxes stand in the first of them."""
    if not isinstance(bare, str):
        return bare
    if kind.many:
        return [bare]
    return {kind.parts[0]: bare} if kind.parts else bare


def tidy(form: Form, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are stored: each by the rule of its kind, empty ones dropped.

    What cannot be read stays as typed, so that nothing a person wrote is lost; an answer that no page asks for
    stays too, and the check names it. A calculated answer is never typed.
    """
    return read_all(form, typed)[0]


def read_all(form: Form, typed: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the answers as they are stored, and which of them the rule of their kind has taken.

    What a rule gave it takes again, so those need no second reading.
    """
    kept: dict[str, Any] = {}
    taken: list[str] = []
    questions = form.questions
    for name, value in typed.items():
        question = questions.get(name)
        if question is None:
            if not is_empty(bare := _bare(value)):
                kept[name] = bare
            continue
        kind = kind_of(question.widget)
        if kind.silent or question.widget == "calculated":
            continue
        read, refused = (value, None) if kind.stored(value, question) else read_answer(question, value)
        if is_empty(read):
            continue
        kept[name] = read
        if refused is None:
            taken.append(name)
    return kept, frozenset(taken)


def _bare(typed: Any) -> Any:
    """Return what was typed without what cannot be seen, and without empty boxes."""
    if isinstance(typed, str):
        return cleaned(typed)
    if isinstance(typed, Mapping):
        return {name: bare for name, value in typed.items() if not is_empty(bare := _bare(value))}
    if isinstance(typed, list | tuple):
        return [bare for value in typed if not is_empty(bare := _bare(value))]
    return typed


def read_page(form: Form, page_id: str, typed: Typed, known: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """Read the boxes of one page of a web form into answers; an emptied one is None.

    Boxes are named as the question, with `-part` behind it where the answer has several, and `-0-child` for the
    rows of a group. A box `-like` says that the answer is another's, which stands on the page or is `known`.
    Raises: KeyError for a page that does not exist.
    """
    page = form.page(page_id)
    if page is None:
        raise KeyError(page_id)
    read = {
        question.name: read_answer(question, gathered(question, typed))[0]
        for question in page.questions
        if question.widget != "calculated" and not kind_of(question.widget).silent
    }
    return as_marked(form, typed, read, known)


def gathered(question: Question, typed: Typed, prefix: str = "") -> Any:
    """Return what was typed for one question, its boxes put together."""
    name, kind = prefix + question.name, kind_of(question.widget)
    if question.children:
        return [
            {child.name: gathered(child, typed, f"{name}-{row}-") for child in question.children}
            for row in _rows_typed(name, question, typed)
        ]
    if kind.parts:
        boxes = {part: typed.get(f"{name}-{part}", "") for part in kind.parts}
        return {part: text for part, text in boxes.items() if text} or typed.get(name, "")
    value = typed.get(name, "")
    return list(value) if isinstance(value, list | tuple) and kind.many else value


def _rows_typed(name: str, question: Question, typed: Typed) -> list[int]:
    """Return the numbers of the rows of a group: those the page offers, and every other that was sent."""
    sent = (box.removeprefix(f"{name}-").partition("-")[0] for box in typed if box.startswith(f"{name}-"))
    more = {int(number) for number in sent if number.isdecimal() and number.isascii() and len(number) < 10}
    return sorted(more.union(range(question.most)))


def boxes(question: Question, value: Any, prefix: str = "") -> dict[str, Any]:
    """Return the texts of the boxes of one question, by the names that `read_page` reads."""
    name, kind = prefix + question.name, kind_of(question.widget)
    if is_empty(value) or kind.silent:
        return {}
    if question.children:
        found: dict[str, Any] = {}
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        for place, row in enumerate(rows):
            for child in question.children:
                found |= boxes(child, row.get(child.name), f"{name}-{place}-")
        return found
    written = written_answer(question, value)
    if isinstance(written, Mapping):
        return {f"{name}-{part}": text for part, text in written.items() if text}
    return {name: written}


def written_answer(question: Question, value: Any) -> Any:
    """Return what stands in the box, or in each of the boxes, of an answer; what could not be read as typed."""
    kind = kind_of(question.widget)
    if kind.parts and not isinstance(value, str | Mapping):
        return str(value)
    readable = kind.parts or kind.many or read_answer(question, value)[1] is None
    return kind.write(value, question) if readable else str(value)


def told_answer(question: Question, value: Any, lang: str) -> str:
    """Say an answer in words; what could not be read as it was typed."""
    if is_empty(value):
        return ""
    partly = question.widget == "address" and isinstance(value, Mapping)  # its codes are named all the same
    if partly or read_answer(question, value)[1] is None:
        return kind_of(question.widget).tell(value, question, lang)
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
    return ", ".join(str(part) for part in parts if not is_empty(part))
