"""The life of a procedure version, from national listing to repeal."""

from enum import StrEnum

from regulation.text import nfc


class State(StrEnum):
    """Where a version stands (trạng thái của phiên bản)."""

    LISTED = "listed"  # national information: shown, not offered
    DRAFT = "draft"
    IN_REVIEW = "in_review"  # the content controller has it
    CHECKED = "checked"  # found accurate and lawful; an edit makes it a draft again
    APPROVED = "approved"  # decided, waits for its effective day
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


VISIBLE = frozenset({State.LISTED, State.IN_FORCE})
EDITABLE = frozenset({State.DRAFT, State.CHECKED})
UNSEEN = frozenset({State.DRAFT, State.IN_REVIEW, State.CHECKED, State.APPROVED})
"""What nobody outside sees yet."""


def same_name(name: str) -> str:
    """Return a name as names are compared: composed letters, one blank, no final stop. Source: NB Đ.9.1.c; R-CAT-06"""
    return " ".join(nfc(name).split()).rstrip(".")
