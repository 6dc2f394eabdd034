"""Registers: its answers about notices."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer
from answers.registers.shared import NoticeOut


class NoticeList(Answer):
    """The notices that stand on every page now."""

    items: tuple[NoticeOut, ...]
