"""How an officer who cannot get in is helped: by whom, with what, and who may learn the first password."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Final

from regulation.roles import SECOND_WORD

FIRST_PASSWORD_LASTS: Final = timedelta(days=7)
"""How long a first password waits for its officer."""
REASON_SHORTEST, REASON_LONGEST = 5, 300


class Help(StrEnum):
    """What an administrator may do for an officer (việc hỗ trợ đăng nhập), as a sub-resource of the officer."""

    FIRST_PASSWORD = "first-password"  # noqa: S105 - the name of a deed
    FACTOR_CLEARING = "factor-clearing"
    UNLOCKING = "unlocking"


def helps(*, own: bool, active: bool, enrolled: bool, locked: bool) -> tuple[Help, ...]:
    """Tell what may be done for an officer now; nothing for oneself, nothing for who is switched off.

    Source: requirements C, segregation rules; R-ACC-13; R-ACC-24
    """
    if own or not active:
        return ()
    given = {Help.FIRST_PASSWORD: True, Help.FACTOR_CLEARING: enrolled, Help.UNLOCKING: locked}
    return tuple(one for one, may in given.items() if may)


def granter_sees_password(roles: Iterable[str], mailbox: str | None) -> bool:
    """Tell whether the administrator sees the first password, to hand it over in person.

    It goes by letter to the officer alone: an administrator who knew it would come in as that person. Only who has no
    mailbox gets it by hand, and nobody who signs, leads, takes money or grants.

    Source: requirements C, segregation rules; NB Đ.24.2; R-ACC-13
    """
    return not mailbox and SECOND_WORD.isdisjoint(roles)
