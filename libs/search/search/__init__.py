"""Finding in plain Vietnamese: a kept engine ranks, this library knows folding, word lists, differences and wishes."""

from search.answer import Answer, Hit, Note
from search.documents import Document
from search.lists import Lexicon, lexicon
from search.searcher import Searcher

__all__ = ["Answer", "Document", "Hit", "Lexicon", "Note", "Searcher", "lexicon"]
