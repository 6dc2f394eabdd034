"""The access history as its owner reads it: people line by line, what machines did folded into one line a day.

Officers who opened the owner's dossiers stand first, one line per officer, dossier and hour.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from answers.identity import AccessOut
from answers.intake import LookOut
from regulation.zone import local_day

PEOPLE = {
    "registered": "Đăng ký tài khoản",
    "signed_in": "Đăng nhập",
    "sign_in_failed": "Đăng nhập không thành công",
    "signed_out": "Đăng xuất",
    "renewal_stolen": "Phiên bị dùng lại ở nơi khác – đã chặn",
    "sign_in_superseded": "Phiên ở nơi khác kết thúc vì có lần đăng nhập mới",
    "control_lost": "Báo mất kiểm soát tài khoản",
    "password_changed": "Đổi mật khẩu",
    "factor_enrolled": "Đã bật xác thực hai bước",
    "factor_proven": "Đã xác thực hai bước",
    "factor_cleared": "Gỡ xác thực hai bước",
    "passkey_added": "Đã thêm khóa truy cập",
    "passkey_removed": "Gỡ khóa truy cập",
    "passkey_copied": "Khóa truy cập có dấu hiệu bị sao chép – đã chặn",
    "recovery_code_used": "Dùng mã khôi phục",
    "recovery_codes_renewed": "Tạo mã khôi phục mới",
    "unlocked": "Mở khóa đăng nhập",
    "sign_in_locked": "Tạm khóa đăng nhập vì sai nhiều lần",
    "registration_repeated": "Có người đăng ký bằng thông tin của bạn",
    "password_reset_asked": "Yêu cầu đặt lại mật khẩu",
    "password_reset": "Đặt lại mật khẩu",
    "profile_changed": "Sửa thông tin liên hệ",
    "handed_over": "Tài khoản gắn với định danh điện tử; mật khẩu và liên hệ cũ hết hiệu lực",
    "phone_taken": "Người khác xác nhận số điện thoại của bạn",
    "closing_asked": "Bạn đóng tài khoản",
    "closing_undone": "Bạn giữ lại tài khoản",
    "suspended": "Tài khoản bị tạm ngừng",
    "statement_accepted": "Xác nhận đã đọc điều khoản, trách nhiệm",
    "rights_requested": "Ghi văn bản đăng ký quyền",
    "notice_entered": "Ghi thông báo thay đổi, hủy quyền",
    "holder_named": "Ghi cơ quan giữ vai trò của tỉnh",
    "committed": "Cam kết khi dùng dữ liệu dân cư",
    "unused_disabled": "Ngừng tài khoản không dùng",
    "suspension_ended": "Việc tạm ngừng chấm dứt",
}
DEVICES = {"computer": "Máy tính", "phone": "Điện thoại", "tablet": "Máy tính bảng"}
UNKNOWN = "Không rõ"
MACHINES = {"contact_read": "Hệ thống đọc thông tin liên hệ để gửi thông báo"}


@dataclass(frozen=True)
class Line:
    """One line: when, what in words, from where; ``count`` is how often a machine did it that day."""

    at: datetime | date
    words: str
    address: str = ""
    device: str = ""
    """The kind of device in words."""
    software: str = ""
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
        people.append(_line(row))
    return people, list(machines.values())


def _line(row: AccessOut) -> Line:
    named = " · ".join(part for part in (row.system, row.browser) if part)
    kind = DEVICES.get(row.device, row.device) or ("" if named else UNKNOWN)
    return Line(row.at, PEOPLE.get(row.action, row.action), row.address or UNKNOWN, kind, named)


@dataclass(frozen=True)
class Look:
    """One officer's looks at one dossier within an hour: who, where, what was opened, why, how often."""

    at: datetime
    code: str
    officer: str | None
    role: str
    agency: str | None
    why: str
    parts: tuple[str, ...]
    count: int


def folded(rows: Iterable[LookOut]) -> list[Look]:
    """Fold the parts an officer opened within an hour into one line, newest first; ``rows`` come newest first.

    Source: QT Đ.29.7; R-ACC-24
    """
    lines: dict[tuple[object, ...], Look] = {}
    for row in rows:
        at, hour = row.first_at, row.first_at.replace(minute=0, second=0, microsecond=0)
        one = Look(
            at, row.code, row.officer, row.role_label, row.agency_name, row.ground_label, (row.part_label,), 0
        )
        key = (one.code, one.officer, one.role, one.agency, one.why, hour)
        known = lines.get(key, one)
        parts = known.parts if row.part_label in known.parts else (row.part_label, *known.parts)
        lines[key] = replace(known, at=min(known.at, at), parts=parts, count=known.count + row.count)
    return list(lines.values())
