"""How plain words of a citizen find the right procedure among thousands."""

from catalog.domain.search.answer import Answer, Hit, Note
from catalog.domain.search.index import Document, Index
from catalog.domain.search.lexicon import Lexicon
from catalog.domain.search.ranking import Searcher, search, searcher

__all__ = ["Answer", "Document", "Hit", "Index", "Lexicon", "Note", "Searcher", "search", "searcher"]
