"""How names and codes are made findable with and without diacritics."""

from regulation.text import fold


def search_key(name: str) -> str:
    """Return the folded name; the dossier code is appended when it is known.

    Source: requirements §0.3.4; R-TRK-11
    """
    return fold(name)


def search_words(query: str) -> list[str]:
    """Return the folded words of a query, codes in one piece."""
    return fold(query).split()
