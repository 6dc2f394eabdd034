"""What stands in the place of numbers and addresses: sealed text, and marks by which dossiers are looked for."""

from collections.abc import Mapping
from typing import Any

import orjson
from common.ids import uuid7
from common.sealing import Ring
from eforms import Form
from regulation.text import number_key

from intake.domain.alike import event_key
from intake.domain.search import Hiding, search_key

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


def person_named(number: str, ring: Ring | None, *, body: bool = False) -> str:
    """Return the owner that stands for who has a number and hands nothing in by an account, the same each time.

    A person is named by the mark of the identity number, an organisation (`body`) by that of its tax code; without
    number or key it is a new name each time. Source: R-INT-16; R-SUB-18
    """
    kind, key = "organisation" if body else "person", number_key(number)
    return f"{kind}-{ring.mark(key, kind)[:32] if key and ring else uuid7()}"


def hidden_event(key: str | None, ring: Ring | None) -> str | None:
    """Return what stands for the key that dossiers of one event share: few names and days are quickly tried out."""
    return key if key is None or ring is None or ring.beside else ring.mark(key, "dossier.event_key")


def keys_of(
    form: Form,
    procedure: str,
    answers: Mapping[str, Any],
    applicant: Mapping[str, str],
    *,
    submitter: Mapping[str, Any],
    ring: Ring | None,
) -> dict[str, Any]:
    """Return by what a dossier is found and which event it tells of, by the names of its columns."""
    return {
        "search_key": search_key(form, answers, applicant, hiding(ring), submitter),
        "event_key": hidden_event(event_key(form, procedure, answers), ring),
    }
