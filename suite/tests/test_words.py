"""Words that somebody has to type are words: what nobody sees is none of them."""

import re
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from regulation.typed import Typed

ROOT = Path(__file__).parents[2]
ASKED = re.compile(
    r"(?:(\w+)(?:: | = ))?(?:Annotated\[)?\bstr(?: = |, )(?:Field|Query|StringConstraints)"
    r"\((?=[^)]*min_length=)[^)]*\)(?!, Tidied)"
)
NO_WORDS = {
    "credential",
    "current",
    "new",
    "login",
    "code",
    "password",
    "to",
    "state",
    "binding",
    "subject",
    "who",
    "key",
    "Ticket",
    "competent_agency",
    "",
}
"""Secrets, keys and codes, which are compared as they come; without a name, what stands in a list of them."""


def asked(text: str) -> list[str]:
    """Return what a file asks for that may not stay away and is taken as it comes."""
    return [found[1] or "" for found in ASKED.finditer(text)]


def test_words_that_may_not_stay_away_are_read_before_they_are_counted() -> None:
    places = [*ROOT.glob("services/*/*/api/**/*.py"), ROOT / "libs/audit/audit/asking.py"]
    wrong = {
        f"{place.relative_to(ROOT)}: {name}"
        for place in places
        for name in asked(place.read_text())
        if name not in NO_WORDS
    }
    assert not wrong, "take regulation.typed.Typed"
    assert asked("    reason: str = Field(min_length=5, max_length=9)") == ["reason"]
    assert asked("    purpose: Annotated[str, Query(min_length=5)]") == ["purpose"]
    assert asked("Words = Annotated[str, Field(min_length=5)]") == ["Words"]


def test_a_limit_of_its_own_is_set_on_words_without_one() -> None:
    """Of two limits the one of the type holds: `Line` with a shorter one in its field takes a thousand letters."""
    limited = re.compile(r": (?:Line|Reason)(?: \| None)? = Field\([^)]*max_length")
    wrong = [
        str(place.relative_to(ROOT))
        for place in ROOT.glob("services/*/*/api/**/*.py")
        if limited.search(place.read_text())
    ]
    assert not wrong, "take regulation.typed.Typed"
    assert limited.search("    number: Line = Field(min_length=1, max_length=40)")


@pytest.mark.parametrize("typed", ["\u200b" * 20, "\u202e\u2066 \u00ad\u200d\ufeff" * 5, " \t\n" * 9])
def test_what_nobody_sees_is_no_word(typed: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Annotated[Typed, Field(min_length=5)]).validate_python(typed)
