"""Each profile's own province: the demonstration is written for one, and told in the names and codes of another."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROVINCES = Path(__file__).with_suffix(".yaml")
STANDARD = (
    "ninh-binh"  # the province the demonstration is written for, and whose look others without one wear
)


@cache
def provinces() -> Mapping[str, Mapping[str, Any]]:
    """Return the provinces of the demonstration by the name of their profile."""
    told: dict[str, dict[str, Any]] = yaml.safe_load(PROVINCES.read_text("utf-8"))
    return told


def province(profile: str) -> Mapping[str, Any]:
    """Return the province of a profile, or the standard one."""
    return provinces().get(profile, provinces()[STANDARD])


@cache
def words(profile: str) -> tuple[tuple[str, str], ...]:
    """Return (as written, as told): names, codes, logins and the beginning of phone numbers."""
    return tuple(zip(_names(province(STANDARD)), _names(province(profile)), strict=True))


def _names(one: Mapping[str, Any]) -> list[str]:
    places = [one, one["ward"], *one["communes"]]
    codes = [one["code"], one["ward"]["code"], one["area"], f'"province": "{one["unit"]}"']
    return [*codes, *(place["name"] for place in places), *(place["slug"] for place in places)]


def retell(text: str, profile: str) -> str:
    """Put a text of the demonstration into the words of the profile's province, all at once."""
    told = dict(words(profile))
    spoken = re.compile("|".join(re.escape(word) for word in sorted(told, key=len, reverse=True)))
    return spoken.sub(lambda found: told[found[0]], text)
