"""The access history as its owner reads it: people line by line, what machines did folded into one line a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from answers.identity import AccessOut
from regulation.zone import local_day

PEOPLE = {
    "registered": "Đăng ký tài khoản",
    "signed_in": "Đăng nhập",
    "sign_in_failed": "Đăng nhập không thành công",
    "signed_out": "Đăng xuất",
    "renewal_stolen": "Phiên bị dùng lại ở nơi khác – đã chặn",
    "password_changed": "Đổi mật khẩu",
    "password_reset_asked": "Yêu cầu đặt lại mật khẩu",
    "password_reset": "Đặt lại mật khẩu",
    "profile_changed": "Sửa thông tin liên hệ",
}
MACHINES = {"contact_read": "Hệ thống đọc thông tin liên hệ để gửi thông báo"}


@dataclass(frozen=True)
class Line:
    """One line: when, what in words, from where; ``count`` is how often a machine did it that day."""

    at: datetime | date
    words: str
    address: str = ""
    device: str = ""
    count: int = 0


def told(rows: Iterable[AccessOut]) -> tuple[list[Line], list[Line]]:
    """Tell what people did, newest first, and what machines did, once a day; ``rows`` come newest first.

    Source: QT Đ.29.7; R-ACC-24
    """
    people: list[Line] = []
    machines: dict[tuple[str, date], Line] = {}
    for row in rows:
        if row.action in MACHINES:
            day = local_day(row.at)
            known = machines.get((row.action, day), Line(day, MACHINES[row.action]))
            machines[row.action, day] = Line(day, known.words, count=known.count + 1)
            continue
        device = " · ".join(part for part in (row.device, row.system, row.browser) if part)
        people.append(Line(row.at, PEOPLE.get(row.action, row.action), row.address, device))
    return people, list(machines.values())
