"""A telephone call about a dossier as it is asked for on a page, and how notices stand in words."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Final

from answers.notify import CallResult, Direction
from regulation.zone import local

from portal.domain.fields import Choice, Field

Say = Callable[..., str]
DIRECTIONS: Final = {
    Direction.OUTGOING: "Cán bộ gọi cho người dân",
    Direction.INCOMING: "Người dân gọi đến",
}
RESULTS: Final = {
    CallResult.TOLD: "Đã nói chuyện, đã báo",
    CallResult.NO_ANSWER: "Không nghe máy",
    CallResult.WRONG_NUMBER: "Sai số, không phải người cần gặp",
    CallResult.CALL_BACK: "Hẹn gọi lại",
}
CHANNELS: Final = {"portal": "hộp thông báo trên Cổng", "email": "thư điện tử", "sms": "tin nhắn"}
STATES: Final = {
    "queued": "đang chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "delivered": "đã vào hộp",
    "skipped": "không gửi",
    "failed": "không gửi được",
}
REASONS: Final = {
    "not-chosen": "người nhận không chọn kênh này",
    "no-account": "người nhận không có tài khoản",
    "no-address": "người nhận không để lại địa chỉ, số điện thoại",
    "sms-not-set-up": "chưa có cổng tin nhắn",
}
"""Words for the reasons a clerk can do something about; any other is shown as the server gave it."""


def call_fields(say: Say, now: datetime, direction: Direction) -> list[Field]:
    """Ask what an officer says of a call: who called, what came of it, when, and a word about it."""
    said = {one: tuple(Choice(key, say(words)) for key, words in known.items()) for one, known in _ASKED}
    return [
        Field("direction", say("Ai gọi?"), "radios", direction, choices=said["direction"]),
        Field("result", say("Kết quả cuộc gọi"), "radios", choices=said["result"]),
        Field(
            "on",
            say("Ngày gọi"),
            value=f"{local(now):%d/%m/%Y}",
            hint=say("Ví dụ: 28/11/2026"),
            width="10",
            autocomplete="off",
        ),
        Field(
            "at",
            say("Giờ gọi"),
            value=f"{local(now):%H:%M}",
            hint=say("Ví dụ: 14:30"),
            width="5",
            autocomplete="off",
        ),
        Field(
            "note",
            say("Ghi chú"),
            "long_text",
            required=False,
            rows=3,
            most=500,
            hint=say("Ghi ngắn; không ghi mật khẩu, mã xác nhận hay chuyện riêng."),
        ),
    ]


_ASKED = (("direction", DIRECTIONS), ("result", RESULTS))


def time_said(text: str) -> time | None:
    """Read the time of day as people write it, 14:30 or 14h30; nothing where it is none."""
    try:
        return time.fromisoformat(text.strip().replace("h", ":").zfill(5)).replace(second=0, tzinfo=None)
    except ValueError:
        return None
