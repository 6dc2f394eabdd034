"""What qa answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.qa.access_log import AccessLineOut, AccessLinePageOut
from answers.qa.answering import CitedOut
from answers.qa.answers import AnswerPageOut, AnswerRowOut, PublicAnswerOut
from answers.qa.asking import DeadlineOut, TermsOut
from answers.qa.attachments import MalwareReportOut, MalwareReportOutPage, UploadOut
from answers.qa.bars import BarOut, GuidanceOut
from answers.qa.board import AgencyCountOut, BoardPageOut, BoardRowOut, CountsOut
from answers.qa.contacts import AskerContactOut, AskerContactsOut
from answers.qa.feedback import (
    FeedbackPageOut,
    FeedbackRowOut,
    FeedbackTermsOut,
    ReceiptOut,
    ResultPageOut,
    SentOut,
)
from answers.qa.feedback_desk import FeedbackOut, SenderOut
from answers.qa.figures import AgencyFiguresOut, BalanceOut, FiguresPageOut
from answers.qa.following import FollowedOut, OwnPageOut, OwnRowOut, StepOut
from answers.qa.publication import MaskingOut
from answers.qa.ratings import FigureOut, FiguresOut, PhaseOut, RatedOut, TaskOut
from answers.qa.shared import (
    AnswerTextOut,
    AskedOut,
    AskerOut,
    AttachmentOut,
    CellOut,
    ChoiceOut,
    CitationOut,
    ClockOut,
    ClockRowOut,
    DeedOut,
    DraftOut,
    FileTermsOut,
    FoundOut,
    GroundOut,
    InterimOut,
    LeaderOut,
    PublicationOut,
    QuestionOut,
    RefusalOut,
    ReplyOut,
    ResultOut,
    ReturnAskedOut,
    SentBackOut,
)
from answers.qa.words import AnswerKind, AskerKind, Category, Deed, Ground, Phase, Queue

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "AgencyCountOut",
    "AgencyFiguresOut",
    "AnswerKind",
    "AnswerPageOut",
    "AnswerRowOut",
    "AnswerTextOut",
    "AskedOut",
    "AskerContactOut",
    "AskerContactsOut",
    "AskerKind",
    "AskerOut",
    "AttachmentOut",
    "BalanceOut",
    "BarOut",
    "BoardPageOut",
    "BoardRowOut",
    "Category",
    "CellOut",
    "ChoiceOut",
    "CitationOut",
    "CitedOut",
    "ClockOut",
    "ClockRowOut",
    "CountsOut",
    "DeadlineOut",
    "Deed",
    "DeedOut",
    "DraftOut",
    "FeedbackOut",
    "FeedbackPageOut",
    "FeedbackRowOut",
    "FeedbackTermsOut",
    "FigureOut",
    "FiguresOut",
    "FiguresPageOut",
    "FileTermsOut",
    "FollowedOut",
    "FoundOut",
    "Ground",
    "GroundOut",
    "GuidanceOut",
    "InterimOut",
    "LeaderOut",
    "MalwareReportOut",
    "MalwareReportOutPage",
    "MaskingOut",
    "OwnPageOut",
    "OwnRowOut",
    "Phase",
    "PhaseOut",
    "PublicAnswerOut",
    "PublicationOut",
    "QuestionOut",
    "Queue",
    "RatedOut",
    "ReceiptOut",
    "RefusalOut",
    "ReplyOut",
    "ResultOut",
    "ResultPageOut",
    "ReturnAskedOut",
    "SenderOut",
    "SentBackOut",
    "SentOut",
    "StepOut",
    "TaskOut",
    "TermsOut",
    "UploadOut",
]
