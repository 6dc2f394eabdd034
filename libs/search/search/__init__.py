"""Finding in plain Vietnamese: a kept engine ranks, this library knows folding, word lists, differences and wishes."""

from search.answer import Answer, Hit, Note
from search.lists import Lexicon, lexicon
from search.searcher import Searcher
from search.shelf import Findable
from search.words import code_in, typed

__all__ = ["Answer", "Findable", "Hit", "Lexicon", "Note", "Searcher", "code_in", "lexicon", "typed"]
