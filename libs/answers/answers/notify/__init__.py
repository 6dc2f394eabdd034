"""What notify answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.notify.access_log import AccessLineOut, AccessLinePageOut
from answers.notify.arrivals import ArrivalsOut
from answers.notify.dossiers import CallOut, NoticeOut, ReachedOut, WayOut
from answers.notify.messages import (
    AttachmentOut,
    DeliveryOut,
    MessageOut,
    MessageOutPage,
    UnreadOut,
)
from answers.notify.overdue_agencies import OverdueAgenciesOut, OverdueAgencyOut, ReminderOut
from answers.notify.templates import TemplateOut
from answers.notify.words import Arrivals, CallResult, Deed, Direction, Scope

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "Arrivals",
    "ArrivalsOut",
    "AttachmentOut",
    "CallOut",
    "CallResult",
    "Deed",
    "DeliveryOut",
    "Direction",
    "MessageOut",
    "MessageOutPage",
    "NoticeOut",
    "OverdueAgenciesOut",
    "OverdueAgencyOut",
    "ReachedOut",
    "ReminderOut",
    "Scope",
    "TemplateOut",
    "UnreadOut",
    "WayOut",
]
