"""What a person means by a sign-in name, however it was typed."""

from enum import StrEnum
from typing import NamedTuple

from common.errors import DomainError

from identity.domain.contacts import e164, email_address
from identity.domain.people import id_number


class Kind(StrEnum):
    """What a sign-in name is (loại tên đăng nhập)."""

    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    NAME = "name"


class Login(NamedTuple):
    """A sign-in name in the one form in which it is kept and counted."""

    kind: Kind
    value: str


def read_login(typed: str) -> Login:
    """Read a sign-in name: every notation of a telephone, an address or a number is one name.

    Source: R-ACC-24
    """
    try:
        return Login(Kind.EMAIL, email_address(typed))
    except DomainError:
        pass
    try:
        return Login(Kind.PHONE, e164(typed))
    except DomainError:
        pass
    try:
        return Login(Kind.NUMBER, id_number(typed, "VN").value)
    except DomainError:
        return Login(Kind.NAME, typed.strip().lower())
