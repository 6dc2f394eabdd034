"""The hash chain over the access log: pure functions over lines as the database writes them out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

LEAF: Final = 32
"""Bytes of one line's digest."""
GENESIS: Final = bytes(LEAF)
"""What stands before the first seal."""


class Seal(NamedTuple):
    """What was sealed at once: every line of transactions below `upto` that no earlier seal has; `size` counts them."""

    number: int
    upto: int
    size: int
    previous: bytes
    leaves: bytes
    root: bytes
    signature: bytes = b""


class Finding(NamedTuple):
    """Something that is not as it was sealed: what kind, at which seal, and a sentence."""

    kind: str
    seal: int
    says: str


def transaction_of(line: bytes) -> int:
    """Return the transaction that wrote a line; it stands first."""
    return int(line[: line.index(9)])


def number_of(line: bytes) -> int:
    """Return the number of a line; it stands second."""
    return int(line.split(b"\t", 2)[1])


def leaf(line: bytes) -> bytes:
    """Return the digest of one line."""
    return hashlib.sha256(line).digest()


def root_of(number: int, upto: int, size: int, previous: bytes, leaves: bytes) -> bytes:
    """Return the digest of a seal: its place, its lines in their order, and the seal before it."""
    head = f"motcua audit 1 {number} {upto} {size}\n".encode()
    return hashlib.sha256(head + previous + leaves).digest()


def sealed(last: Seal | None, upto: int, lines: Iterable[bytes]) -> Seal:
    """Return the next seal over lines in the order of transaction and number; it is not signed yet."""
    leaves = b"".join(leaf(line) for line in lines)
    number, previous = (last.number + 1, last.root) if last else (1, GENESIS)
    size = len(leaves) // LEAF
    return Seal(number, upto, size, previous, leaves, root_of(number, upto, size, previous, leaves))


def broken_links(seals: Sequence[Seal], before: Seal | None = None) -> Iterator[Finding]:
    """Find seals that do not follow from the one before, or do not hold what they say."""
    for seal in seals:
        number, root, lower = (before.number, before.root, before.upto) if before else (0, GENESIS, 0)
        if seal.number != number + 1:
            yield Finding("seal missing", seal.number, f"seals {number + 1} to {seal.number - 1} are gone")
        elif seal.previous != root or seal.upto <= lower:
            yield Finding("seal changed", seal.number, f"seal {seal.number} does not follow seal {number}")
        if root_of(*seal[:5]) != seal.root or len(seal.leaves) != LEAF * seal.size:
            yield Finding("seal changed", seal.number, f"seal {seal.number} is not what was signed")
        before = seal


def compared(seal: Seal, lines: Sequence[bytes]) -> Iterator[Finding]:
    """Find the lines that differ from what a seal holds, each named by its number."""
    found = [leaf(line) for line in lines]
    if b"".join(found) == seal.leaves:
        return
    kept = [seal.leaves[at : at + LEAF] for at in range(0, len(seal.leaves), LEAF)]
    known, present = set(kept), set(found)
    strange = [number_of(line) for line, digest in zip(lines, found, strict=True) if digest not in known]
    missing = [at for at, digest in enumerate(kept) if digest not in present]
    changed = min(len(strange), len(missing))
    yield from (_said("line changed", seal, f"line {one} was changed") for one in strange[:changed])
    yield from (_said("line inserted", seal, f"line {one} was put in") for one in strange[changed:])
    for at in missing[changed:]:
        after = number_of(lines[min(at, len(lines)) - 1]) if at and lines else 0
        yield _said("line removed", seal, f"a line was taken out behind line {after}")
    if not strange and not missing:
        yield _said("line changed", seal, "lines stand in another order")


def _said(kind: str, seal: Seal, what: str) -> Finding:
    return Finding(kind, seal.number, what)
