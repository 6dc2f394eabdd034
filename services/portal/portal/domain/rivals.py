"""One page of a draft open in two tabs: a tab changes what was typed in it, and a clash is told, never lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """What a tab changed: ``own`` goes in, ``clashing`` was meanwhile answered otherwise elsewhere."""

    own: dict[str, Any]
    clashing: dict[str, Any]


def merge(was: Answers, typed: Answers, kept: Answers, offered: Answers = MappingProxyType({})) -> Merged:
    """Compare what the draft held when a page was shown, what was typed, and what the draft holds now.

    ``offered`` is what the page filled in by itself, from the account: left as it is, it goes in only where nothing
    is kept. What this tab left as it was is none of its business; what both changed to the same is no clash.
    """
    own: dict[str, Any] = {}
    clashing: dict[str, Any] = {}
    for name, value in typed.items():
        now, before = kept.get(name), [was.get(name), *([offered[name]] if name in offered else [])]
        if value == was.get(name) or (value in before and now is not None):
            continue
        (own if now in (*before, value) else clashing)[name] = value
    return Merged(own, clashing)
