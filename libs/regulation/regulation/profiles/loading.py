"""Loading a profile: the default, overlaid with what one regulation says, checked, and cut into versions."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from regulation.profiles.contradictions import CONTRADICTIONS
from regulation.profiles.kinds import Value
from regulation.profiles.model import (
    Leaf,
    Problem,
    Profile,
    ProfileNotInForceError,
    ProfileRefusedError,
    UnknownProfileError,
)
from regulation.profiles.reading import ProfileFile, Statement, read_document
from regulation.profiles.schema import REQUIRED, SCHEMA

NAMES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam", "national-2026")
PROVINCES = NAMES[:5]
DEFAULT = "_default"

_BEGINNING = dt.date(1, 1, 1)


class Overlay(NamedTuple):
    """A profile's own document on top of the default."""

    name: str
    own: ProfileFile
    default: ProfileFile


def load(name: str, on: dt.date | None = None) -> Profile:
    """Load a profile in the version of a local day; without a day, the newest version it knows.

    Raises: UnknownProfileError, ProfileRefusedError, ProfileNotInForceError.
    Source: requirements §A; R-ORG-06
    """
    return _at(name, _versions(name), on)


def load_file(path: Path, on: dt.date | None = None) -> Profile:
    """Load a profile from a file of the province's own, overlaid on the default and checked alike.

    Raises: OSError, ProfileRefusedError, ProfileNotInForceError.
    """
    own = read_document(path.read_text(encoding="utf-8"), path.name)
    return _at(path.stem, tuple(_cut(Overlay(path.stem, own, _default()))), on)


def versions(name: str) -> tuple[Profile, ...]:
    """Give every version of a profile, oldest first. Raises: UnknownProfileError, ProfileRefusedError."""
    return _versions(name)


def _at(name: str, found: tuple[Profile, ...], on: dt.date | None) -> Profile:
    if on is None:
        return found[-1]
    for profile in reversed(found):
        if profile.valid_from <= on:
            return profile
    raise ProfileNotInForceError(name=name, since=found[0].valid_from, on=on)


@cache
def _versions(name: str) -> tuple[Profile, ...]:
    if name not in NAMES:
        raise UnknownProfileError(name=name, names=", ".join(NAMES))
    return tuple(_cut(Overlay(name, _shipped(name), _default())))


def _shipped(name: str) -> ProfileFile:
    file = f"{name}.yaml"
    return read_document(
        files("regulation").joinpath("data/profiles", file).read_text(encoding="utf-8"), file
    )


@cache
def _default() -> ProfileFile:
    return complete(_shipped(DEFAULT))


def complete(document: ProfileFile) -> ProfileFile:
    """Give back a default that names every key of the schema. Raises: ProfileRefusedError."""
    for key in SCHEMA.keys() - document.entries.keys():
        document.refuse(1, key, "is missing from the default")
    if document.problems:
        raise ProfileRefusedError(document.problems)
    return document


def default_leaves() -> Mapping[str, Leaf]:
    """Give the leaves of the default alone, in their newest version. Raises: ProfileRefusedError."""
    document = _default()
    return MappingProxyType(
        {
            key: _leaf(key, statements[-1], document.file, statements[-1].value)
            for key, statements in document.entries.items()
        }
    )


def _cut(overlay: Overlay) -> Iterator[Profile]:
    """Check the whole overlay, then give one profile per version, oldest first."""
    if overlay.own.problems:
        raise ProfileRefusedError(overlay.own.problems)
    starts = _starts(overlay)
    problems = dict.fromkeys(problem for start in starts for problem in _problems(overlay, start))
    if problems:
        raise ProfileRefusedError(list(problems))
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        leaves = MappingProxyType({key: _resolved(overlay, key, start) for key in SCHEMA})
        title = overlay.own.title
        yield Profile(
            name=overlay.name,
            vi=title.get("vi", overlay.name),
            en=title.get("en", overlay.name),
            leaves=leaves,
            valid_from=start,
            valid_to=end,
        )


def _starts(overlay: Overlay) -> list[dt.date]:
    first = _resolved(overlay, "regulation.effective_from", _BEGINNING).value
    begin = first if isinstance(first, dt.date) else _BEGINNING
    days = {
        statement.since
        for key in SCHEMA
        for statement in _statements(overlay, key)
        if statement.since is not None and statement.since > begin
    }
    return [begin, *sorted(days)]


def _statements(overlay: Overlay, key: str) -> tuple[Statement, ...]:
    return overlay.own.entries.get(key) or overlay.default.entries[key]


def _resolved(overlay: Overlay, key: str, on: dt.date) -> Leaf:
    inherited = not overlay.own.entries.get(key)
    document = overlay.default if inherited else overlay.own
    usual = _valid(overlay.default.entries[key], on).value
    return _leaf(key, _valid(_statements(overlay, key), on), document.file, usual, inherited)


def _valid(statements: tuple[Statement, ...], on: dt.date) -> Statement:
    return [one for one in statements if one.since is None or one.since <= on][-1]


def _leaf(key: str, said: Statement, file: str, usual: Value, inherited: bool = False) -> Leaf:
    return Leaf(key, said.value, said.source, said.note, file, said.line, inherited, usual)


def _problems(overlay: Overlay, on: dt.date) -> Iterator[Problem]:
    yield from _unfilled(overlay, on)
    yield from _uncited(overlay, on)
    values = {key: _resolved(overlay, key, on).value for key in SCHEMA}
    for keys, sentence, found in CONTRADICTIONS:
        if found(values):
            named = next((key for key in keys if key in overlay.own.entries), keys[0])
            said = _resolved(overlay, named, on)
            yield Problem(said.file, said.line, named, f"contradiction of {', '.join(keys)}: {sentence}")


def _unfilled(overlay: Overlay, on: dt.date) -> Iterator[Problem]:
    for key in sorted(REQUIRED):
        if _resolved(overlay, key, on).value is None:
            yield Problem(overlay.own.file, overlay.own.line(key) or 1, key, "is required")


def _uncited(overlay: Overlay, on: dt.date) -> Iterator[Problem]:
    for key, statements in overlay.own.entries.items():
        said = _valid(statements, on)
        usual = _valid(overlay.default.entries[key], on)
        if said.value != usual.value and not said.cited:
            yield Problem(
                overlay.own.file, said.line, key, "departs from the default and cites no article (source)"
            )
