"""Finding in plain Vietnamese: a kept engine ranks, this library knows folding, word lists, differences and wishes."""

from search.answer import Answer, Hit, Note
from search.lists import Lexicon, lexicon
from search.searcher import Searcher
from search.shelf import Findable

__all__ = ["Answer", "Findable", "Hit", "Lexicon", "Note", "Searcher", "lexicon"]
