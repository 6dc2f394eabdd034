"""The life of a procedure version, from national listing to repeal."""

from enum import StrEnum


class State(StrEnum):
    """Where a version stands (trạng thái của phiên bản)."""

    LISTED = "listed"  # national information: shown, not offered
    DRAFT = "draft"
    APPROVED = "approved"  # decided, waits for its effective day
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


VISIBLE = frozenset({State.LISTED, State.IN_FORCE})
EDITABLE = frozenset({State.DRAFT})
