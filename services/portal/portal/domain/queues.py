"""The lists an officer works from: which tabs there are, what each holds, and who stands next to a dossier."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from answers.intake import DeskCountsOut, DeskList, SavedViewOut
from answers.processing import WorkCountsOut, WorkFilter
from answers.qa import CountsOut, Queue
from regulation.queues import HANDLING
from regulation.queues import WorkFilter as Shared

from portal.domain.addresses import Page
from portal.domain.queue_view import COLUMNS, DAYS, KEYS, View

TODAY, SOON, OVERDUE = ("Hạn hôm nay", ""), ("Sắp đến hạn", "warn"), ("Quá hạn", "alarm")
DESK_TABS = {
    "moi": (DeskList.TO_CHECK, "Chờ kiểm tra", ""),
    "bo-sung": (DeskList.SUPPLEMENT, "Chờ người nộp bổ sung", ""),
    "dang-giai-quyet": (DeskList.AT_THE_UNIT, "Đang giải quyết", ""),
    "cho-tra": (DeskList.TO_HAND_OVER, "Có kết quả, chờ trả", ""),
    "xong": (DeskList.CLOSED, "Đã kết thúc", ""),
    "hom-nay": (DeskList.DUE_TODAY, *TODAY),
    "sap-den-han": (DeskList.DUE_SOON, *SOON),
    "qua-han": (DeskList.OVERDUE, *OVERDUE),
}
"""List, words and tone of each tab of the desk, by its address."""
OLD_TABS = {"today": "hom-nay", "soon": "sap-den-han", "overdue": "qua-han"}
"""Addresses kept from before deadlines had tabs of their own."""

WORK_TABS = {
    WorkFilter.TO_SIGN: ("Chờ ký", ""),
    WorkFilter.NEW: ("Mới chuyển đến", ""),
    WorkFilter.MINE: ("Tôi đang giải quyết", ""),
    WorkFilter.DUE_TODAY: TODAY,
    WorkFilter.DUE_SOON: SOON,
    WorkFilter.OVERDUE: OVERDUE,
    WorkFilter.WAITING: ("Chờ ý kiến, bổ sung", ""),
    WorkFilter.SENT_BACK: ("Bị trả lại", ""),
    WorkFilter.ABSENT: ("Người thụ lý vắng", "warn"),
    WorkFilter.ALL: ("Tất cả", ""),
}
"""Words and tone of each tab of the specialist's list."""

QUESTION_TABS = {
    Queue.OPEN: ("Đang mở", ""),
    Queue.TO_SORT: ("Chờ phân loại", ""),
    Queue.RETURNED: ("Bị trả lại", "warn"),
    Queue.RETURN_ASKED: ("Xin trả lại", "warn"),
    Queue.WITH_AGENCY: ("Cơ quan đang trả lời", ""),
    Queue.TO_RELEASE: ("Chờ duyệt", ""),
    Queue.SENT_BACK: ("Lãnh đạo yêu cầu sửa", "warn"),
    Queue.DUE_SOON: SOON,
    Queue.OVERDUE: OVERDUE,
    Queue.TO_PUBLISH: ("Chờ công khai", ""),
    Queue.ANSWERED: ("Đã trả lời", ""),
    Queue.REFUSED: ("Không nhận", ""),
    Queue.MOVED: ("Đã chuyển phản ánh", ""),
    Queue.PUBLISHED: ("Đã công khai", ""),
}
"""Words and tone of each tab of the board of questions."""
WAITING_TABS = frozenset(QUESTION_TABS) - {
    Queue.OPEN,
    Queue.ANSWERED,
    Queue.REFUSED,
    Queue.MOVED,
    Queue.PUBLISHED,
}
"""Those in which something waits for somebody."""


RARE_TABS = frozenset((Queue.SENT_BACK, Queue.MOVED))
"""Those that are shown only where they hold something."""


@dataclass(frozen=True)
class Tab:
    """One tab: where it leads, its words, how many dossiers it holds, and whether it is the open one."""

    path: str
    words: str
    count: int | None
    current: bool = False
    tone: str = ""
    """How it looks at the officer's start page while it holds something."""
    more: bool = False
    """Whether the service stopped counting."""


def desk_tabs(counts: DeskCountsOut, current: str = "", view: View | None = None) -> list[Tab]:
    """Lay out the desk's tabs with their counts, narrowed as the open one is; what nobody counts has none."""
    return [
        Tab(
            _narrowed(view, Page.QUEUE.at(muc=key)),
            words,
            counts.lists.get(name),
            key == current,
            tone,
            name in counts.capped,
        )
        for key, (name, words, tone) in DESK_TABS.items()
    ]


def work_tabs(
    counts: WorkCountsOut, current: str = "", view: View | None = None, *, rights: Collection[str] = ()
) -> list[Tab]:
    """Lay out the tabs of who handles dossiers with their counts; who decides begins with those to sign."""
    return [
        Tab(
            _narrowed(view, Page.TO_SIGN if key is WorkFilter.TO_SIGN else Page.WORK.at(loc=key)),
            words,
            counts.lists.get(key),
            key == current,
            tone,
            key in counts.capped,
        )
        for key, (words, tone) in WORK_TABS.items()
        if HANDLING[Shared(key)].right in rights
    ]


@dataclass(frozen=True)
class SavedList:
    """A list an officer saved: its number, its name, and where it leads."""

    id: str
    name: str
    path: str


def saved_lists(views: Sequence[SavedViewOut]) -> list[SavedList]:
    """Give the lists an officer saved with their addresses."""
    tabs = {name: key for key, (name, _, _) in DESK_TABS.items()}
    return [SavedList(str(one.id), one.name, _saved_at(one, tabs[DeskList(one.list)])) for one in views]


def _saved_at(view: SavedViewOut, tab: str) -> str:
    chosen = {
        KEYS[name]: "/".join(reversed(value.split("-"))) if name in DAYS else value
        for name, value in view.chosen.items()
    }
    return Page.QUEUE.at(muc=tab, **chosen, **({COLUMNS: ",".join(view.columns)} if view.columns else {}))


def _narrowed(view: View | None, path: str) -> str:
    return view.elsewhere(path) if view else path


def question_tabs(
    counts: CountsOut, current: str | None = None, *, waiting: bool = False, found: bool = False
) -> list[Tab]:
    """Lay out the tabs of the board with their counts.

    Of who only begins, those in which something waits; of who looks for something, those in which it was found.
    """
    return [
        Tab(Page.ASKED.at(muc=key), words, counts.queues.get(key), key == current, tone)
        for key, (words, tone) in QUESTION_TABS.items()
        if _shown(key, counts, current, waiting=waiting, found=found)
    ]


def _shown(key: Queue, counts: CountsOut, current: str | None, *, waiting: bool, found: bool) -> bool:
    holds = bool(counts.queues.get(key))
    if found:
        return holds or key == current
    if waiting:
        return key == Queue.OPEN or (key in WAITING_TABS and holds)
    return holds or key not in RARE_TABS


def beside(codes: Sequence[str], code: str) -> tuple[str, str]:
    """Give the dossiers before and after one in the list last looked at; empty at its ends."""
    if code not in codes:
        return "", ""
    place = codes.index(code)
    return (codes[place - 1] if place else ""), (codes[place + 1] if place + 1 < len(codes) else "")
