"""Registers: what several kinds of question are answered with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class NoticeOut(Answer):
    """A notice to everybody in both languages; `planned` is a stop that was planned, `over` says that it …"""

    began_at: datetime | None
    ended_at: datetime | None
    expected_at: datetime | None
    number: str
    over: bool
    planned: bool
    text: str
    text_en: str
