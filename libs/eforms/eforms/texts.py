"""Words in both languages: a text, a problem of an answer, and the refusal a kind of answer gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    vi: str
    en: str

    @classmethod
    def read(cls, source: Mapping[str, str] | str | None) -> "Text":
        """Return the text of a definition; one string serves both languages."""
        if source is None or isinstance(source, str):
            return cls(source or "", source or "")
        return cls(str(source.get("vi", "")), str(source.get("en") or source.get("vi", "")))

    def told(self, lang: str) -> str:
        """Return the text in one language."""
        return self.vi if lang == "vi" else self.en

    def filled(self, **words: "Text | object") -> "Text":
        """Put words in place of `{marks}`; an unknown mark stays."""
        return Text(_filled(self.vi, words, "vi"), _filled(self.en, words, "en"))

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)


def _filled(message: str, words: Mapping[str, object], lang: str) -> str:
    def word(mark: re.Match[str]) -> str:
        value = words.get(mark[1], mark[0])
        return value.told(lang) if isinstance(value, Text) else str(value)

    return _MARK.sub(word, message)


NOTHING: Final = Text("", "")


@dataclass(frozen=True)
class Problem:
    """One answer that is missing or wrong: its path (`name` or `name.part`), the rule, a sentence."""

    field: str
    rule: str
    vi: str
    en: str

    def message(self, lang: str) -> str:
        """Return the sentence in one language."""
        return self.vi if lang == "vi" else self.en


class AnswerRefusedError(ValueError):
    """What was typed is no answer of this kind: which rule, in which part, and what to do.

    `text` may hold `{label}`; it is filled where the question is known. `found` is the character at fault, if one is.
    """

    def __init__(self, rule: str, text: Text, *path: str, found: str = "") -> None:
        super().__init__(rule)  # never the answer itself: it may be personal and exceptions end in logs
        self.rule = rule
        self.text = text
        self.path = path
        self.found = found

    def within(self, *outer: str) -> "AnswerRefusedError":
        """Return the same refusal of a part that lies deeper."""
        return AnswerRefusedError(self.rule, self.text, *outer, *self.path)
