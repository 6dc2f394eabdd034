"""What notify keeps: notices, their deliveries, template versions, and copies of what notices mention."""

from notify.models.absence import Absence
from notify.models.base import Base
from notify.models.call import Call, Reminder
from notify.models.copies import Agency, Dossier, Hold, Officer, Procedure
from notify.models.desk import ArrivalChoice, DeskRound
from notify.models.message import Delivery, Message
from notify.models.template import TemplateVersion

__all__ = [
    "Absence",
    "Agency",
    "ArrivalChoice",
    "Base",
    "Call",
    "Delivery",
    "DeskRound",
    "Dossier",
    "Hold",
    "Message",
    "Officer",
    "Procedure",
    "Reminder",
    "TemplateVersion",
]
