"""Qa: its answers about publication."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer
from answers.qa.parts import CitationOut, FoundOut


class MaskingOut(Answer):
    """Everything that goes public with everything masked that was found; what is in doubt is named, too."""

    answer: str
    citations: tuple[CitationOut, ...]
    found: tuple[FoundOut, ...]
    no_citation_reason: str
    question: str
    title: str
