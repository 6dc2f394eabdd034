"""The access log as an inspector searches it: what is asked, and how a line reads in plain words."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from answers.identity import AccessLineOut, Deed
from regulation.days import EARLIEST
from regulation.roles import Role
from regulation.zone import day_begins, day_ends, local

from portal.domain.access_history import MACHINES, PEOPLE
from portal.domain.fields import Choice, Field, as_typed
from portal.domain.standing import PARTS
from portal.domain.texts import Say

NO_LOG: Final = frozenset(("gateway", "portal"))
"""They keep nobody's data: whatever is asked through them is written down by the service that answers."""
LOGS: Final = {name: words for name, words in PARTS.items() if name not in NO_LOG}
"""The services with an access log, in words."""
FIRST: Final = ("identity",)
NEXT: Final = ("intake", "qa")
"""Who knows people by name, number or address: their keys are asked for elsewhere, the accounts first."""


@dataclass(frozen=True)
class Log:
    """The access log of a service, or of an agency's own instance of it."""

    service: str
    words: str
    agency: str = ""
    at: str = ""
    """The name of that agency."""

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.service}@{self.agency}" if self.agency else self.service


ACCOUNT_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
DEEDS: Final = {
    Deed.LOOK_UP: "Tra cứu, xem danh sách",
    Deed.VIEW: "Mở xem",
    Deed.EXPORT: "Xuất dữ liệu",
    Deed.CHANGE: "Thay đổi",
    Deed.ACCOUNT: "Đăng nhập, tài khoản",
}
ACCOUNT_DEEDS: Final = {
    **PEOPLE,
    **MACHINES,
    "registration_repeated": "Có người đăng ký bằng thông tin của tài khoản này",
    "phone_taken": "Người khác xác nhận số điện thoại của tài khoản này",
    "closing_asked": "Chủ tài khoản đóng tài khoản",
    "closing_undone": "Chủ tài khoản giữ lại tài khoản",
    "officer_created": "Tạo tài khoản cán bộ",
    "officer_changed": "Sửa tài khoản cán bộ",
    "grant_decided": "Quyết định việc cấp quyền",
    "out_of_scope": "Truy cập ngoài phạm vi được giao – bị từ chối",
    "statement_accepted": "Xác nhận đã đọc điều khoản, trách nhiệm",
    "rights_requested": "Ghi văn bản đăng ký quyền",
    "notice_entered": "Ghi thông báo thay đổi, hủy quyền",
    "holder_named": "Ghi cơ quan giữ vai trò của tỉnh",
    "committed": "Cam kết khi dùng dữ liệu dân cư",
    "unused_disabled": "Ngừng tài khoản không dùng",
    "desk_authorised": "Ghi ủy quyền giải quyết tại quầy",
    "desk_authorisation_ended": "Rút ủy quyền giải quyết tại quầy",
    "suspension_proposed": "Đề nghị tạm ngừng tài khoản",
}
"""What happened to an account, as somebody else reads it."""
KINDS: Final = {"citizen": "Người dân, tổ chức", "officer": "Cán bộ", "service": "Hệ thống"}
PARAMETERS: Final = {
    "q": "từ tìm",
    "person": "người được tìm",
    "actor": "người làm",
    "subject": "về",
    "deed": "việc",
    "agency": "cơ quan",
    "route": "thao tác",
    "about": "các mã của người đó",
    "outcome": "kết quả",
    "since": "từ",
    "until": "đến",
}
"""What is asked for most; other words stand as programs call them."""
OUTCOMES: Final = {403: "Bị từ chối", 404: "Không tìm thấy", 409: "Không thực hiện được", 422: "Nhập sai"}
SILENT: Final = "not available"
"""How lines written before 2026-12 say that a browser said nothing of itself; they are sealed as they are."""
BETWEEN: Final = " · "
"""Stands between device, system and browser."""
FAILED: Final = 400
"""From this status on the deed was not done."""


