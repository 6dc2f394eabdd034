"""Processing: its answers about actions."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.processing.parts import OfficerOut


class ReceiptOut(Answer):
    """The desk's confirmation that it has the result."""

    code: str
    received_at: datetime | None
    received_by: OfficerOut | None
