"""Every slice a service reads of an event, held against the event's contract."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from common.inbox import Slice

from suite.check.shapes import NotPromisedError, misread, promised
from suite.run.layout import OWNERS, listens, module_if_any


def slices(service: str) -> Iterator[type[Slice]]:
    """Give the slices that the subscribers of a service declare, one per event type."""
    room = module_if_any(service, "subscribers")
    if room is None:
        return
    inside = pkgutil.iter_modules(getattr(room, "__path__", ()), f"{room.__name__}.")
    for part in (room, *(importlib.import_module(found.name) for found in inside)):
        for one in vars(part).values():
            own = isinstance(one, type) and issubclass(one, Slice) and one.__module__ == part.__name__
            if own and "type" in vars(one):
                yield one


def unheard(service: str, folder: Path | None = None) -> list[str]:
    """Say where a service's slices depart from what is promised, or from what it says it listens to."""
    found = list(slices(service))
    types = [one.type for one in found]
    wrong = [
        f"{service} has {types.count(one)} slices of {one}" for one in set(types) if types.count(one) > 1
    ]
    wrong += [
        f"{service} listens to {one} and reads no slice of it" for one in set(listens(service)) - set(types)
    ]
    wrong += [
        f"{service} reads a slice of {one} and does not listen" for one in set(types) - set(listens(service))
    ]
    for one in found:
        try:
            complaints = misread(one.model_json_schema(), promised(f"events/{one.type}", folder))
        except NotPromisedError as missing:
            complaints = [str(missing)]
        wrong += [f"{service}, {one.__name__}: {complaint}" for complaint in complaints]
    return sorted(wrong)


def misheard(folder: Path | None = None) -> list[str]:
    """Say every departure in the whole suite; `folder` is where the contracts are, those of the checkout otherwise."""
    return [complaint for service in OWNERS for complaint in unheard(service, folder)]
