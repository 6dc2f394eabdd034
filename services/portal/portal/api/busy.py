"""What is told where no page can be: which page tells a status, and of what is away when to ask again."""

from secrets import randbelow
from typing import Final, TypeVar

from starlette.responses import Response

KEY_USED = "idempotency-key-reused"
SENT_BEFORE = (
    "Trang này đã gửi một lần với nội dung khác. Bấm gửi lần nữa nếu bạn muốn gửi thêm nội dung này."
)
"""Said where somebody went back, changed the form and sent it again."""
FAILURES = {
    403: "forbidden",
    404: "missing",
    413: "too_large",
    422: "not_done",
    429: "too_many",
    503: "unavailable",
}
"""The page that tells a status."""
AWAY: Final = 503
_EARLIEST, _SPREAD = 10, 10
R = TypeVar("R", bound=Response)


def again_after() -> str:
    """Return seconds after which to ask again: not the same for a whole crowd, as at the edge (decision 0049)."""
    return str(_EARLIEST + randbelow(_SPREAD))


def told_when(answer: R) -> R:
    """Say on an answer that it is for the moment only, and when to ask again."""
    answer.status_code = AWAY
    answer.headers["retry-after"] = again_after()
    return answer
