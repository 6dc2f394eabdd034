"""The lists an officer works from: which tabs there are, what each holds, and who stands next to a dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DESK_TABS = (
    ("moi", "Chờ kiểm tra", "submitted"),
    ("bo-sung", "Chờ người nộp bổ sung", "supplement_requested"),
    ("dang-giai-quyet", "Đang giải quyết", "accepted,forwarded,in_process,awaiting_signature"),
    ("cho-tra", "Có kết quả, chờ trả", "result_ready,rejected"),
    ("xong", "Đã kết thúc", "returned,refused,redirected"),
)
"""Address, words and states of each tab of the desk."""

WORK_TABS = (
    ("new", "Mới chuyển đến"),
    ("mine", "Tôi đang giải quyết"),
    ("due_soon", "Sắp đến hạn"),
    ("overdue", "Quá hạn"),
    ("returned", "Bị trả lại"),
    ("to_sign", "Chờ ký"),
    ("all", "Tất cả"),
)
"""Filter and words of each tab of the specialist's list."""


@dataclass(frozen=True)
class Tab:
    """One tab: its address part, words, how many dossiers it holds, and whether it is the open one."""

    key: str
    words: str
    count: int | None
    current: bool


def desk_states(tab: str) -> str:
    """Give the states of a desk tab, comma-separated."""
    return next((states for key, _, states in DESK_TABS if key == tab), DESK_TABS[0][2])


def desk_tabs(current: str, states: Mapping[str, int]) -> list[Tab]:
    """Lay out the desk's tabs with their counts."""
    return [
        Tab(
            key,
            words,
            sum(states.get(state, 0) for state in of.split(",")) if key != "xong" else None,
            key == current,
        )
        for key, words, of in DESK_TABS
    ]


def work_tabs(current: str, counts: Mapping[str, int]) -> list[Tab]:
    """Lay out the specialist's tabs with their counts."""
    return [Tab(key, words, counts.get(key), key == current) for key, words in WORK_TABS]


def beside(codes: Sequence[str], code: str) -> tuple[str, str]:
    """Give the dossiers before and after one in the list last looked at; empty at its ends."""
    if code not in codes:
        return "", ""
    place = codes.index(code)
    return (codes[place - 1] if place else ""), (codes[place + 1] if place + 1 < len(codes) else "")
