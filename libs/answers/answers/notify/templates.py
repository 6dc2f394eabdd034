"""Notify: its answers about templates."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime

from answers.answer import Answer


class TemplateOut(Answer):
    """The text in force; version 1 ships with the suite."""

    body: Mapping[str, str]
    created_at: datetime | None
    kind: str
    sms: Mapping[str, str]
    subject: Mapping[str, str]
    version: int
