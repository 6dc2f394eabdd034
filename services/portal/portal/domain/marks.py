"""Marks pieces of a text that somebody has to look at, without changing a letter of it."""

import re
from collections.abc import Iterable


def marked(text: str, pieces: Iterable[str]) -> list[tuple[str, bool]]:
    """Cut a text into parts, each with whether it is one of the pieces; together they are the text."""
    wanted = sorted({piece for piece in pieces if piece}, key=len, reverse=True)
    if not wanted:
        return [(text, False)]
    parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text)
    return [(part, bool(place % 2)) for place, part in enumerate(parts) if part]
