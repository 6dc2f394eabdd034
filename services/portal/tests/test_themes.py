"""Every province's theme can be read."""

from dataclasses import replace
from pathlib import Path

import pytest
from portal.adapters.rendering import ROOT, load_theme, theme_of
from portal_stage.contrast import contrast, unreadable
from regulation.profiles import PROVINCES

THEMES = sorted(file.stem for file in (Path(ROOT) / "themes").glob("*.yaml"))


def test_every_province_with_a_profile_has_a_theme() -> None:
    assert set(PROVINCES) <= set(THEMES)


@pytest.mark.parametrize("key", THEMES)
def test_a_theme_has_enough_contrast_everywhere(key: str) -> None:
    assert unreadable(load_theme(key)) == []


@pytest.mark.parametrize("key", THEMES)
def test_a_theme_speaks_both_languages(key: str) -> None:
    theme = load_theme(key)
    assert all(set(text) == {"vi", "en"} for text in (theme.names, theme.owner, theme.notice, theme.address))


def test_a_pale_theme_is_refused() -> None:
    theme = load_theme(THEMES[0])
    pale = replace(theme, colours={**theme.colours, "link": "#9fc5d1"})
    assert [line.split(":")[0] for line in unreadable(pale)] == ["link on page", "link on surface"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_the_one_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


def test_the_pages_wear_the_look_of_the_profile_or_the_standard_one() -> None:
    assert [theme_of(key) for key in THEMES] == THEMES
    assert theme_of("national-2026") == "ninh-binh"
