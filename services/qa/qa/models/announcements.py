"""The story of a question or of feedback told again from its history, for a service that begins later."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from qa.domain import ClockKind, Deed
from qa.events import (
    FeedbackClosed,
    FeedbackFact,
    FeedbackForwarded,
    FeedbackReceived,
    FeedbackReplied,
    FeedbackReturned,
    InterimReplied,
    QuestionAnswered,
    QuestionAsked,
    QuestionClassified,
    QuestionFact,
    QuestionForwarded,
    QuestionMoved,
    QuestionRefused,
    QuestionReturned,
)
from qa.models.clock import Clock
from qa.models.feedback import Feedback
from qa.models.line import Line
from qa.models.question import Question

_OF_QUESTIONS: Final[Mapping[str, type[QuestionFact]]] = {
    Deed.ASKED: QuestionAsked,
    Deed.FORWARDED: QuestionForwarded,
    Deed.CLASSIFIED: QuestionClassified,
    Deed.EXTENDED: InterimReplied,
    Deed.RETURNED: QuestionReturned,
    Deed.RECALLED: QuestionReturned,
    Deed.RELEASED: QuestionAnswered,
    Deed.REFUSED: QuestionRefused,
    Deed.MOVED: QuestionMoved,
}
_OF_FEEDBACK: Final[Mapping[str, type[FeedbackFact]]] = {
    Deed.RECEIVED: FeedbackReceived,
    Deed.FORWARDED: FeedbackForwarded,
    Deed.RETURNED: FeedbackReturned,
    Deed.RECALLED: FeedbackReturned,
    Deed.REPLIED: FeedbackReplied,
    Deed.CLOSED: FeedbackClosed,
}
_BEGINS: Final[Mapping[str, ClockKind]] = {
    Deed.ASKED: ClockKind.TRIAGE,
    Deed.RETURNED: ClockKind.TRIAGE,
    Deed.RECALLED: ClockKind.TRIAGE,
    Deed.FORWARDED: ClockKind.ANSWER,
    Deed.CLASSIFIED: ClockKind.ANSWER,
    Deed.EXTENDED: ClockKind.ANSWER,
}
"""Which clock of a question begins with a deed."""
_GIVES_BACK: Final = frozenset({Deed.RETURNED, Deed.RECALLED})
RETOLD: Final = frozenset({*_OF_QUESTIONS, *_OF_FEEDBACK})
"""The deeds whose facts are told again."""


def retold_question(question: Question, lines: Sequence[Line], clocks: Sequence[Clock]) -> list[QuestionFact]:
    """Tell the story of a question again from its lines and clocks, both in their order.

    Facts say where it stands now; instants, agencies and due times are those of the deeds. The last has the version
    at which the question stands.
    """
    begun = {kind: iter([one.due_at for one in clocks if one.kind == kind]) for kind in ClockKind}
    due_at = question.asked_at
    told: list[tuple[Line, datetime]] = []
    for line in lines:
        due_at = _due_at(line, begun, due_at)
        if not _taken_by_hand(line):
            told.append((line, due_at))
    facts = []
    for version, (line, due) in enumerate(told, question.announced - len(told) + 1):
        kind = _OF_QUESTIONS[line.deed]
        own = _own(kind, line, due, asked_agency=question.asked_agency)
        facts.append(question.numbered(kind, version, line.at, **own).model_copy(update=_holder(line)))
    return facts


def retold_feedback(feedback: Feedback, lines: Sequence[Line], clocks: Sequence[Clock]) -> list[FeedbackFact]:
    """Tell the story of feedback again from its lines; its reply is due once, whoever owes it."""
    due = next((one.due_at for one in clocks if one.kind == ClockKind.RESPONSE), feedback.came_at)
    told = [line for line in lines if not _taken_by_hand(line)]
    facts = []
    for version, line in enumerate(told, feedback.announced - len(told) + 1):
        kind = _OF_FEEDBACK[line.deed]
        own = _own(kind, line, due, from_question=feedback.from_question)
        facts.append(feedback.numbered(kind, version, line.at, **own).model_copy(update=_holder(line)))
    return facts


def _taken_by_hand(line: Line) -> bool:
    """Tell whether the coordinator took it for another agency: the forwarding there says so."""
    return line.deed == Deed.RECALLED and bool(line.by)


def _due_at(line: Line, begun: Mapping[ClockKind, Iterator[datetime]], before: datetime) -> datetime:
    """Return when a question is due after a deed; what a coordinator takes elsewhere at once begins no clock."""
    if _taken_by_hand(line) and "better_agency" not in line.more:
        return before
    kind = _BEGINS.get(line.deed)
    return before if kind is None else next(begun[kind], before)


def _holder(line: Line) -> dict[str, str | None]:
    return {"agency": None if line.deed in _GIVES_BACK else line.agency or None}


def _own(
    kind: type[QuestionFact | FeedbackFact], line: Line, due_at: datetime, **more: str | None
) -> dict[str, Any]:
    """Return the fields only this kind of fact has."""
    told = {
        **more,
        "due_at": due_at,
        "in_time": line.at <= due_at,
        "tell": (),
        "kind": line.more.get("kind", ""),
        "without_owner": False,
        "involved": (),
        "returned_by": line.agency,
        "agency_ended": line.deed == Deed.RECALLED,
        "ground": line.more.get("ground", ""),
        "feedback": line.more.get("feedback", ""),
    }
    return {name: value for name, value in told.items() if name in kind.model_fields}
