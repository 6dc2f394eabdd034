"""Stats: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class Group(StrEnum):
    """What figures are broken down by; level and kind are those of the receiving agency."""

    AGENCY = "agency"
    LEVEL = "level"
    KIND = "kind"
    FIELD = "field"
    CHANNEL = "channel"
    PROVINCE = "province"


class Shown(StrEnum):
    """How figures are cut: tháng, quý, năm."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
