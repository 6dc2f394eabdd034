"""Regulation profiles: everything a province differs in, each value with the article that fixes it."""

from regulation.profiles.comparing import Difference, difference
from regulation.profiles.kinds import Value
from regulation.profiles.limits import Limit
from regulation.profiles.loading import NAMES, PROVINCES, default_leaves, load, load_file, versions
from regulation.profiles.model import (
    Leaf,
    Problem,
    Profile,
    ProfileNotInForceError,
    ProfileRefusedError,
    UnknownKeyError,
    UnknownProfileError,
    WrongKindError,
)
from regulation.profiles.texts import Citation, LegalText

__all__ = [
    "NAMES",
    "PROVINCES",
    "Citation",
    "Difference",
    "Leaf",
    "LegalText",
    "Limit",
    "Problem",
    "Profile",
    "ProfileNotInForceError",
    "ProfileRefusedError",
    "UnknownKeyError",
    "UnknownProfileError",
    "Value",
    "WrongKindError",
    "default_leaves",
    "difference",
    "load",
    "load_file",
    "versions",
]
