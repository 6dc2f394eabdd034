"""What registers answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.registers.access_log import AccessLineOut, AccessLinePageOut
from answers.registers.books import (
    BookOut,
    CellOut,
    ChangeOut,
    ChoiceOut,
    EntryOut,
    EntryPageOut,
    EntryRowOut,
    LineOut,
)
from answers.registers.notices import NoticeList
from answers.registers.reports import ReportOut, ReportsOut
from answers.registers.shared import NoticeOut
from answers.registers.status import (
    BackupOut,
    CapabilityOut,
    InsideOut,
    MonthOut,
    PartOut,
    StatusOut,
)
from answers.registers.words import Deed, Scope, State, Touch

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "BackupOut",
    "BookOut",
    "CapabilityOut",
    "CellOut",
    "ChangeOut",
    "ChoiceOut",
    "Deed",
    "EntryOut",
    "EntryPageOut",
    "EntryRowOut",
    "InsideOut",
    "LineOut",
    "MonthOut",
    "NoticeList",
    "NoticeOut",
    "PartOut",
    "ReportOut",
    "ReportsOut",
    "Scope",
    "State",
    "StatusOut",
    "Touch",
]
