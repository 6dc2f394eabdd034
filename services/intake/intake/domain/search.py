"""How names and codes are made findable with and without diacritics."""

from regulation.text import cleaned_line, fold, name_key, one_hyphen


def search_key(name: str) -> str:
    """Return the key of a name; the dossier code is appended when it is known.

    Source: requirements §0.3.4; R-TRK-11
    """
    return name_key(name)


def search_words(query: str) -> list[str]:
    """Return the words of a query as keys: names without apostrophes, codes in one piece."""
    words = one_hyphen(cleaned_line(query)).split()
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    coded = any(letter.isdigit() for letter in word)
    return [fold(word).strip(".,;")] if coded else name_key(word).split()
