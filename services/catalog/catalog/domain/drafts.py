"""What may be done with a version before it is in force, and by whom."""

from enum import StrEnum
from typing import Final

from catalog.domain.versions import State


class DraftDeed(StrEnum):
    """What may be done with a version that nobody outside sees."""

    REVIEW = "review"
    APPROVE = "approval"
    RETURN = "return"
    PUBLISH = "publication"


SAID: Final = {
    State.DRAFT: ("Đang soạn", "Being written"),
    State.IN_REVIEW: ("Chờ kiểm soát nội dung", "Waits for the content check"),
    State.CHECKED: ("Đã kiểm soát nội dung", "Content checked"),
    State.APPROVED: ("Đã công bố, chờ ngày hiệu lực", "Published, waits for its day"),
}


def state_said(state: str, lang: str) -> str:
    """Return where a version stands in Vietnamese or English."""
    return SAID[State(state)][lang == "en"]


def draft_deeds(state: str, *, edits: bool, controls: bool, wrote: bool, checked: bool) -> list[DraftDeed]:
    """Return what somebody may do; `checked` tells whether only a checked version may be published.

    Source: TN Đ.7.6; requirements C, segregation rules; R-CAT-18
    """
    if state == State.IN_REVIEW:
        return [DraftDeed.APPROVE, DraftDeed.RETURN] if controls and not wrote else []
    if not edits:
        return []
    ready = state == State.CHECKED or (state == State.DRAFT and not checked)
    return [DraftDeed.REVIEW] * (state == State.DRAFT) + [DraftDeed.PUBLISH] * ready
