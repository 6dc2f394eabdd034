"""Whether what a definition says of answers taken over makes sense."""

from collections.abc import Iterable, Mapping
from typing import Any

from eforms.conditions import OPERATORS
from eforms.texts import Problem

Json = Mapping[str, Any]


def likeness_problems(fields: Iterable[Json]) -> Iterable[Problem]:
    """Name each question that takes its answer over from nothing, from a later question, or from another kind.

    Source: R-CAT-09; R-SUB-04
    """
    before: dict[str, str] = {}
    for field in fields:
        name, like = str(field.get("name")), field.get("like")
        if like and not _sound(field, like, before):
            yield Problem(
                f"fields.{name}",
                "like-unsound",
                f"{name} lấy theo một mục không đứng trước, khác kiểu, hoặc thiếu lời mời.",
                f"{name} takes its answer from no earlier question of its kind, or lacks the words that offer it.",
            )
        before[name] = str(field.get("widget"))


def _sound(field: Json, like: Json, before: Mapping[str, str]) -> bool:
    when, words = like.get("when"), like.get("label") or {}
    told = bool(words.get("vi") and words.get("en"))
    looked = when is None or (when.get("field") in before and when.get("operator") in OPERATORS)
    return told and looked and before.get(str(like.get("from"))) == field.get("widget")
