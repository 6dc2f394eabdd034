"""Which answers count: the logic table is applied until it changes nothing more."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from eforms.conditions import Answers
from eforms.definition import Form, Question, Row
from eforms.formulas import calculate
from eforms.texts import Text


@dataclass(frozen=True)
class Block:
    """A row that refuses the submission, and the question at which it is told."""

    field: str
    text: Text


@dataclass(frozen=True)
class Settled:
    """The answers that count, after the logic table has spoken."""

    answers: dict[str, Any]
    hidden: frozenset[str]
    assigned: frozenset[str]
    required: frozenset[str]
    required_components: frozenset[str]
    blocks: tuple[Block, ...]

    def asks(self, name: str) -> bool:
        """Tell whether a question is put to the applicant: neither hidden nor answered by the form itself."""
        return name not in self.hidden and name not in self.assigned


def settle(form: Form, answers: Answers, today: date) -> Settled:
    """Apply the logic table until it changes nothing more: later rows win, hidden answers are dropped.

    An unanswered question fulfils no comparison; a value that a row sets counts like one that was typed, so a
    row may show what another row's value calls for; hiding a question hides what hangs on its answer. A table
    that never comes to rest is stopped after as many rounds as it has rows, and what counts is what the rows
    that hold by then say.

    Source: TN Đ.11.2.b; R-SUB-03
    """
    kept, rows = _at_rest(form, answers, today)
    hidden = _hidden(form, rows)
    assigned = frozenset(name for row in rows for name in row.assign)
    counted = {name: value for name, value in kept.items() if name not in hidden or name in assigned}
    asked = {name for row in rows for name in row.require}
    return Settled(
        answers=counted,
        hidden=hidden,
        assigned=assigned | {question.name for question in form.calculated},
        required=frozenset((form.required | asked) - hidden),
        required_components=frozenset(name for row in rows for name in row.require_components),
        blocks=tuple(Block(row.blocked, row.block) for row in rows if row.block),
    )


def asked_questions(form: Form, settled: Settled, page_id: str | None = None) -> tuple[Question, ...]:
    """Return the questions that are put to the applicant, of one page or of all, in order."""
    return tuple(
        question
        for question in form.questions.values()
        if settled.asks(question.name) and page_id in (None, question.page)
    )


def _at_rest(form: Form, answers: Answers, today: date) -> tuple[dict[str, Any], tuple[Row, ...]]:
    """Return the answers that are kept and the rows that hold, once neither changes the other any more.

    A round looks again only at the rows about answers that changed; a state seen before would go round for ever.
    """
    kept = dict(answers)
    holding = [row_holds(row, kept, today) for row in form.rows]
    seen: set[tuple[bool, ...]] = set()
    for _ in range(len(form.rows) + 1):
        rows = tuple(row for row, holds in zip(form.rows, holding, strict=True) if holds)
        after = _after(form, rows, answers)
        if after == kept:
            return after, rows
        changed = {name for name in kept.keys() | after.keys() if kept.get(name) != after.get(name)}
        if not changed:
            return after, rows
        kept = after
        if (state := tuple(holding)) in seen:
            break
        seen.add(state)
        for place in {place for name in changed for place in form.watchers.get(name, ())}:
            holding[place] = row_holds(form.rows[place], kept, today)
    rows = tuple(row for row, holds in zip(form.rows, holding, strict=True) if holds)
    return _after(form, rows, answers), rows


def row_holds(row: Row, answers: Answers, today: date) -> bool:
    """Tell whether a row of the logic table applies to the answers."""
    for condition in row.conditions:
        if condition.holds(answers, today) is not row.every:
            return not row.every
    return row.every


def _hidden(form: Form, rows: tuple[Row, ...]) -> frozenset[str]:
    return form.conditional - {name for row in rows for name in row.show}


def _after(form: Form, rows: tuple[Row, ...], answers: Answers) -> dict[str, Any]:
    """Begin again from what was typed: an answer hidden in one round may be asked for in the next."""
    hidden = _hidden(form, rows)
    after = {name: value for name, value in answers.items() if name not in hidden}
    for row in rows:
        after.update(row.assign)
    for question in form.calculated:
        after.pop(question.name, None)
    for question in form.calculated:
        value = None if question.name in hidden else calculate(question.formula, after, question.decimals)
        if value is not None:
            after[question.name] = value
    return after
