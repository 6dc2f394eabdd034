"""Tells the board what a session changed, once it is committed, so that no use case has to think of it."""

from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.orm import Session

from live.board import Board

Topics = Callable[[object], Iterable[str]]
_KEY = "live topics"
_watched: "WeakKeyDictionary[Any, tuple[Board, Topics]]" = WeakKeyDictionary()


def watch(database: object, board: Board, topics: Topics) -> None:
    """Tell `board` the topics of every row that sessions of a database write; calling it again changes the board.

    A session belongs to the database that stands in its `info`.
    """
    _watched[database] = (board, topics)


def tell(database: object, *topics: str) -> None:
    """Tell what was committed without a session."""
    if (watched := _watched.get(database)) is not None:
        watched[0].tell(*topics)


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: object) -> None:
    database = session.info.get("database")
    if database is None or (watched := _watched.get(database)) is None:
        return
    written = (*session.new, *(row for row in session.dirty if session.is_modified(row)))
    changed = session.info.setdefault(_KEY, {})
    for row in written:
        changed.update(dict.fromkeys(watched[1](row)))


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    if changed := session.info.pop(_KEY, None):
        tell(session.info["database"], *changed)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_KEY, None)
