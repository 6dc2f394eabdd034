"""What the pages of both queues share: the view of the address, its tabs and questions, and where one left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from portal.api.visit import Visit
from portal.domain.fields import Choice
from portal.domain.queue_view import HEADINGS, View, offered_columns
from portal.domain.queues import Tab


class Named(Protocol):
    """Something to choose, by key and name."""

    @property
    def id(self) -> str:
        """Its key."""

    @property
    def name(self) -> str:
        """Its name."""


class Choices(Protocol):
    """What a queue can be narrowed to."""

    @property
    def procedures(self) -> Sequence[Named]:
        """Procedures that occur."""

    @property
    def officers(self) -> Sequence[Named]:
        """Officers who occur."""

    @property
    def channels(self) -> Sequence[Named]:
        """Ways of handing in."""

    @property
    def states(self) -> Sequence[Named]:
        """States."""


@dataclass(frozen=True)
class Shown:
    """One page of a queue: how it is looked at, its rows with their clocks, its tabs, what it could be narrowed to."""

    view: View
    rows: Sequence[tuple[Any, Any]]
    tabs: Sequence[Tab]
    choices: Choices | None
    follows: str


def laid_out(visit: Visit, shown: Shown) -> dict[str, Any]:
    """Give what the template of a queue knows beside its rows."""
    view = shown.view
    questions = view.questions(offered(shown.choices), visit.say)
    return {
        "view": view,
        "rows": shown.rows,
        "tabs": shown.tabs,
        "columns": view.columns,
        "offered_columns": offered_columns(view.queue),
        "headings": HEADINGS,
        "questions": questions,
        "said": view.said(questions),
        "others": [tab for tab in shown.tabs if tab.count and not tab.current],
        "follows": shown.follows,
    }


def offered(choices: Choices | None) -> Mapping[str, Sequence[Choice]]:
    """Give what can be chosen, by the name of what it narrows; nothing where no service tells it."""
    if choices is None:
        return {}
    lists = {
        "procedure": choices.procedures,
        "officer": choices.officers,
        "channel": choices.channels,
        "state": choices.states,
    }
    return {name: [Choice(one.id, one.name) for one in found] for name, found in lists.items()}
