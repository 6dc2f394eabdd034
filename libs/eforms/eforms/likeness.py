"""Answers that are another question's: an address as above, the mother who files as the mother."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from eforms.definition import Form, Like

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def taken_over(
    form: Form, answers: Mapping[str, Any], today: date, before: Mapping[str, Any] = NOTHING
) -> dict[str, Any]:
    """Return the answers with what is taken over from others; `before` is what stood there until now.

    What somebody wrote stays. An answer that was the other's, and that nobody touched, goes on following it; where
    the reason for taking it over is gone, it goes as well.

    Source: R-SUB-04; TN Đ.11.2.b
    """
    kept = dict(answers)
    for name, like in form.likenesses:
        value = _value(name, like, kept, before, today)
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
    return kept


def _value(name: str, like: Like, kept: Mapping[str, Any], before: Mapping[str, Any], today: date) -> Any:
    own, other = kept.get(name), kept.get(like.source)
    followed = own is not None and own == before.get(name) == before.get(like.source)
    if like.condition is None:
        return other if followed and other is not None else own
    if like.condition.holds(kept, today):
        return other if (own is None or followed) and other is not None else own
    return None if followed and like.condition.holds(before, today) else own


def as_marked(
    form: Form, typed: Mapping[str, Any], read: Mapping[str, Any], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what a page says with the answers that are marked as another's; `known` stands beside the page.

    Boxes that were changed under the mark count as typed: a mark that was set before takes nothing back.

    Source: R-SUB-04
    """
    found = dict(read)
    for name, like in form.likenesses:
        if name not in found or not typed.get(f"{name}{MARK}"):
            continue
        if found[name] in (None, known.get(name)):
            found[name] = found.get(like.source, known.get(like.source))
    return found


MARK: Final = "-like"
"""What follows the name of a question in the box that marks its answer as another's."""
