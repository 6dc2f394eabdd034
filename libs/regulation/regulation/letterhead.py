"""Whose paper it is: how an agency, the body above it and the place of issue stand in a heading."""

import re
from typing import Final

_COUNCIL: Final = re.compile(r"^(ủy ban nhân dân|uỷ ban nhân dân|ubnd)\b\s*", re.IGNORECASE)
_UNIT: Final = r"(?i:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu)"
_NAMED: Final = re.compile(rf"\b{_UNIT}\s+(?=(\S.*)$)")
_UNIT_FIRST: Final = re.compile(rf"^{_UNIT}\s+")


def is_council(agency: str) -> bool:
    """Tell whether a name is that of a People's Committee (Ủy ban nhân dân)."""
    return _COUNCIL.match(agency) is not None


def full_name(agency: str) -> str:
    """Return an agency's name as its papers say it, with UBND written out.

    Source: requirements §E; R-PRC-11
    """
    return _COUNCIL.sub("Ủy ban nhân dân ", agency).strip()


def issuer_lines(agency: str) -> list[str]:
    """Return the issuer's name as it stands in the heading, a People's Committee on two lines."""
    return ["Ủy ban nhân dân", _COUNCIL.sub("", agency).strip()] if is_council(agency) else [agency]


def superior_line(agency: str, superior: str | None) -> str:
    """Return the small line above the issuer; a People's Committee heads its papers alone.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I; R-PRC-11
    """
    return "" if is_council(agency) else _COUNCIL.sub("UBND ", superior or "").strip()


def place_of(agency: str, superior: str | None) -> str:
    """Return the place written before the date: the one an agency's name says, else its superior's; empty if none.

    "Bảo hiểm xã hội tỉnh Ninh Bình" is at "Ninh Bình": a place begins with a capital letter.
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I
    """
    return next(filter(None, map(_place_in, (agency, superior or ""))), "")


def _place_in(name: str) -> str:
    if is_council(name):
        return _UNIT_FIRST.sub("", _COUNCIL.sub("", name)).strip()
    return next((found[1] for found in _NAMED.finditer(name) if found[1][0].isupper()), "")
