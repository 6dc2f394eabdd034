"""Who holds the province's posts around the suite, from when to when, and who stands in until a body exists."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from common.errors import DomainError


class Post(StrEnum):
    """A post around the suite (vai trò của tỉnh đối với hệ thống). Source: TN Đ.23; QT Đ.6; NB Đ.8; R-ORG-01"""

    OWNER = "owner"
    COORDINATION = "coordination"
    CONTENT = "content"
    OPERATION = "operation"
    SECURITY = "security"
    FINANCE = "finance"

    def said(self, lang: str) -> str:
        """Name the post in Vietnamese or English."""
        return (_ENGLISH if lang == "en" else _WORDS)[self]


_WORDS = {
    Post.OWNER: "Chủ quản",
    Post.COORDINATION: "Đầu mối điều phối",
    Post.CONTENT: "Chủ trì nội dung",
    Post.OPERATION: "Vận hành kỹ thuật",
    Post.SECURITY: "An toàn thông tin",
    Post.FINANCE: "Bảo đảm kinh phí",
}
_ENGLISH = {
    Post.OWNER: "Owner",
    Post.COORDINATION: "Coordinator",
    Post.CONTENT: "Content owner",
    Post.OPERATION: "Technical operator",
    Post.SECURITY: "Information security",
    Post.FINANCE: "Finance",
}
NAMED_BY = {
    Post.OWNER: "roles.owner",
    Post.COORDINATION: "roles.coordinator",
    Post.CONTENT: "roles.content_owner",
    Post.OPERATION: "roles.operator",
    Post.SECURITY: "roles.security",
}
"""Where the profile names the body of a post; nothing names one for the money."""
BODIES = {
    "ubnd": ("Ủy ban nhân dân tỉnh", "People's Committee of the province"),
    "vp_ubnd": ("Văn phòng Ủy ban nhân dân tỉnh", "Office of the People's Committee"),
    "dic": (
        "Sở Khoa học và Công nghệ (trước là Sở Thông tin và Truyền thông)",
        "Department of Science and Technology",
    ),
    "provincial_centre": ("Trung tâm Phục vụ hành chính công tỉnh", "Public service centre of the province"),
    "district_centre": ("Bộ phận Một cửa các cấp", "One-stop desks"),
    "provincial_police": ("Công an tỉnh", "Provincial police"),
    "hired_operator": ("Đơn vị vận hành được thuê", "Hired operator"),
}
"""What the profiles call bodies."""


def body_said(code: str, lang: str) -> str:
    """Name a body of a profile; `@` and what follows says for what, and is left out."""
    name = code.partition("@")[0]
    vi, en = BODIES.get(name, (name, name))
    return en if lang == "en" else vi


class HolderPeriodError(DomainError):
    """A holder begins after the one before, and ends on the first day or later."""

    code = "holder-period"
    vi = "Ngày đầu phải sau ngày đầu của người giữ vai trò trước, và không sau ngày cuối."
    en = "The first day is after that of the holder before, and not after the last day."


class Naming(NamedTuple):
    """Who holds a post: body, who stands in while it does not exist yet, by which paper, and how long."""

    post: Post
    body: str
    substitute: str
    document_number: str
    from_on: date
    until_on: date | None


class Held(Protocol):
    """A holder with the days it counts."""

    post: str
    from_on: date
    until_on: date | None


H = TypeVar("H", bound=Held)


def must_follow(new: Naming, before: date | None) -> date:
    """Give the last day of the holder before. Raises: HolderPeriodError. Source: R-ORG-01"""
    if (new.until_on is not None and new.until_on < new.from_on) or (
        before is not None and new.from_on <= before
    ):
        raise HolderPeriodError(field="from_on", rule="period")
    return new.from_on - timedelta(days=1)


def on_day(rows: Iterable[H], day: date) -> dict[str, H]:
    """Give who holds each post on a day; the last day is still of it. Source: TN Đ.23; R-ORG-01"""
    counted = (one for one in rows if one.from_on <= day and (one.until_on is None or day <= one.until_on))
    return {one.post: one for one in sorted(counted, key=lambda one: one.from_on)}
