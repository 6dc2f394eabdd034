"""Registers: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"


class State(StrEnum):
    """Whether an entry (mục ghi trong sổ) still runs."""

    OPEN = "open"
    CLOSED = "closed"


class Touch(StrEnum):
    """How much an open entry means to people, the gravest first."""

    INCIDENT = "incident"
    PLANNED = "planned"
    SLIGHT = "slight"
