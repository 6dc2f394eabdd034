"""Somebody asks a question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from common.errors import FieldProblem, InvalidInputError
from regulation.zone import local_day

from qa import queries
from qa.domain import UNSURE, AskerKind, QuestionRules, identity_of, settled_asker
from qa.domain.asker import Values, sameness
from qa.domain.asking import doubtful, doubts, tidy_text, tidy_title
from qa.domain.errors import QuestionsClosedError
from qa.models import Asking, Birth, Birthplace, Carry, begun


@dataclass(frozen=True)
class Wish:
    """What somebody wants to ask, as it was typed."""

    asker_kind: AskerKind
    values: Mapping[str, Any]
    topic: str
    agency: str | None
    procedure: str | None
    title: str
    text: str
    consent_name: bool
    warnings_seen: bool


async def ask_question(
    place: Birthplace,
    rules: QuestionRules,
    wish: Wish,
    owner: str | None,
    now: datetime,
    *,
    carry: Carry | None = None,
    proofs: frozenset[str] = frozenset(),
) -> tuple[str, Birth]:
    """Take a question, at any hour, and start the clock of its triage; return its number and what it begins with.

    Raises:
        QuestionsClosedError: the province takes none here.
        InvalidInputError: a field is missing or wrong, or the text is not what the province takes.
        QuestionDoubtfulError: there may be abbreviations and the asker was not told.
        AgencyUnknownError, ProcedureUnknownError: what it names does not exist.
        AskerBarredError, AccountBarredError: a decision keeps this person from asking.
        QuestionAlreadyAskedError: the same person asked the same.

    Source: NB Đ.18; NB Đ.10.2; TN Đ.13–15; R-QNA-01–R-QNA-07; R-QNA-25
    """
    if not rules.enabled:
        raise QuestionsClosedError
    asking = replace(_checked(rules, wish, owner, now), proofs=proofs)
    birth = begun(asking, rules, now)
    return await queries.born(place, birth, carry), birth


def _checked(rules: QuestionRules, wish: Wish, owner: str | None, now: datetime) -> Asking:
    problems: list[FieldProblem] = []
    asker: Values = {}
    text = title = ""
    try:
        asker = settled_asker(rules.forms[wish.asker_kind], wish.values, local_day(now))
    except InvalidInputError as error:
        problems += error.problems()
    try:
        title = tidy_title(wish.title, text_rules=rules.text_rules)
    except InvalidInputError as error:
        problems += error.problems()
    try:
        text = tidy_text(wish.text, text_rules=rules.text_rules)
    except InvalidInputError as error:
        problems += error.problems()
    if wish.topic not in (*rules.topics, UNSURE):
        vi, en = "Hãy chọn một lĩnh vực trong danh sách.", "Choose a topic of the list."
        problems.append(FieldProblem("topic", "choice", vi, en))
    if problems:
        again = [] if wish.warnings_seen else doubtful(text, text_rules=rules.text_rules)
        raise InvalidInputError([*problems, *again])
    return Asking(
        asker_kind=wish.asker_kind,
        asker=asker,
        owner=owner,
        topic=wish.topic,
        agency=wish.agency,
        procedure=wish.procedure,
        title=title,
        text=text,
        doubts=doubts(text, text_rules=rules.text_rules, seen=wish.warnings_seen),
        consent_name=wish.consent_name,
        sameness=sameness(owner or identity_of(asker), text),
    )
