"""What an officer looks at of a queue: which one, what narrows it, in which order. The address says all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from regulation.queues import DESK_COLUMNS, UNIT_COLUMNS, Column, Queue, Sort
from starlette.datastructures import QueryParams

from portal.domain.addresses import Address
from portal.domain.days import day_said
from portal.domain.fields import Choice, Field
from portal.domain.texts import Say

KEYS: Final = {
    "procedure": "thu-tuc",
    "officer": "can-bo",
    "channel": "hinh-thuc",
    "state": "trang-thai",
    "since": "tu-ngay",
    "until": "den-ngay",
    "sort": "xep",
}
"""What narrows and orders a queue, by its name at the services, as addresses call it."""
LABELS: Final = {
    "procedure": "Thủ tục",
    "officer": "Cán bộ",
    "channel": "Hình thức nộp",
    "state": "Trạng thái",
    "since": "Từ ngày",
    "until": "Đến hết ngày",
    "sort": "Xếp theo",
}
DAYS: Final = ("since", "until")
SORTS: Final = {
    Sort.DUE: "hạn gần nhất ở trên",
    Sort.NEWEST: "mới nhận ở trên",
    Sort.OLDEST: "nhận lâu nhất ở trên",
}
HEADINGS: Final = {
    Column.REMAINING: "Thời gian còn lại",
    Column.CODE: "Mã hồ sơ",
    Column.APPLICANT: "Người nộp",
    Column.PROCEDURE: "Thủ tục",
    Column.RECEIVED: "Nộp lúc",
    Column.STATE: "Trạng thái",
    Column.STEP: "Bước hiện tại",
    Column.OFFICER: "Người giải quyết",
    Column.DUE: "Hẹn trả",
}
LONGEST: Final = 100
COLUMNS: Final = "cot"
"""What names a chosen column in addresses."""


@dataclass(frozen=True)
class View:
    """One way of looking at a queue: page and tab, and what was chosen, by the names of the services."""

    page: Address
    tab: Mapping[str, str]
    chosen: Mapping[str, str]
    wrong: Mapping[str, str]
    queue: Queue
    found: bool = False
    """Whether words were looked for beyond every list."""
    picked: tuple[Column, ...] = ()
    """The columns that were chosen; none means those of the queue."""

    @classmethod
    def read(
        cls, page: Address, tab: Mapping[str, str], queue: Queue, asked: QueryParams, say: Say
    ) -> "View":
        """Read an address; a day that is none narrows nothing, and is told."""
        chosen = {name: asked.get(key, "").strip()[:LONGEST] for name, key in KEYS.items()}
        days = {name: day_said(chosen[name]) for name in DAYS}
        wrong = {name: say("Ghi ngày như 31/12/2026") for name in DAYS if chosen[name] and days[name] is None}
        if days["since"] and days["until"] and days["until"] < days["since"]:
            wrong["until"] = say("Ngày cuối phải từ ngày đầu trở đi")
        if chosen["sort"] not in {*Sort}:
            chosen["sort"] = ""
        kept = {name: value for name, value in chosen.items() if value}
        return cls(page, tab, kept, wrong, queue, picked=_picked(asked, queue))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns to show; which dossier a row is about is always told."""
        return self.picked or self.queue.columns

    def at(self, page: Address | None = None, **more: str) -> str:
        """Give the address of this view, or of another page for the same view."""
        kept = {KEYS[name]: value for name, value in self.chosen.items()} | self._shown
        return (page or self.page).at(**self.tab, **kept, **({"tim": "1"} if self.found else {}), **more)

    def elsewhere(self, path: str) -> str:
        """Give the address of another tab, narrowed and ordered as this one."""
        page, _, query = path.partition("?")
        kept = {KEYS[name]: value for name, value in self.chosen.items()} | self._shown
        return Address(page).at(**dict(parse_qsl(query)), **kept)

    @property
    def _shown(self) -> dict[str, str]:
        return {COLUMNS: ",".join(self.picked)} if self.picked else {}

    @property
    def cleared(self) -> "View":
        """Give the same queue with nothing narrowed."""
        return replace(self, chosen={}, wrong={})

    @property
    def narrows(self) -> bool:
        """Tell whether anything is narrowed."""
        return bool({*self.chosen} - {"sort"})

    @property
    def wish(self) -> dict[str, str]:
        """Give what is chosen as the services read it; a wrong day is left out."""
        days = {name: day_said(self.chosen.get(name, "")) for name in DAYS if name not in self.wrong}
        return {
            **{name: value for name, value in self.chosen.items() if name not in DAYS},
            **{name: day.isoformat() for name, day in days.items() if day},
        }

    def questions(self, choices: Mapping[str, Sequence[Choice]], say: Say) -> list[Field]:
        """Ask what may narrow and order the queue; what offers nothing to choose is not asked."""
        sorts = [Choice(one, say(words)) for one, words in SORTS.items()]
        offered = {**choices, "sort": sorts}
        return [self._question(name, offered, say) for name in KEYS if name in DAYS or offered.get(name)]

    def _question(self, name: str, offered: Mapping[str, Sequence[Choice]], say: Say) -> Field:
        typed, error, label = self.chosen.get(name, ""), self.wrong.get(name, ""), say(LABELS[name])
        if name in DAYS:
            hint = say("Ví dụ: 01/11/2026")
            return Field(KEYS[name], label, value=typed, width="10", hint=hint, error=error)
        known = tuple(offered[name])
        if name == "sort":
            return Field(KEYS[name], label, "select", typed or self.queue.sort, choices=known)
        if typed and typed not in {one.value for one in known}:
            known = (*known, Choice(typed, typed))
        return Field(KEYS[name], label, "select", typed, choices=(Choice("", say("Tất cả")), *known))

    def said(self, questions: Sequence[Field]) -> list[str]:
        """Say what the queue is narrowed to, part by part."""
        names = {key: name for name, key in KEYS.items()}
        return [
            f"{one.label}: {self._word(one)}"
            for one in questions
            if (name := names[one.name]) in self.chosen and name != "sort" and name not in self.wrong
        ]

    def _word(self, question: Field) -> str:
        words = {one.value: one.label for one in question.choices}
        return words.get(question.value, question.value)


def offered_columns(queue: Queue) -> tuple[Column, ...]:
    """Give the columns that rows of a queue can have: of the desk's those of all its lists."""
    desk = queue.columns in (DESK_COLUMNS, UNIT_COLUMNS)
    offered = {*DESK_COLUMNS, *UNIT_COLUMNS} if desk else {*queue.columns}
    return tuple(one for one in Column if one in offered)


def _picked(asked: QueryParams, queue: Queue) -> tuple[Column, ...]:
    """Read the columns of an address, in the order rows have them; the queue's own ones are no choice."""
    named = {name for value in asked.getlist(COLUMNS) for name in value.split(",")}
    picked = tuple(one for one in offered_columns(queue) if one in named or one is Column.CODE)
    return () if {*picked} in ({Column.CODE}, {*queue.columns}) else picked
