"""The codes of procedures, of their sectors, and of the papers that result from them."""

import re
from typing import Self

from regulation.codes.agency import AgencyCode
from regulation.errors import RegulationError

_PROCEDURE = re.compile(
    r"(?P<number>[0-9]\.[0-9]{6})(?:\.(?P<case>[0-9]{2}))?(?:\.(?P<agency>[0-9A-Z]{3}\..+))?"
)
_TYPED = re.compile(r"(?P<head>[0-9])(?P<number>[0-9]{6})(?P<rest>(?:[0-9]{2})?)")
_SECTOR = re.compile(r"(?P<top>[GH][0-9]{2})-(?P<sector>[0-9A-Z]{2,10})")
_RESULT = re.compile(r"KQ\.(?P<top>[GH][0-9]{2})\.(?P<number>[0-9]{6})")
_RESULT_OF_AGENCY = re.compile(r"(?P<agency>[0-9A-Z.]+)-KQ(?P<number>[0-9]{6})")


class UnreadableProcedureCodeError(RegulationError):
    """The text is no procedure code."""

    code = "unreadable-procedure-code"
    vi = "“{text}” không phải mã thủ tục (ví dụ 1.001193 hoặc 1.001193.01)."
    en = "“{text}” is no procedure code (such as 1.001193 or 1.001193.01)."


class UnreadableSectorCodeError(RegulationError):
    """The text is no sector code."""

    code = "unreadable-sector-code"
    vi = "“{text}” không phải mã lĩnh vực (ví dụ G15-TP07)."
    en = "“{text}” is no sector code (such as G15-TP07)."


class UnreadableResultCodeError(RegulationError):
    """The text is no code of a result."""

    code = "unreadable-result-code"
    vi = "“{text}” không phải mã kết quả (ví dụ KQ.G15.000031 hoặc 000.00.00.G15-KQ003208)."
    en = "“{text}” is no result code (such as KQ.G15.000031 or 000.00.00.G15-KQ003208)."


class ProcedureCode(str):
    """A procedure code (mã thủ tục hành chính): `1.001193`, a case of it `1.001193.01`.

    A local procedure carries the agency that published it: `3.000181.000.00.00.H22`.
    Source: law-facts §3, §8; R-CAT-29
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept a code exactly as it is written. Raises: UnreadableProcedureCodeError."""
        match = _PROCEDURE.fullmatch(text)
        if match is None or not _names_agency(match["agency"]):
            raise UnreadableProcedureCodeError(text=text)
        return super().__new__(cls, text)

    @classmethod
    def normalise(cls, text: str) -> Self:
        """Read a code as people type it: `1001193`, ` 1.001193 `, `100119301` is case 01.

        Raises: UnreadableProcedureCodeError.
        """
        bare = re.sub(r"\s+", "", text).upper()
        match = _TYPED.fullmatch(bare)
        if match is None:
            return cls(bare)
        case = f".{match['rest']}" if match["rest"] else ""
        return cls(f"{match['head']}.{match['number']}{case}")

    @property
    def procedure(self) -> Self:
        """Give the code of the procedure itself, without case and agency."""
        return type(self)(self[:8])

    @property
    def case(self) -> str | None:
        """Give the number of the case (trường hợp), if the code names one: `01`."""
        return self._part("case")

    @property
    def agency(self) -> AgencyCode | None:
        """Give the agency of a local procedure, if the code names one."""
        written = self._part("agency")
        return AgencyCode(written) if written else None

    def _part(self, name: str) -> str | None:
        match = _PROCEDURE.fullmatch(self)
        assert match is not None  # checked when the code was made
        return match[name]


def _names_agency(written: str | None) -> bool:
    if written is None:
        return True
    try:
        AgencyCode(written)
    except ValueError:
        return False
    return True


class SectorCode(str):
    """A sector code (mã lĩnh vực): the ministry or province and the letters of the list, `G15-TP07`.

    Source: TT 01/2018/TT-VPCP Đ.20; R-CAT-29
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept a code exactly as it is written. Raises: UnreadableSectorCodeError."""
        if _SECTOR.fullmatch(text) is None:
            raise UnreadableSectorCodeError(text=text)
        return super().__new__(cls, text)

    @property
    def top(self) -> str:
        """Give the ministry or province: `G15`."""
        return self.partition("-")[0]

    @property
    def sector(self) -> str:
        """Give the letters of the list: `TP07`."""
        return self.partition("-")[2]


class ResultCode(str):
    """A result code (mã kết quả) in either shape: `KQ.G15.000031`, `000.00.00.G15-KQ003208`.

    Codes of merged ministries stay in use, so a code is never checked against today's list.
    Source: law-facts §2, §3, §8
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept a code exactly as it is written. Raises: UnreadableResultCodeError."""
        short, long = _RESULT.fullmatch(text), _RESULT_OF_AGENCY.fullmatch(text)
        if short is None and (long is None or not _names_agency(long["agency"])):
            raise UnreadableResultCodeError(text=text)
        return super().__new__(cls, text)

    @property
    def agency(self) -> AgencyCode:
        """Give the ministry, province or agency that defined the result."""
        return AgencyCode(self.split(".")[1] if self.startswith("KQ.") else self.partition("-")[0])

    @property
    def number(self) -> str:
        """Give the six digits."""
        return self[-6:]
