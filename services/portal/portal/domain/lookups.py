"""The ways to look a dossier up that are in operation, each with its guidance."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

WAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "portal_by_code": "Nhập mã hồ sơ vào ô trên trang này.",
        "portal_account": "Đăng nhập, mở “Hồ sơ của tôi” để xem đầy đủ.",
        "qr": "Quét mã QR trên giấy tiếp nhận bằng điện thoại.",
        "counter": "Hỏi tại bộ phận một cửa nơi bạn đã nộp; mang theo giấy tiếp nhận hoặc giấy tờ tùy thân.",
        "hotline": "Gọi tổng đài trong giờ làm việc và đọc mã hồ sơ.",
        "national_portal": "Tra cứu trên Cổng dịch vụ công quốc gia bằng mã hồ sơ.",
        "sms": "Nhắn tin mã hồ sơ đến số dịch vụ của tỉnh.",
        "social_network": "Tra cứu qua trang mạng xã hội được cơ quan có thẩm quyền cho phép.",
    }
)
"""What to do, for each way of the profile's list. Source: R-TRK-13"""
ALWAYS: Final = frozenset({"portal_by_code", "portal_account", "qr"})
"""What every province has: the look-up by code, the account, the code on each paper. Source: R-TRK-01 to 03"""
CARRIED: Final = frozenset({"counter", "hotline"})
"""What needs nothing but people; the other ways of a profile wait until somebody switches them on."""


class UnknownWayError(ValueError):
    """A way is switched on that does not exist."""


def in_operation(profile: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """Return the ways in operation: what every province has, and those chosen.

    Where none are chosen: those of the profile that need nothing from outside.

    Raises:
        UnknownWayError: a chosen way does not exist.

    Source: TN Đ.11.6.d; R-TRK-13
    """
    if unknown := [one for one in chosen if one not in WAYS]:
        raise UnknownWayError(f"no such way to look a dossier up: {', '.join(unknown)}")
    wanted = chosen or [one for one in profile if one in CARRIED]
    return tuple(one for one in WAYS if one in ALWAYS or one in wanted)
