"""Verifies an access log: its lines against its seals, its seals against each other, and all against shipped heads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import asyncpg
from regulation.zone import moment_said

from audit.chain import LEAF, Finding, Seal, broken_links, compared, leaf, transaction_of
from audit.due import gaps, overdue, stamped
from audit.heads import Head, Undone, is_signed, said
from audit.reading import lines_between, seals
from audit.tables import LINE

LATE: Final = timedelta(minutes=5)
"""So long a line may wait for its seal before verification says so."""
_LEFT: Final = (
    "select count(*), coalesce(clock_timestamp() - min(at) > $2::interval, false)"  # noqa: S608
    f" from {LINE} where xid >= $1"
)
_MOST_LINES: Final = 100_000
_LOWEST: Final = -(2**63)
"""Below every transaction: what stands there was put in, for no transaction has such a number."""


@dataclass
class Report:
    """What verification found: how much it looked at, and all that is not as it was."""

    service: str
    lines: int = 0
    seals: int = 0
    unsealed: int = 0
    heads: int = 0
    undone: int = 0
    """Heads that the log does not lead to because a restore undid what they told of."""
    restores: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    """Times of more than two hours without a head: the service stood still, or heads were taken away."""
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
    heads: Sequence[Head] | None = None,
    undone: Sequence[Undone] = (),
    until: datetime | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Read the whole log once and say whatever is not as it was sealed, signed and shipped.

    The connection has the settings `AS_HASHED`. Without a public key the signatures of seals are not judged. `heads`
    are all that were found where they are kept, None where nobody looked, and `until` the moment up to which they
    looked, now without one; `undone` what restores have undone.
    """
    report, last, roots = Report(service), None, dict[int, bytes]()
    async for some in seals(connection):
        report.findings += broken_links(some, last)
        report.findings += _unsigned(service, some, public_key)
        for group in _grouped(some):
            lines = await lines_between(connection, last.upto if last else _LOWEST, group[-1].upto)
            report.findings += _differences(group, lines)
            report.lines += len(lines)
            last = group[-1]
            progress(report.lines)
        roots |= {seal.number: seal.root for seal in some}
        report.seals += len(some)
    _compare_heads(report, roots, heads or (), undone, public_key)
    if heads is not None:
        report.findings += await overdue(connection, heads, until)
        report.gaps = list(gaps(heads))
    report.unsealed, late = await connection.fetchrow(_LEFT, last.upto if last else _LOWEST, LATE)
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


def _compare_heads(
    report: Report,
    roots: dict[int, bytes],
    heads: Sequence[Head],
    undone: Sequence[Undone],
    public_key: bytes | None,
) -> None:
    """Compare the log with heads; those that a restore undid are counted apart, and every restore is told."""
    true = [note for note in undone if note.is_of(report.service, public_key)]
    forged = len(undone) - len(true)
    report.restores = [f"{moment_said(note.since)} – {moment_said(note.until)}" for note in true]
    report.findings += [
        Finding("note forged", 0, f"{forged} notes of a restore are not the service's")
    ] * bool(forged)
    dated = stamped(heads)
    for head in heads:
        found = list(_led_astray(report.service, roots, [head], public_key))
        excused = any(note.covers(head) for note in true) and _is_dated(head, dated)
        if found and found[0].kind != "head forged" and excused:
            report.undone += 1
        else:
            report.findings += found
    report.heads = len(heads)


def _is_dated(head: Head, dated: Sequence[Head]) -> bool:
    """Tell whether the moment of a head can be believed: it is signed, or of before any was."""
    return head in dated or head.at < min(one.at for one in dated)


def _led_astray(
    service: str, roots: dict[int, bytes], heads: Sequence[Head], public_key: bytes | None
) -> Iterator[Finding]:
    """Find shipped heads to which the log does not lead any more: its tail was cut, or it was written anew."""
    for head in heads:
        if not head.is_of(service, public_key):
            yield Finding(
                "head forged", head.number, f"the head of {moment_said(head.at)} is not the service's"
            )
        elif head.number not in roots:
            yield Finding(
                "tail cut", head.number, f"seal {head.number} was shipped and is gone, with all behind it"
            )
        elif roots[head.number].hex() != head.root:
            yield Finding("written anew", head.number, f"seal {head.number} is not the one that was shipped")
