"""Whole numbers out of addresses, forms and headers."""

MOST_DIGITS = 9


def whole_number(text: str, otherwise: int = 0) -> int:
    """Read a whole number of plain digits; anything else, and one that no page needs, is ``otherwise``.

    `isdigit` alone would let through what `int` refuses: a superscript, or five thousand digits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else otherwise
