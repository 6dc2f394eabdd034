"""Whether the colours of a province can be read."""

from portal.domain.themes import Theme

TEXT_CONTRAST = 4.5
PART_CONTRAST = 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("on_brand", "brand", TEXT_CONTRAST),
    ("on_brand", "brand_dark", TEXT_CONTRAST),
    ("text", "page", TEXT_CONTRAST),
    ("text", "surface", TEXT_CONTRAST),
    ("secondary", "page", TEXT_CONTRAST),
    ("secondary", "surface", TEXT_CONTRAST),
    ("link", "page", TEXT_CONTRAST),
    ("link", "surface", TEXT_CONTRAST),
    ("brand", "page", TEXT_CONTRAST),
    ("accent", "brand", PART_CONTRAST),
)
"""Foreground, background and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11)."""


def unreadable(theme: Theme) -> list[str]:
    """Name the pairs of tokens whose contrast is too low."""
    return [
        f"{front} on {back}: {contrast(theme.colours[front], theme.colours[back]):.2f} < {least}"
        for front, back, least in PAIRS
        if contrast(theme.colours[front], theme.colours[back]) < least
    ]


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
