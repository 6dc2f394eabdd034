"""What a password must be: long, uncommon and not the person's own data."""

from collections.abc import Iterable

from regulation.text import fold, nfc

from identity.domain.errors import PasswordTooWeakError

LENGTHS = (10, 128)
SHORTEST_OWN_DATUM = 4
# Only those long enough to pass the length rule matter here.
COMMON = frozenset({
    "1234567890", "0123456789", "12345678910", "123456789a", "1234567890a", "123456789abc", "0987654321",
    "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "qwerty12345", "qwerty123456", "qwertyuiop123", "abc123456789",
    "abcdefghij", "password12", "password123", "password1234", "passw0rd123", "matkhau123", "matkhau1234",
    "matkhau123456", "matkhau@123", "matkhau@1234", "admin12345", "admin123456", "admin@123456", "vietnam123",
    "vietnam2025", "vietnam2026", "iloveyou123", "anhyeuem123", "emyeuanh123", "khongbiet123", "congdan123",
    "dichvucong", "dichvucong123", "motcua12345", "ninhbinh123", "hanoi123456", "saigon123456", "welcome123",
    "welcome1234", "letmein1234", "changeme123", "abcd123456", "aa123456789", "asdfghjkl123", "zxcvbnm123",
})  # fmt: skip


def acceptable_password(text: str, own_data: Iterable[str] = (), field: str = "password") -> str:
    """Give the password in NFC if it may be used; `own_data` are names and numbers it must not hold.

    Raises: PasswordTooWeakError.
    Source: NB Đ.24.2; R-ACC-13; R-ACC-24
    """
    password = nfc(text)
    plain = fold(password)
    own = (fold(datum) for datum in own_data if len(datum) >= SHORTEST_OWN_DATUM)
    weak = plain in COMMON or len(set(password)) < 4 or any(datum in plain for datum in own)
    if weak or not LENGTHS[0] <= len(password) <= LENGTHS[1]:
        raise PasswordTooWeakError(field=field, rule="strength", least=LENGTHS[0], most=LENGTHS[1])
    return password
