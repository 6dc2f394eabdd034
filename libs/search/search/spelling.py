"""Mending of slips of the finger: a missing, doubled, swapped or foreign letter, or two words run together."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.words import Phrase, is_syllable

LETTERS = "abcdefghiklmnopqrstuvxjwz"
SOUNDS = (
    ("f", "ph"),
    ("j", "gi"),
    ("w", "qu"),
    ("z", "d"),
    ("k", "c"),
    ("c", "k"),
    ("ch", "tr"),
    ("tr", "ch"),
    ("s", "x"),
    ("x", "s"),
    ("d", "gi"),
    ("gi", "d"),
    ("l", "n"),
    ("n", "l"),
    ("r", "d"),
)
SURE = 5  # a syllable this long has one likely meaning even without company
RARE = 2  # a known syllable this seldom may still be a slip


@dataclass(frozen=True)
class Spelling:
    """The syllables the catalogue knows, how often they stand there, and which stand side by side."""

    counts: dict[str, int]
    pairs: Counter[Phrase]

    @classmethod
    def build(cls, phrases: Iterable[Phrase]) -> "Spelling":
        """Learn from all names and all phrases of the word lists."""
        counts: dict[str, int] = defaultdict(int)
        together: Counter[Phrase] = Counter()
        for phrase in phrases:
            for token in phrase:
                counts[token] += 1
            together.update(pairwise(phrase))
        return cls(dict(counts), together)

    def mend(self, tokens: Phrase) -> list[Phrase]:
        """Return for each token itself or, where it is a slip, the likeliest known syllable or two."""
        mended: list[Phrase] = []
        for place, token in enumerate(tokens):
            before = mended[-1][-1] if mended else None
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            mended.append(self._mended(token, before, after))
        return mended

    def _mended(self, token: str, before: str | None, after: str | None) -> Phrase:
        seen = self.counts.get(token, 0)
        if seen > RARE or token.isdigit() or self._company(token, before, after):
            return self._or_sound(token, before, after)
        if not seen and (halves := self._split(token)):
            return halves
        known = [word for word in _edits(token) if word in self.counts]
        fitting = [word for word in known if self._company(word, before, after)]
        if seen and not fitting:
            return (token,)
        choice = fitting or [word for word in known if len(token) >= SURE and not is_syllable(token)]
        return (
            max(choice, key=lambda word: self._likelihood(word, token, before, after)) if choice else token,
        )

    def _or_sound(self, token: str, before: str | None, after: str | None) -> Phrase:
        """Replace a real word that never stands here by one that sounds alike and does (`tạm chú`)."""
        if token.isdigit() or self._company(token, before, after):
            return (token,)
        alike = {token.replace(a, b, 1) for a, b in SOUNDS if token.startswith(a)}
        fitting = [word for word in alike if self._company(word, before, after) >= 3]
        return (max(fitting, key=lambda word: self._company(word, before, after)) if fitting else token,)

    def _company(self, word: str, before: str | None, after: str | None) -> int:
        return self.pairs.get((before or "", word), 0) + self.pairs.get((word, after or ""), 0)

    def _likelihood(
        self, word: str, token: str, before: str | None, after: str | None
    ) -> tuple[int, bool, int]:
        return (self._company(word, before, after), len(word) == len(token), self.counts[word])

    def _split(self, token: str) -> Phrase | None:
        """Take `khaisinh` apart when both halves are known and belong together."""
        cuts = [(token[:at], token[at:]) for at in range(2, len(token) - 1)]
        best = max(cuts, key=lambda cut: self.pairs.get(cut, 0), default=None)
        return best if best and self.pairs.get(best, 0) >= 2 else None


@lru_cache(maxsize=2_000)
def _edits(token: str) -> frozenset[str]:
    """Return every string one slip away from the token."""
    sounds = {token.replace(a, b, 1) for a, b in SOUNDS if token.startswith(a)}
    if len(token) < 3 or len(token) > 12:
        return frozenset(sounds)
    cuts = [(token[:at], token[at:]) for at in range(len(token) + 1)]
    drops = {a + b[1:] for a, b in cuts if b}
    swaps = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changes = {a + letter + b[1:] for a, b in cuts if b for letter in LETTERS}
    inserts = {a + letter + b for a, b in cuts for letter in LETTERS}
    return frozenset(sounds | drops | swaps | changes | inserts)
