"""Migrations are never edited once they are sealed: each service keeps the hashes of its own."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SEAL = "migrations.sha256"  # as sha256sum writes it, beside service.toml


class Breach(NamedTuple):
    """One migration that is not what was sealed: its file and a sentence."""

    file: Path
    what: str


class BrokenSealError(Exception):
    """A sealed migration was changed or is gone; write a new one instead."""


def _services(root: Path) -> Iterator[Path]:
    yield from (place.parent for place in sorted(root.glob("services/*/service.toml")))


def _present(service: Path) -> dict[str, str]:
    """Return the hash of every migration a service has now."""
    files = sorted((service / service.name / "migrations" / "versions").glob("*.py"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _sealed(service: Path) -> dict[str, str]:
    """Return the hashes that were recorded; without the file, none was."""
    place = service / SEAL
    lines = place.read_text("utf-8").splitlines() if place.exists() else []
    pairs = (line.split() for line in lines if line)
    return {name: digest for digest, name in pairs}


def breaches(root: Path) -> list[Breach]:
    """Return every migration that was changed, removed or not sealed."""
    return [breach for service in _services(root) for breach in _breaches(root, service)]


def _breaches(root: Path, service: Path) -> Iterator[Breach]:
    sealed, present = _sealed(service), _present(service)
    folder = service.relative_to(root) / service.name / "migrations" / "versions"
    for name in sorted(sealed.keys() | present.keys()):
        if name not in present:
            yield Breach(folder / name, "a sealed migration is gone; databases out there have run it")
        elif name not in sealed:
            yield Breach(folder / name, "is not sealed; run: motcua migrations seal")
        elif sealed[name] != present[name]:
            yield Breach(folder / name, "a sealed migration was changed; write a new one instead")


def seal(root: Path) -> list[str]:
    """Record every migration not recorded yet, and return their names.

    Raises:
        BrokenSealError: one recorded before is not what it was; nothing was written.
    """
    broken = [one for one in breaches(root) if "sealed migration" in one.what]
    if broken:
        raise BrokenSealError("\n".join(f"{one.file}: {one.what}" for one in broken))
    new: list[str] = []
    for service in _services(root):
        sealed, present = _sealed(service), _present(service)
        if present:
            lines = (f"{digest}  {name}\n" for name, digest in present.items())
            (service / SEAL).write_text("".join(lines), encoding="utf-8")
        new += [f"{service.name}/{name}" for name in present if name not in sealed]
    return new
