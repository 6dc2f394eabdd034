"""Read the books that ship with the service, one file each."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from registers.domain import Book, read_book


@cache
def declared_books() -> Mapping[str, Book]:
    """Return every book by its key, which is the name of its file. Raises: ValueError naming a wrong declaration."""
    folder = files("registers") / "books"
    places = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    books = [
        read_book(one.name.removesuffix(".yaml"), yaml.safe_load(one.read_text("utf-8"))) for one in places
    ]
    if len({book.prefix for book in books}) < len(books):
        raise ValueError("two books number their entries alike")
    return MappingProxyType({book.key: book for book in books})
