"""A query made ready: mended, weighed word by word, and put into the official wordings too."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.domain.search.index import Index
from catalog.domain.search.lexicon import Lexicon
from catalog.domain.search.likeness import Wording
from catalog.domain.search.spelling import Spelling
from catalog.domain.search.words import Phrase, runs, words

FILLING = 0.06  # share of its weight a filling word keeps
MOST_WORDS = 40
MOST_WORDINGS = 5


@dataclass(frozen=True)
class Query:
    """What was asked: its words, how telling each is, and other ways to say it."""

    tokens: Phrase
    weights: Mapping[str, float]
    wordings: tuple[Wording, ...]
    vague: bool
    total: float
    index: Index

    def share(self, phrase: frozenset[str] | Phrase) -> float:
        """Return which share of the query the words of a phrase explain, 0 to 1."""
        return sum(self.weights.get(token, 0.0) for token in set(phrase)) / self.total


def make_query(text: str, index: Index, lexicon: Lexicon, spelling: Spelling) -> Query:
    """Read what a citizen typed: mend slips, weigh words, find official wordings."""
    tokens = spelling.mend(words(text[:300])[:MOST_WORDS])
    filling = lexicon.filling(tokens)
    weights = _weights(index, tokens, filling)
    kept = tuple(token for place, token in enumerate(tokens) if place not in filling)
    wordings = [Wording(tokens, weights)]
    for wording in _wordings(lexicon, tokens):
        wordings.append(Wording(wording, _weights(index, wording, lexicon.filling(wording))))
    total = sum(weights.values()) or 1.0
    return Query(tokens, weights, tuple(wordings), _vague(lexicon, tokens, kept), total, index)


def _weights(index: Index, tokens: Phrase, filling: frozenset[int]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for place, token in enumerate(tokens):
        weight = index.weight(token) * (FILLING if place in filling else 1.0)
        weights[token] = max(weight, weights.get(token, 0.0))
    return weights


def _vague(lexicon: Lexicon, tokens: Phrase, kept: Phrase) -> bool:
    """Tell whether nothing but polite and general words is left."""
    if any(lexicon.known(run) or run in lexicon.outside for _, run in runs(tokens, lexicon.longest)):
        return False
    telling = [token for token in kept if token not in lexicon.generic and len(token) > 1]
    return not telling


def _wordings(lexicon: Lexicon, tokens: Phrase) -> list[Phrase]:
    """Return the query with everyday expressions replaced by official ones, longest first."""
    made: list[Phrase] = [tokens]
    taken: set[int] = set()
    for at, run in runs(tokens, lexicon.longest):
        places = set(range(at, at + len(run)))
        if run not in lexicon.expansions or places & taken:
            continue
        taken |= places
        made += [
            _replaced(wording, run, official) for wording in made[-2:] for official in lexicon.expansions[run]
        ]
    return list(dict.fromkeys(made[1:]))[:MOST_WORDINGS]


def _replaced(wording: Phrase, run: Phrase, official: Phrase) -> Phrase:
    size = len(run)
    at = next((n for n in range(len(wording) - size + 1) if wording[n : n + size] == run), None)
    return wording if at is None else (*wording[:at], *official, *wording[at + size :])