def questions(
    say: Say, typed: Mapping[str, str], wrong: Mapping[str, str], kept: Iterable[Log]
) -> list[Field]:
    """Ask why, and what is looked for; only the purpose must be given. Source: R-SEC-22."""
    everything = Choice("", say("Tất cả"))
    deeds = tuple(Choice(deed, say(words)) for deed, words in DEEDS.items())
    logs = tuple(Choice(one.key, say(one.words) + (f" ({one.at})" if one.at else "")) for one in kept)
    asked = [
        Field(
            "purpose",
            say("Mục đích tra cứu (bắt buộc)"),
            hint=say("Ví dụ: kiểm tra theo Quyết định số 12/QĐ-TTr. Nhật ký giữ lại câu này."),
        ),
        Field(
            "person",
            say("Ai được tra cứu, xem?"),
            hint=say("Họ tên, số định danh, điện thoại hoặc thư điện tử"),
        ),
        Field(
            "actor",
            say("Ai đã làm?"),
            hint=say("Tên đăng nhập hoặc họ tên cán bộ, hoặc mã tài khoản"),
        ),
        Field("subject", say("Về hồ sơ, tài khoản nào?"), hint=say("Mã hồ sơ, số câu hỏi, mã tài khoản")),
        Field(
            "route", say("Bằng thao tác nào?"), hint=say("Một phần dòng nhỏ ở cột Việc, ví dụ: second-factor")
        ),
        Field("deed", say("Việc"), "select", choices=(everything, *deeds)),
        Field("where", say("Ở phần nào của hệ thống?"), "select", choices=(everything, *logs)),
        Field("since", say("Từ ngày"), width="10", hint=say("Ví dụ: 01/11/2026")),
        Field("until", say("Đến hết ngày"), width="10", hint=say("Ví dụ: 30/11/2026")),
        Field("not_done", say("Chỉ những việc không được thực hiện"), "agree"),
        Field("names", say("Hiện tên cán bộ; mỗi tên được hỏi cũng là một dòng nhật ký"), "agree", "true"),
    ]
    return as_typed(asked, typed, wrong)


def begin_of(day: date) -> str:
    """Return the instant a day begins here; empty for the first there is, before which nothing was."""
    return "" if day == EARLIEST else day_begins(day).isoformat()


def end_of(day: date) -> str:
    """Return the instant a day is over here."""
    return day_ends(day).isoformat()


@dataclass(frozen=True)
class ToldLine:
    """One line in words; numbers and addresses that were looked for stay the marks they are in the log."""

    at: str
    actor: str
    name: str
    is_known_as: str
    """Roles and agency of who did it."""
    deed: str
    route: str
    subject: str
    asked: str
    purpose: str
    outcome: str
    is_done: bool
    address: str
    agent: str


@dataclass(frozen=True)
class Reader:
    """What a line is told with: the language, and the names of agencies and officers by code and id."""

    say: Say
    lang: str
    agencies: Mapping[str, str]
    officers: Mapping[str, str]

    def told(self, line: AccessLineOut) -> ToldLine:
        """Tell a line."""
        known = ACCOUNT_DEEDS.get(line.route) if line.deed == Deed.ACCOUNT else None
        done = line.outcome < FAILED
        return ToldLine(
            at=f"{local(line.at):%H:%M:%S %d/%m/%Y}",
            actor=line.actor,
            name=self.officers.get(line.actor, ""),
            is_known_as=", ".join(filter(None, (self._roles(line), self._agency(line)))),
            deed=self.say(known) if known else line.deed_label,
            route="" if known else line.route,
            subject=line.subject if line.subject != line.actor else "",
            asked=self._asked(line.details),
            purpose=line.purpose,
            outcome=self.say("Đã thực hiện") if done else self._outcome(line.outcome),
            is_done=done,
            address=line.address,
            agent=BETWEEN.join(one for one in line.agent.split(BETWEEN) if one != SILENT),
        )

    def _roles(self, line: AccessLineOut) -> str:
        known = {role.value: role.said(self.lang) for role in Role}
        roles = [known.get(role, role) for role in line.roles.split(",") if role]
        return ", ".join(roles) or (self.say(KINDS[line.kind]) if line.kind in KINDS else "")

    def _agency(self, line: AccessLineOut) -> str:
        return self.agencies.get(line.agency, line.agency)

    def _outcome(self, status: int) -> str:
        return f"{self.say(OUTCOMES.get(status, OUTCOMES[409]))} ({status})"

    def _asked(self, details: str) -> str:
        """Say what was asked for; what was too long to be kept whole stands as it was cut."""
        try:
            found = json.loads(details or "{}")
        except ValueError:
            return details
        if not isinstance(found, dict):
            return details
        named = {name: self.say(PARAMETERS[name]) if name in PARAMETERS else name for name in found}
        return "; ".join(f"{named[name]}: {value}" for name, value in found.items())
