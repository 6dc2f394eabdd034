"""Feedback that another system hands in: which systems may, and under which number it is known there."""

import re
from typing import Final, NamedTuple

from common.errors import FieldProblem, InvalidInputError

SYSTEMS: Final = frozenset({"provincial_portal", "government_portal", "national_portal"})
"""The channels behind which another system stands. Source: TN Đ.17.2; TN Đ.17.4.c; QT Đ.22.1; R-FBK-11"""
EXCHANGE: Final = "feedback:exchange"
"""What the token of a service says that may hand feedback in and read what became of it."""
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,79}")
_SIGN: Final = ":"


class Origin(NamedTuple):
    """Where feedback was handed in, and its number there; together they are one piece of it, however often told."""

    system: str
    their_number: str

    @property
    def key(self) -> str:
        """Return what stands where the hash of a follow-up key would: no key leads to it, and it stands once."""
        return f"{self.system}{_SIGN}{self.their_number}"


def checked_origin(system: str, their_number: str) -> Origin:
    """Return where feedback comes from. Raises: InvalidInputError. Source: R-FBK-11"""
    problems = []
    if system not in SYSTEMS:
        vi, en = "Không có hệ thống này.", "There is no such system."
        problems.append(FieldProblem("system", "choice", vi, en))
    if not _NUMBER.fullmatch(their_number):
        vi, en = (
            "Mã ở hệ thống gửi gồm chữ, số và . _ / -.",
            "The number holds letters, digits and . _ / - only.",
        )
        problems.append(FieldProblem("their_number", "form", vi, en))
    if problems:
        raise InvalidInputError(problems)
    return Origin(system, their_number)


def origin_of(key: str) -> Origin | None:
    """Return where feedback was handed in, by what stands for its key; nothing for what people sent themselves."""
    system, sign, their_number = key.partition(_SIGN)
    return Origin(system, their_number) if sign else None
