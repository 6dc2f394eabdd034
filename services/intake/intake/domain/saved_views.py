"""Ways of looking at the desk's queues that an officer keeps: how many, under which names."""

from dataclasses import dataclass
from typing import Any, Final

from common.errors import ConflictError, NotFoundError
from regulation.queues import DESK_COLUMNS, UNIT_COLUMNS, Column

MOST: Final = 30
"""How many views one officer keeps."""
COLUMNS: Final = tuple(dict.fromkeys((*DESK_COLUMNS, *UNIT_COLUMNS)))
"""What a row of the desk's queues can tell."""


class SavedViewNotFoundError(NotFoundError):
    """No such view among those of the caller."""

    code = "saved-view-not-found"
    vi = "Không tìm thấy danh sách đã lưu này."
    en = "This saved view was not found."


class SavedViewNameTakenError(ConflictError):
    """Another view of the caller has the name."""

    code = "saved-view-name-taken"
    vi = "Bạn đã có danh sách tên “{name}”."
    en = "You have a saved view “{name}” already."


class TooManySavedViewsError(ConflictError):
    """An officer keeps only so many."""

    code = "too-many-saved-views"
    vi = "Mỗi người lưu tối đa {most} danh sách. Hãy bỏ bớt danh sách không dùng."
    en = "At most {most} views are kept for each officer. Remove one you do not use."


@dataclass(frozen=True)
class Look:
    """What a view shows: a list, what narrows and orders it by the names of the queue's routes, and its columns.

    No columns means those of the list.
    """

    list_: str
    chosen: dict[str, Any]
    columns: tuple[Column, ...] = ()


def room(count: int) -> None:
    """Let an officer who keeps so many keep another one. Raises: TooManySavedViewsError."""
    if count >= MOST:
        raise TooManySavedViewsError(field="name", rule="maxItems", most=MOST)
