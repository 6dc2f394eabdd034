"""What stats answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.stats.access_log import AccessLineOut, AccessLinePageOut
from answers.stats.overdue import InstructionOut, OverdueCountOut, OverdueOut, OverdueRowOut
from answers.stats.statistics import (
    BehindOut,
    BehindOutPage,
    DossierRowOut,
    FiguresOut,
    IdentityOut,
    QuestionFiguresOut,
    QuestionRowOut,
    ReportOut,
    RowOut,
    SharesOut,
    ThemeAccountOut,
    ThemeOut,
    ThemesOut,
)
from answers.stats.words import Deed, Figure, Group, QuestionGroup, Scope, Shown, Subject

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "BehindOut",
    "BehindOutPage",
    "Deed",
    "DossierRowOut",
    "Figure",
    "FiguresOut",
    "Group",
    "IdentityOut",
    "InstructionOut",
    "OverdueCountOut",
    "OverdueOut",
    "OverdueRowOut",
    "QuestionFiguresOut",
    "QuestionGroup",
    "QuestionRowOut",
    "ReportOut",
    "RowOut",
    "Scope",
    "SharesOut",
    "Shown",
    "Subject",
    "ThemeAccountOut",
    "ThemeOut",
    "ThemesOut",
]
