"""The identifier of an agency in its two written shapes, never read by position alone."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from regulation.errors import RegulationError

_LEVEL_1 = r"[GH][0-9]{2}"
_DOTTED = re.compile(rf"{_LEVEL_1}(?:\.[0-9A-Z]{{2,3}})*")
_FOUR_GROUPS = re.compile(rf"[0-9A-Z]{{3}}\.[0-9A-Z]{{2}}\.[0-9A-Z]{{2}}\.{_LEVEL_1}")
_WAY = re.compile(r"/api/[a-z]+/agencies/(?P<agency>[^/]+)")
LONGEST = 35
"""Signs of the longest agency code."""


class AgencyShape(StrEnum):
    """The shapes of an agency identifier (mã định danh).

    `dotted` reads from the province or ministry down (`H42.15.03`, QĐ 20/2020/QĐ-TTg); `four_groups` reads
    from right to left with zeros for unused levels (`000.00.15.H42`, QCVN 102:2016/BTTTT).
    """

    DOTTED = "dotted"
    FOUR_GROUPS = "four_groups"


class UnreadableAgencyCodeError(RegulationError):
    """The text has neither shape of an agency identifier."""

    code = "unreadable-agency-code"
    vi = "“{text}” không phải mã định danh cơ quan (ví dụ H42.15.03 hoặc 000.00.15.H42)."
    en = "“{text}” is no agency identifier (such as H42.15.03 or 000.00.15.H42)."


class UnwritableShapeError(RegulationError):
    """The agency cannot be named in the other shape."""

    code = "unwritable-agency-shape"
    vi = "Mã “{text}” không viết được dưới dạng bốn nhóm."
    en = "“{text}” cannot be written in four groups."


class AgencyCode(str):
    """An agency identifier (mã định danh cơ quan): a text that knows its shape and its parent.

    Source: QĐ 20/2020/QĐ-TTg; QCVN 102:2016/BTTTT; R-CAT-01, R-SYN-15
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept a code exactly as it is written. Raises: UnreadableAgencyCodeError."""
        if len(text) > LONGEST or not (_DOTTED.fullmatch(text) or _FOUR_GROUPS.fullmatch(text)):
            raise UnreadableAgencyCodeError(text=text)
        return super().__new__(cls, text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as people type it, with spaces around it or small letters.

        Raises: UnreadableAgencyCodeError.
        """
        return cls(unicodedata.normalize("NFC", text).strip().upper())

    @property
    def shape(self) -> AgencyShape:
        """Say which of the two shapes the text has."""
        return AgencyShape.DOTTED if _DOTTED.fullmatch(self) else AgencyShape.FOUR_GROUPS

    @property
    def path(self) -> tuple[str, ...]:
        """Give the groups from the province or ministry down, without the zeros of unused levels."""
        groups = self.split(".")
        if self.shape is AgencyShape.DOTTED:
            return tuple(groups)
        groups.reverse()
        while not groups[-1].strip("0"):
            groups.pop()
        return tuple(groups)

    @property
    def top(self) -> str:
        """Give the code of the province or ministry: `H42`."""
        return self.path[0]

    @property
    def level(self) -> int:
        """Give the depth below the state: 1 for a province or ministry."""
        return len(self.path)

    def parent(self) -> Self | None:
        """Give the agency above in the same shape; None above a province or ministry."""
        above = self.path[:-1]
        if not above:
            return None
        if self.shape is AgencyShape.DOTTED:
            return type(self)(".".join(above))
        # An unused level in between (001.00.15.H42) vanishes in the writing: the parent is the next used one.
        return type(self)(_in_four_groups(above))

    def dotted(self) -> Self:
        """Write the same agency in the dotted shape."""
        return type(self)(".".join(self.path))

    def four_groups(self) -> Self:
        """Write the same agency in four groups.

        Raises: UnwritableShapeError when it stands below the fourth level or a group has another length.
        """
        written = _in_four_groups(self.path)
        if _FOUR_GROUPS.fullmatch(written) is None:
            raise UnwritableShapeError(text=self)
        return type(self)(written)

    def same_as(self, other: str) -> bool:
        """Say whether both texts name the same agency, in whatever shape. Raises: UnreadableAgencyCodeError."""
        return self.path == AgencyCode.parse(other).path

    def within(self, above: str) -> bool:
        """Say whether this agency is that one or stands below it. Raises: UnreadableAgencyCodeError."""
        higher = AgencyCode.parse(above).path
        return self.path[: len(higher)] == higher


def codes_within(above: str, known: Iterable[str]) -> list[str]:
    """Return the code of an agency and, of those known, the codes of all below it, in order.

    Raises: UnreadableAgencyCodeError.
    """
    return sorted(code for code in {*known, above} if AgencyCode.parse(code).within(above))


def _in_four_groups(path: tuple[str, ...]) -> str:
    unused = ("00", "00", "000")[len(path) - 1 :]
    return ".".join(reversed((*path, *unused)))


def way_of(service: str, agency: str) -> str:
    """Return below which address a service's work for one agency lies; its subordinates' begin with it and a dot."""
    return f"/api/{service}/agencies/{agency}"


def is_way(address: str) -> bool:
    """Say whether an address is exactly that of one agency's work at some service."""
    match = _WAY.fullmatch(address)
    try:
        return match is not None and bool(AgencyCode(match["agency"]))
    except UnreadableAgencyCodeError:
        return False
