"""What statistics keep: dossiers, questions, the facts they follow from, and names."""

from stats.models.base import Base
from stats.models.dossiers import Agency, Dossier, Field, IdentityCheck, KeptFact, Wait
from stats.models.instructions import Instruction
from stats.models.questions import Holding, KeptQuestionFact, Question, stories_of

__all__ = [
    "Agency",
    "Base",
    "Dossier",
    "Field",
    "Holding",
    "IdentityCheck",
    "Instruction",
    "KeptFact",
    "KeptQuestionFact",
    "Question",
    "Wait",
    "stories_of",
]
