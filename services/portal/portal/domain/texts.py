"""The words of the interface: Vietnamese stands in the pages themselves, English in a list beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from regulation.text import has_diacritics

Say = Callable[..., str]
"""Says a Vietnamese sentence of the interface in the visitor's language, its ``{parts}`` filled in."""


@dataclass(frozen=True)
class Texts:
    """Says a Vietnamese sentence of the interface in the visitor's language."""

    english: Mapping[str, str]
    lang: str = "vi"

    def __call__(self, vietnamese: str, **parts: object) -> str:
        """Say a sentence, with its ``{parts}`` filled in."""
        sentence = self.english.get(vietnamese, vietnamese) if self.lang == "en" else vietnamese
        return sentence.format(**parts) if parts else sentence


def named(thing: object, key: str, lang: str) -> tuple[str, str]:
    """Pick the text of a record in the visitor's language and say in which language it is.

    A record carries ``name`` in Vietnamese and ``name_en`` where a translation exists. Source: TN Đ.3.1; R-UX-02
    """
    english, vietnamese = getattr(thing, f"{key}_en", None), getattr(thing, key)
    if lang == "en" and english:
        return str(english), "en"
    text = str(vietnamese or english or "")
    if lang == "en" and not hasattr(thing, f"{key}_en"):
        # The service already chose the language; what it had no English for still carries its diacritics.
        return text, "vi" if has_diacritics(text) else "en"
    return text, "vi"
