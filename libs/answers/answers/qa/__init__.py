"""What qa answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.qa.access_log import AccessLineOut, AccessLinePageOut
from answers.qa.answers import AnswerPageOut, AnswerRowOut, PublicAnswerOut
from answers.qa.asking import ChoiceOut, DeadlineOut, GroundOut, TermsOut
from answers.qa.bars import BarOut, GuidanceOut
from answers.qa.board import AgencyCountOut, BoardPageOut, BoardRowOut, CountsOut
from answers.qa.contacts import AskerContactOut, AskerContactsOut
from answers.qa.following import FollowedOut, OwnPageOut, OwnRowOut, StepOut
from answers.qa.publication import FoundOut, MaskingOut
from answers.qa.shared import (
    AnswerTextOut,
    AskedOut,
    AskerOut,
    CellOut,
    CitationOut,
    ClockOut,
    ClockRowOut,
    DeedOut,
    DraftOut,
    InterimOut,
    LeaderOut,
    PublicationOut,
    QuestionOut,
    RefusalOut,
    ReturnAskedOut,
)
from answers.qa.words import AnswerKind, AskerKind, Deed, Ground, Queue

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "AgencyCountOut",
    "AnswerKind",
    "AnswerPageOut",
    "AnswerRowOut",
    "AnswerTextOut",
    "AskedOut",
    "AskerContactOut",
    "AskerContactsOut",
    "AskerKind",
    "AskerOut",
    "BarOut",
    "BoardPageOut",
    "BoardRowOut",
    "CellOut",
    "ChoiceOut",
    "CitationOut",
    "ClockOut",
    "ClockRowOut",
    "CountsOut",
    "DeadlineOut",
    "Deed",
    "DeedOut",
    "DraftOut",
    "FollowedOut",
    "FoundOut",
    "Ground",
    "GroundOut",
    "GuidanceOut",
    "InterimOut",
    "LeaderOut",
    "MaskingOut",
    "OwnPageOut",
    "OwnRowOut",
    "PublicAnswerOut",
    "PublicationOut",
    "QuestionOut",
    "Queue",
    "RefusalOut",
    "ReturnAskedOut",
    "StepOut",
    "TermsOut",
]
