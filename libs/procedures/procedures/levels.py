"""Service levels (mức độ dịch vụ công trực tuyến): 1 to 4, or information / partial / full."""

from enum import StrEnum
from typing import Final


class Scheme(StrEnum):
    """The level scheme a province works under (profile key `catalog.level_scheme`)."""

    LEVELS_1_4 = "levels_1_4"
    FULL_PARTIAL = "full_partial"


class Action(StrEnum):
    """What a citizen may do with a service of a level."""

    READ = "read"
    DOWNLOAD = "download"
    SUBMIT = "submit"
    PAY = "pay"


LEVELS: Final[dict[Scheme, tuple[str, ...]]] = {
    Scheme.LEVELS_1_4: ("1", "2", "3", "4"),
    Scheme.FULL_PARTIAL: ("information", "partial", "full"),
}
_ACTIONS: Final = {
    "1": (Action.READ,),
    "2": (Action.READ, Action.DOWNLOAD),
    "3": (Action.READ, Action.DOWNLOAD, Action.SUBMIT),
    "4": (Action.READ, Action.DOWNLOAD, Action.SUBMIT, Action.PAY),
    "information": (Action.READ, Action.DOWNLOAD),
    "partial": (Action.READ, Action.DOWNLOAD, Action.SUBMIT),
    "full": (Action.READ, Action.DOWNLOAD, Action.SUBMIT, Action.PAY),
}
_TO_FULL: Final = {"1": "information", "2": "information", "3": "partial", "4": "full"}
_TO_LEVELS: Final = {"information": "2", "partial": "3", "full": "4"}
_PARTIAL: Final = ("3", "partial")
_FULL: Final = ("4", "full")


def actions_at(scheme: Scheme, level: str) -> tuple[Action, ...]:
    """Return what the portal shows and the API takes at a level; nothing but reading at an unknown one.

    Source: NB Đ.2.5; TN Đ.4.1; BD Đ.2.4; HN Đ.3.2; QT Đ.7.1.b; R-CAT-07; R-CAT-08
    """
    return _ACTIONS[level] if level in LEVELS[scheme] else (Action.READ,)


def corresponding(scheme: Scheme, level: str) -> str:
    """Return the level of a scheme that an editor may confirm for a level of the other one.

    Source: R-CAT-08 (L4 → full, L3 → partial, L1 and L2 → information, and back)
    """
    if level in LEVELS[scheme]:
        return level
    table = _TO_FULL if scheme is Scheme.FULL_PARTIAL else _TO_LEVELS
    return table.get(level, LEVELS[scheme][0])


def is_partial(level: str) -> bool:
    """Tell whether a service level is L3 or partial: the result is fetched, papers are compared.

    Source: NB Đ.14.2.a; BD Đ.7.1.a; R-INT-10
    """
    return level in _PARTIAL


def is_full(level: str | None) -> bool:
    """Tell whether a service level is L4 or full: the result comes electronically.

    Source: NB Đ.14.3; TN Đ.11.5.a; BD Đ.7.2; R-PRC-11
    """
    return level in _FULL
