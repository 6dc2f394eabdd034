"""What notify answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.notify.messages import (
    AttachmentOut,
    DeliveryOut,
    MessageOut,
    MessageOutPage,
    UnreadOut,
)
from answers.notify.templates import TemplateOut

__all__ = [
    "AttachmentOut",
    "DeliveryOut",
    "MessageOut",
    "MessageOutPage",
    "TemplateOut",
    "UnreadOut",
]
