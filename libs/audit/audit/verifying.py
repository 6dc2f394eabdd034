"""Verifies an access log: its lines against its seals, its seals against each other, and all against shipped heads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import asyncpg

from audit.chain import LEAF, Finding, Seal, broken_links, compared, leaf, transaction_of
from audit.heads import Head, is_signed, said
from audit.reading import lines_between, seals
from audit.tables import LINE

LATE: Final = timedelta(minutes=5)
"""So long a line may wait for its seal before verification says so."""
_LEFT: Final = (
    "select count(*), coalesce(clock_timestamp() - min(at) > $2::interval, false)"  # noqa: S608
    f" from {LINE} where xid >= $1"
)
_MOST_LINES: Final = 100_000


@dataclass
class Report:
    """What verification found: how much it looked at, and all that is not as it was."""

    service: str
    lines: int = 0
    seals: int = 0
    unsealed: int = 0
    heads: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


async def verify(
    connection: asyncpg.Connection,
    service: str,
    *,
    public_key: bytes | None,
    heads: Sequence[Head] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Read the whole log once and say whatever is not as it was sealed, signed and shipped.

    The connection has the settings `AS_HASHED`. Without a public key the signatures of seals are not judged.
    """
    report, last, roots = Report(service), None, dict[int, bytes]()
    async for some in seals(connection):
        report.findings += broken_links(some, last)
        report.findings += _unsigned(service, some, public_key)
        for group in _grouped(some):
            lines = await lines_between(connection, last.upto if last else 0, group[-1].upto)
            report.findings += _differences(group, lines)
            report.lines += len(lines)
            last = group[-1]
            progress(report.lines)
        roots |= {seal.number: seal.root for seal in some}
        report.seals += len(some)
    report.findings += _led_astray(service, roots, heads, public_key)
    report.heads = len(heads)
    report.unsealed, late = await connection.fetchrow(_LEFT, last.upto if last else 0, LATE)
    if late:
        report.findings.append(
            Finding("not sealed", report.seals, f"{report.unsealed} lines wait for a seal too long")
        )
    return report


def _grouped(some: Sequence[Seal]) -> Iterator[Sequence[Seal]]:
    """Divide seals so that the lines of a group fit into memory."""
    group: list[Seal] = []
    for seal in some:
        if group and sum(one.size for one in group) + seal.size > _MOST_LINES:
            yield group
            group = []
        group.append(seal)
    if group:
        yield group


def _differences(group: Sequence[Seal], lines: Sequence[bytes]) -> Iterator[Finding]:
    """Compare seals with the lines of their transactions: all at once, and only where they differ one by one."""
    if b"".join(map(leaf, lines)) == b"".join(seal.leaves for seal in group) and _in_place(group, lines):
        return
    at = 0
    for seal in group:
        end = at
        while end < len(lines) and transaction_of(lines[end]) < seal.upto:
            end += 1
        yield from compared(seal, lines[at:end])
        at = end


def _in_place(group: Sequence[Seal], lines: Sequence[bytes]) -> bool:
    """Tell whether each seal's last line is of its own transactions, and the line behind it is not."""
    end = 0
    for seal in group:
        end += len(seal.leaves) // LEAF
        if transaction_of(lines[end - 1]) >= seal.upto:
            return False
        if end < len(lines) and transaction_of(lines[end]) < seal.upto:
            return False
    return True


def _unsigned(service: str, some: Iterable[Seal], public_key: bytes | None) -> Iterator[Finding]:
    for seal in some if public_key else ():
        if not is_signed(public_key or b"", said(service, seal.number, seal.root), seal.signature):
            yield Finding("not signed", seal.number, f"seal {seal.number} is not signed by the service")


def _led_astray(
    service: str, roots: dict[int, bytes], heads: Sequence[Head], public_key: bytes | None
) -> Iterator[Finding]:
    """Find shipped heads to which the log does not lead any more: its tail was cut, or it was written anew."""
    for head in heads:
        if not head.is_of(service, public_key):
            yield Finding(
                "head forged", head.number, f"the head of {head.at:%d.%m.%Y %H:%M} UTC is not the service's"
            )
        elif head.number not in roots:
            yield Finding(
                "tail cut", head.number, f"seal {head.number} was shipped and is gone, with all behind it"
            )
        elif roots[head.number].hex() != head.root:
            yield Finding("written anew", head.number, f"seal {head.number} is not the one that was shipped")
