"""The lists an officer works from: which tabs there are, what each holds, and who stands next to a dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DESK_TABS = (
    ("moi", "Chờ kiểm tra", "to_check"),
    ("bo-sung", "Chờ người nộp bổ sung", "supplement"),
    ("dang-giai-quyet", "Đang giải quyết", "at_the_unit"),
    ("cho-tra", "Có kết quả, chờ trả", "to_hand_over"),
    ("xong", "Đã kết thúc", "closed"),
)
"""Address, words and list of each tab of the desk."""

WORK_TABS = (
    ("new", "Mới chuyển đến"),
    ("mine", "Tôi đang giải quyết"),
    ("due_soon", "Sắp đến hạn"),
    ("overdue", "Quá hạn"),
    ("sent_back", "Bị trả lại"),
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


def desk_list(tab: str) -> str:
    """Give the desk's list that a tab shows."""
    return next((name for key, _, name in DESK_TABS if key == tab), DESK_TABS[0][2])


def desk_tabs(current: str, counts: Mapping[str, int]) -> list[Tab]:
    """Lay out the desk's tabs with their counts; what nobody counts has none."""
    return [Tab(key, words, counts.get(name), key == current) for key, words, name in DESK_TABS]


def work_tabs(current: str, counts: Mapping[str, int]) -> list[Tab]:
    """Lay out the specialist's tabs with their counts."""
    return [Tab(key, words, counts.get(key), key == current) for key, words in WORK_TABS]


def beside(codes: Sequence[str], code: str) -> tuple[str, str]:
    """Give the dossiers before and after one in the list last looked at; empty at its ends."""
    if code not in codes:
        return "", ""
    place = codes.index(code)
    return (codes[place - 1] if place else ""), (codes[place + 1] if place + 1 < len(codes) else "")
