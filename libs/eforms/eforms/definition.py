"""What an e-form is made of: pages of questions, a logic table, a data schema, a declaration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any

from jsonschema_rs import Draft202012Validator

from eforms.compiling import compiled
from eforms.conditions import Condition
from eforms.formulas import formula_names
from eforms.texts import NOTHING, Text


@dataclass(frozen=True)
class Choice:
    """One answer to choose; of a two-level choice also what can be chosen below it."""

    value: str
    label: Text
    choices: tuple["Choice", ...] = ()


@dataclass(frozen=True)
class Like:
    """Như mục trên: the earlier question an answer is taken over from, in the words that offer it.

    With a condition it is taken over unasked where nothing is answered: the mother who files is not asked who she is.
    """

    source: str
    label: Text
    condition: Condition | None = None


@dataclass(frozen=True)
class Question:
    """One question of the form (mục kê khai)."""

    name: str
    widget: str
    label: Text
    page: str = ""
    hint: Text = NOTHING
    why: Text = NOTHING
    text: Text = NOTHING
    errors: Mapping[str, Text] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    component: str = ""
    prefill: str = ""
    sources: tuple[str, ...] = ()
    """Of a line of a decision: the questions of the application whose answers, one after another, fill it."""
    autocomplete: str = ""
    past: bool = False
    precision: str = "day"
    """The least a date must say: day, month or year."""
    decimals: int = 0
    unit: str = ""
    papers: tuple[str, ...] = ()
    """The identity papers whose number is taken; empty for all."""
    formula: str = ""
    most: int = 10
    """How many rows a repeating group may have."""
    required: bool = False
    """Of a question inside a group: every row answers it."""
    children: tuple["Question", ...] = ()
    section: str = ""
    like: Like | None = None

    @cached_property
    def values(self) -> frozenset[str]:
        """Everything that can be chosen."""
        return frozenset(choice.value for choice in self.choices)

    def chosen(self, value: str) -> Choice | None:
        """Return the choice of that value."""
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True)
class Page:
    """One page of questions, one thing at a time."""

    id: str
    title: Text
    section: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Row:
    """One row of the logic table: when these conditions hold, then this."""

    conditions: tuple[Condition, ...]
    every: bool
    show: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    require_components: tuple[str, ...] = ()
    assign: Mapping[str, Any] = field(default_factory=dict)
    block: Text = NOTHING
    blocked: str = ""
    """The question at which the block is told."""


@dataclass(frozen=True)
class Form:
    """An immutable published e-form (biểu mẫu điện tử)."""

    data: Mapping[str, Any]
    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    declaration_version: str
    declaration: Text

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions by name, in the order of the form."""
        return {question.name: question for page in self.pages for question in page.questions}

    @cached_property
    def required(self) -> frozenset[str]:
        """The questions that always need an answer."""
        return frozenset(self.data.get("required", ()))

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The questions that stay hidden until a row shows them."""
        return frozenset(name for row in self.rows for name in row.show)

    @cached_property
    def watchers(self) -> Mapping[str, frozenset[int]]:
        """The places of the rows that look at each question."""
        found: dict[str, set[int]] = {}
        for place, row in enumerate(self.rows):
            for condition in row.conditions:
                for name in condition.fields:
                    found.setdefault(name, set()).add(place)
        return {name: frozenset(places) for name, places in found.items()}

    @cached_property
    def calculated(self) -> tuple[Question, ...]:
        """The questions whose answer is worked out and never typed, each behind those it is worked out from."""
        found = {
            name: question for name, question in self.questions.items() if question.widget == "calculated"
        }
        try:
            rests_on = {
                name: formula_names(question.formula) & found.keys() for name, question in found.items()
            }
            order = tuple(TopologicalSorter(rests_on).static_order())
        except ValueError:  # no formula, or one that hangs on itself: the linter names it
            order = tuple(found)
        return tuple(found[name] for name in order)

    @cached_property
    def likenesses(self) -> tuple[tuple[str, Like], ...]:
        """The questions whose answer may be another's, in the order of the form."""
        return tuple((one.name, one.like) for one in self.questions.values() if one.like)

    @cached_property
    def prefilled_from(self) -> Mapping[str, Question]:
        """The first question that is filled from each part of the account."""
        return {question.prefill: question for question in reversed(tuple(self.questions.values()))}

    @cached_property
    def _of_kinds(self) -> dict[frozenset[str], tuple[Question, ...]]:
        return {}

    def of_kinds(self, widgets: frozenset[str]) -> tuple[Question, ...]:
        """Return the questions with these widgets, in the order of the form; looked for once per set of widgets."""
        if widgets not in self._of_kinds:
            found = tuple(question for question in self.questions.values() if question.widget in widgets)
            self._of_kinds[widgets] = found
        return self._of_kinds[widgets]

    @cached_property
    def validator(self) -> Draft202012Validator:
        """The compiled data schema; its regular expressions run in linear time, whatever an editor wrote."""
        return compiled(self.data)

    def page(self, page_id: str) -> Page | None:
        """Return the page of that id."""
        return next((page for page in self.pages if page.id == page_id), None)
