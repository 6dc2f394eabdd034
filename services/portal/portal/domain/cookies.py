"""Every cookie the portal sets, what for and for how long: the page about privacy lists them, and no other is set."""

from dataclasses import dataclass

DAY = 86400


@dataclass(frozen=True)
class Cookie:
    """A cookie: its name, what it is for, and for how many days a browser keeps it; none where the session ends it."""

    name: str
    says: str
    days: int = 0

    @property
    def seconds(self) -> int:
        """Give how long a browser keeps it."""
        return self.days * DAY


SESSIONS = {
    "citizen": Cookie(
        "motcua",
        "Giữ phiên làm việc của người dân, doanh nghiệp; nội dung được mã hóa, mã script không đọc được.",
    ),
    "officer": Cookie(
        "motcua_canbo", "Giữ phiên làm việc của cán bộ; nội dung được mã hóa, mã script không đọc được."
    ),
}
DEVICE = Cookie(
    "motcua_thietbi",
    "Nhận ra trình duyệt bạn từng đăng nhập, để chặn người dò mật khẩu mà không chặn bạn.",
    180,
)
SURVEY = Cookie(
    "motcua_khaosat",
    "Chỉ đặt khi bạn trả lời khảo sát: để mỗi trình duyệt trả lời một lần; không cho biết bạn là ai.",
    400,
)
KEPT = (DEVICE, SURVEY)
"""What a browser keeps beyond the session."""
COOKIES = (*SESSIONS.values(), *KEPT)
