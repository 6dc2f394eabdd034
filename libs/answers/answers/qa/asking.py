"""Qa: its answers about asking."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from typing import Any

from answers.answer import Answer
from answers.qa.shared import ChoiceOut, FileTermsOut, GroundOut


class DeadlineOut(Answer):
    """A time limit of the province in words."""

    key: str
    label: str
    said: str


class TermsOut(Answer):
    """What the province asks of who asks, and how it answers."""

    deadlines: tuple[DeadlineOut, ...]
    effective_date: bool
    enabled: bool
    feedback_here: bool
    files: FileTermsOut
    forms: Mapping[str, Mapping[str, Any]]
    guidance: str
    guidance_edition: int
    login_required: bool
    longest_text: int
    longest_title: int
    publishes: str
    refusal_grounds: tuple[GroundOut, ...]
    reuse_terms: str
    standing_notice: str
    text_rules: bool
    topic_unsure: ChoiceOut | None
    topics: tuple[ChoiceOut, ...]
