"""What a book is, which entries it takes, and what is told of them to everybody."""

from registers.domain.book import Book, book_problems, read_book
from registers.domain.entries import Instants, changed, closed_with, instants_of, number_of, opened_with
from registers.domain.states import Deed, State

__all__ = [
    "Book",
    "Deed",
    "Instants",
    "State",
    "book_problems",
    "changed",
    "closed_with",
    "instants_of",
    "number_of",
    "opened_with",
    "read_book",
]
