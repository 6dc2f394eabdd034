"""Qa: its answers about publication."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer
from answers.qa.shared import FoundOut


class MaskingOut(Answer):
    """Title, question and answer with everything masked that was found."""

    answer: str
    found: tuple[FoundOut, ...]
    question: str
    title: str
