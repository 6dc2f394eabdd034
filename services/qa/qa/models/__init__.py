"""What this service keeps: questions with their clocks and history, who is barred, and copies of neighbours' facts."""

from qa.models.announcements import RETOLD, retold_feedback, retold_question
from qa.models.attachment import Attachment, MalwareReport
from qa.models.bar import Bar
from qa.models.base import Base
from qa.models.birth import Asking, Birth, Carry, begun
from qa.models.birthplace import FIRST_MAILS, Birthplace, LostRaceError
from qa.models.clock import Clock
from qa.models.copies import Agency, ContactLine, Guidance, Officer, Procedure
from qa.models.counter import CounterCode
from qa.models.evaluation import EVALUATION_NUMBERS, Evaluation
from qa.models.feedback import FEEDBACK_NUMBERS, Feedback
from qa.models.handing import Before, lend, tell_province
from qa.models.hold import Hold
from qa.models.line import Line
from qa.models.question import PUBLICATIONS, Question
from qa.models.rating import RatedDossier, Rating
from qa.models.survey import SURVEY_NUMBERS, Survey, SurveyCount, SurveyDue, SurveyMark, SurveyText

__all__ = [
    "EVALUATION_NUMBERS",
    "FEEDBACK_NUMBERS",
    "FIRST_MAILS",
    "PUBLICATIONS",
    "RETOLD",
    "SURVEY_NUMBERS",
    "Agency",
    "Asking",
    "Attachment",
    "Bar",
    "Base",
    "Before",
    "Birth",
    "Birthplace",
    "Carry",
    "Clock",
    "ContactLine",
    "CounterCode",
    "Evaluation",
    "Feedback",
    "Guidance",
    "Hold",
    "Line",
    "LostRaceError",
    "MalwareReport",
    "Officer",
    "Procedure",
    "Question",
    "RatedDossier",
    "Rating",
    "Survey",
    "SurveyCount",
    "SurveyDue",
    "SurveyMark",
    "SurveyText",
    "begun",
    "lend",
    "retold_feedback",
    "retold_question",
    "tell_province",
]
