"""What notify answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.notify.access_log import AccessLineOut, AccessLinePageOut
from answers.notify.messages import (
    AttachmentOut,
    DeliveryOut,
    MessageOut,
    MessageOutPage,
    UnreadOut,
)
from answers.notify.templates import TemplateOut
from answers.notify.words import Deed, Scope

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "AttachmentOut",
    "Deed",
    "DeliveryOut",
    "MessageOut",
    "MessageOutPage",
    "Scope",
    "TemplateOut",
    "UnreadOut",
]
