"""What a password must be: long, uncommon and not the person's own data."""

import re
from collections.abc import Iterable

from regulation.text import fold, nfc

from identity.domain.errors import PasswordTooWeakError

LENGTHS = (10, 128)
SHORTEST_OWN_DATUM = 4
# Words that stand, with digits behind them or not, on every list of the most used passwords.
COMMON = frozenset(
    {
        "",
        "a",
        "aa",
        "ab",
        "abc",
        "abcd",
        "abcdef",
        "abcdefghij",
        "admin",
        "anhyeuem",
        "asdf",
        "asdfghjkl",
        "changeme",
        "congdan",
        "dichvucong",
        "emyeuanh",
        "hanoi",
        "iloveyou",
        "khongbiet",
        "letmein",
        "matkhau",
        "motcua",
        "ninhbinh",
        "passw0rd",
        "password",
        "qwerty",
        "qwertyuiop",
        "root",
        "saigon",
        "test",
        "user",
        "vietnam",
        "welcome",
        "zxcvbnm",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "q1w2e3r4t5",
    }
)


def acceptable_password(text: str, own_data: Iterable[str] = (), field: str = "password") -> str:
    """Give the password in NFC if it may be used; `own_data` are names and numbers it must not hold.

    Raises: PasswordTooWeakError.
    Source: NB Đ.24.2; R-ACC-13; R-ACC-24
    """
    password = nfc(text)
    plain = fold(password)
    bare = re.sub(r"[^a-z0-9]", "", plain)
    common = not COMMON.isdisjoint({bare, bare.rstrip("0123456789")})
    own = (fold(datum) for datum in own_data if len(datum) >= SHORTEST_OWN_DATUM)
    weak = common or len(set(password)) < 4 or any(datum in plain for datum in own)
    if weak or not LENGTHS[0] <= len(password) <= LENGTHS[1]:
        raise PasswordTooWeakError(field=field, rule="strength", least=LENGTHS[0], most=LENGTHS[1])
    return password
