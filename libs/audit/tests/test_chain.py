"""The chain as a table: whatever is done to lines or seals afterwards is found and named."""

import pytest
from audit.chain import GENESIS, Seal, broken_links, compared, sealed
from audit.heads import Hand, is_signed, said


def line(xid: int, seq: int, word: str = "x") -> bytes:
    return f"{xid}\t{seq}\t{word}".encode()


LINES = [line(10, 1), line(10, 2), line(11, 4), line(13, 3)]
SEAL = sealed(None, 14, LINES)


def test_what_was_sealed_is_found_as_it_was() -> None:
    assert (SEAL.number, SEAL.size, SEAL.previous) == (1, 4, GENESIS)
    assert list(compared(SEAL, LINES)) == []
    assert list(broken_links([SEAL, sealed(SEAL, 20, [line(15, 5)])])) == []


@pytest.mark.parametrize(
    ("now", "findings"),
    [
        ([LINES[0], line(10, 2, "y"), *LINES[2:]], [("line changed", "line 2 was changed")]),
        ([LINES[0], *LINES[2:]], [("line removed", "a line was taken out behind line 1")]),
        (LINES[1:], [("line removed", "a line was taken out behind line 0")]),
        (LINES[:3], [("line removed", "a line was taken out behind line 4")]),
        ([*LINES[:2], line(11, 9), *LINES[2:]], [("line inserted", "line 9 was put in")]),
        ([LINES[1], LINES[0], *LINES[2:]], [("line changed", "lines stand in another order")]),
        ([], [("line removed", "a line was taken out behind line 0")] * 4),
    ],
)
def test_a_line_that_is_not_as_it_was(now: list[bytes], findings: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.says) for one in compared(SEAL, now)] == findings


SECOND = sealed(SEAL, 20, [line(15, 5)])
THIRD = sealed(SECOND, 30, [line(25, 6)])


@pytest.mark.parametrize(
    ("seals", "kinds"),
    [
        ([SEAL, SECOND, THIRD], []),
        ([SEAL, THIRD], ["seal missing"]),
        ([SECOND, THIRD], ["seal missing"]),
        ([SEAL, SECOND._replace(leaves=bytes(32)), THIRD], ["seal changed"]),
        ([SEAL, SECOND._replace(upto=19), THIRD], ["seal changed"]),
        ([SEAL, sealed(SEAL, 20, [line(15, 7)]), THIRD], ["seal changed"]),
        ([SEAL, sealed(SECOND, 21, [line(16, 7)])], ["seal missing"]),
    ],
)
def test_a_seal_that_is_not_as_it_was(seals: list[Seal], kinds: list[str]) -> None:
    assert [one.kind for one in broken_links(seals)] == kinds


def test_only_who_holds_the_secret_signs() -> None:
    hand, other = Hand("intake", "secret"), Hand("intake", "guess")
    signed = hand.signed(SEAL)
    word = said("intake", signed.number, signed.root)
    assert is_signed(hand.public_key, word, signed.signature)
    assert not is_signed(hand.public_key, word, other.signed(SEAL).signature)
    assert not is_signed(hand.public_key, said("stats", signed.number, signed.root), signed.signature)
    assert not is_signed(hand.public_key, word, b"")
    assert Hand("intake", "").signed(SEAL).signature == b""
