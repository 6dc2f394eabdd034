"""The channels of a dossier, in and out: one list, and what they are called in front of people."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from regulation.text import Lang

Words = Mapping[Lang, str]


class Channel(StrEnum):
    """How a dossier comes in or its result goes out (cách thức thực hiện, hình thức trả kết quả)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


AS_PROFILES_SAY: Final[Mapping[str, Channel]] = {
    "online": Channel.ONLINE,
    "electronic": Channel.ONLINE,
    "email": Channel.ONLINE,
    "portal_store": Channel.ONLINE,
    "desk": Channel.COUNTER,
    "post": Channel.POST,
    "delivery": Channel.POST,
}
"""The channel behind each word of the regulations. Source: profile key `results.channels`; R-SUB-12"""

FILED: Final[Mapping[str, Words]] = {
    Channel.ONLINE: {"vi": "Trực tuyến", "en": "Online"},
    Channel.COUNTER: {"vi": "Trực tiếp", "en": "At the desk"},
    Channel.POST: {"vi": "Bưu chính", "en": "By post"},
}
"""How dossiers came in, as lists and figures name it."""

OFFERED: Final[Mapping[str, Words]] = {
    Channel.ONLINE: {
        "vi": "Bản điện tử, tải về trên Cổng dịch vụ công",
        "en": "Electronic copy, downloaded from the portal",
    },
    Channel.COUNTER: {"vi": "Tại bộ phận một cửa", "en": "At the one-stop desk"},
    Channel.POST: {"vi": "Qua dịch vụ bưu chính công ích", "en": "By the public postal service"},
}
"""How a result will come, as papers name the way that was chosen."""

RETURNED: Final[Mapping[str, Words]] = {
    Channel.ONLINE: {"vi": "trực tuyến", "en": "online"},
    Channel.COUNTER: {"vi": "tại bộ phận một cửa", "en": "at the one-stop desk"},
    Channel.POST: {"vi": "qua dịch vụ bưu chính", "en": "by post"},
}
"""How a result was handed over, within a sentence."""
