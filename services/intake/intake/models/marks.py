"""What stands in the place of numbers and addresses: sealed text, and marks by which dossiers are looked for."""

from typing import Any

import orjson
from common.sealing import Ring

from intake.domain.search import Hiding

_LONG = 16


def written(value: Any) -> str:
    """Write a document down, to be sealed."""
    return orjson.dumps(value).decode()


def hiding(ring: Ring | None) -> Hiding:
    """Return what hides numbers and addresses among the words a dossier is found by; in clear where nothing is sealed.

    A mark there begins with a sign that no word of a name has.
    """
    if ring is None:
        return Hiding()
    return Hiding(lambda key: f"~{ring.mark(key, 'dossier.search_key')[:_LONG]}", ring.beside)


def hidden_event(key: str | None, ring: Ring | None) -> str | None:
    """Return what stands for the key that dossiers of one event share: few names and days are quickly tried out."""
    return key if key is None or ring is None or ring.beside else ring.mark(key, "dossier.event_key")
