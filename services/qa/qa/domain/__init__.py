"""The rules: pure functions and frozen values."""

from qa.domain.asker import AskerKind, contact_of, identity_of, settled_asker
from qa.domain.clocks import ClockKind, Outcome
from qa.domain.grounds import Ground
from qa.domain.rules import UNSURE, AnswerKind, QuestionRules, rules_of
from qa.domain.states import Action, Deed, PublicationState, State

__all__ = [
    "UNSURE",
    "Action",
    "AnswerKind",
    "AskerKind",
    "ClockKind",
    "Deed",
    "Ground",
    "Outcome",
    "PublicationState",
    "QuestionRules",
    "State",
    "contact_of",
    "identity_of",
    "rules_of",
    "settled_asker",
]
