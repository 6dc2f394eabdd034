"""Rating at the counter: a short code that works once, for minutes, for one phase of one dossier."""

import secrets
from datetime import timedelta
from typing import Final

from common.errors import ConflictError, NotFoundError

DIGITS: Final = 10
"""So many digits are typed in two groups, as a telephone number has. Source: [D] R-SAT-05"""
PLACED: Final = 4
"""So many digits in front say which codes a try is meant for: tries are counted by them, and by no network.

Visitors of a centre share one address with its tablets, and whoever types wrong codes there shuts nobody else out.
"""
TRIES, ALL_TRIES = 5, 20
"""How often codes with the same front are typed within their time, from one site and from everywhere, before they
are worth nothing: one use takes two, and of the digits behind nobody guesses six in twenty tries."""
VALID: Final = timedelta(minutes=15)
"""So long a code works: the time of one visit. Source: [D] R-SAT-01"""
OFFERED: Final = timedelta(days=1)
"""So long after a phase ended the desk may offer it: later nobody stands there any more. Source: [D] R-SAT-01"""
SHOWN: Final = 4
"""So many signs of a dossier's code the tablet shows: enough to know the own one, too few to learn another's."""


class CounterCodeUnknownError(NotFoundError):
    """No code is like this: mistyped, used or too old; which of them nobody who guesses is told."""

    code = "counter-code-unknown"
    vi = "Mã không đúng, đã dùng hoặc đã hết hạn. Hãy hỏi cán bộ một cửa để lấy mã mới."
    en = "This code is wrong, was used, or is too old. Ask the officer of the desk for a new one."


class RatingNotOfferedError(ConflictError):
    """What ended long ago, or without anybody at the desk, is rated in the account alone."""

    code = "rating-not-offered"
    vi = "Chỉ mời đánh giá tại quầy người vừa nộp hoặc nhận kết quả trực tiếp tại quầy, trong vòng {hours} giờ."
    en = "Rating at the counter is offered within {hours} hours to whoever handed in or fetched the result at the desk."


class CounterNotKeyedError(ConflictError):
    """Without a key the few digits of a code would be tried out from a copy of the table."""

    code = "counter-not-keyed"
    vi = "Hệ thống chưa có khóa bảo vệ nên chưa đánh giá tại quầy được."
    en = "Without a sealing key nothing can be rated at the counter."


class RatedAtCounterError(ConflictError):
    """A phase of a dossier is rated at the counter once."""

    code = "rated-at-counter"
    vi = "Giai đoạn này của hồ sơ đã được đánh giá tại quầy."
    en = "This phase of the dossier was rated at the counter already."


def new_code() -> str:
    """Return a code nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def spoken(code: str) -> str:
    """Return a code in two groups, as it is read aloud and typed."""
    half = DIGITS // 2
    return f"{code[:half]} {code[half:]}"


def front(code: str) -> str:
    """Return by which digits the tries at a code are counted."""
    return read_code(code)[:PLACED]


def read_code(typed: str) -> str:
    """Return the digits of what was typed, whatever stands between them."""
    return "".join(sign for sign in typed if sign in "0123456789")
