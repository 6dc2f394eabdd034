"""Qa: its answers about exchange."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class HandedInOut(Answer):
    """Where it stands here, for the system that handed it in: a reply or the right channel, once there …"""

    agency: str | None
    agency_name: str
    came_at: datetime
    closing_channel: str | None
    closing_reason: str | None
    due_at: datetime | None
    number: str
    replied_at: datetime | None
    reply: str | None
    state: str
    state_label: str
    system: str
    their_number: str
