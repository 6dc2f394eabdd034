"""The code printed on a result, by which anybody asks whether the paper is genuine."""

import unicodedata
from typing import Self

from regulation.errors import RegulationError
from regulation.text import cleaned, one_hyphen

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BYTES_NEEDED = 10

_PAYLOAD = 15
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, ".": None})


class UnreadableVerificationCodeError(RegulationError):
    """The text is no verification code, or a letter of it was mistyped."""

    code = "unreadable-verification-code"
    vi = "Mã xác minh “{text}” không đúng. Hãy kiểm tra lại từng ký tự."
    en = "The verification code “{text}” is not right. Check each character."


class VerificationCode(str):
    """A verification code (mã xác minh): fifteen symbols nobody can guess and one that catches a slip.

    Written `XXXX-XXXX-XXXX-XXXX`, without the letters I, L, O and U that are misread.
    Source: R-RES-07, R-RES-16
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept a code exactly as it is printed. Raises: UnreadableVerificationCodeError."""
        symbols = text.replace("-", "")
        if not _well_formed(symbols) or text != _grouped(symbols):
            raise UnreadableVerificationCodeError(text=text)
        return super().__new__(cls, text)

    @classmethod
    def from_random(cls, entropy: bytes) -> Self:
        """Make a code of ten random bytes; 75 of their 80 bits count. Raises: ValueError on another length."""
        if len(entropy) != BYTES_NEEDED:
            raise ValueError(f"{BYTES_NEEDED} random bytes are needed")
        number = int.from_bytes(entropy, "big")
        payload = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(_PAYLOAD))
        return cls(_grouped(payload + ALPHABET[-_weight(payload, 2) % 32]))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as people type it: small letters, other groups, O for 0, I and L for 1.

        Raises: UnreadableVerificationCodeError.
        """
        symbols = unicodedata.normalize("NFKC", one_hyphen(cleaned(text))).upper().translate(_READ_AS)
        if not _well_formed(symbols):
            raise UnreadableVerificationCodeError(text=text)
        return cls(_grouped(symbols))


def _well_formed(symbols: str) -> bool:
    if len(symbols) != _PAYLOAD + 1 or not set(symbols) <= set(ALPHABET):
        return False
    return _weight(symbols, 1) % 32 == 0


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))


def _weight(symbols: str, last: int) -> int:
    """Add up the symbols by Luhn's rule for 32 signs; `last` is the factor of the last symbol, 1 or 2."""
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        value = ALPHABET.index(symbol) * (last if place % 2 == 0 else 3 - last)
        total += value // 32 + value % 32
    return total
