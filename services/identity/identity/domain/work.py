"""The second hurdle before sign-in: work that a computer does, so that guessing costs and a person does nothing."""

import base64
import binascii
import json
import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import altcha

from identity.domain.errors import WorkWrongError

LIFETIME: Final = timedelta(minutes=10)
COST: Final = 5000
"""Rounds of each try; with the tries below about a second of an ordinary telephone."""
FEWEST: Final = 60
MOST: Final = 300
"""Tries until the right one, drawn anew for each task."""
ALGORITHM: Final = "PBKDF2/SHA-256"
DONE_LONGEST: Final = 2000
PATIENCE: Final = timedelta(seconds=30)
"""What somebody whose browser does no work waits instead, since the last failure."""


class Task(NamedTuple):
    """A task (bài toán chứng minh công sức), as the browser reads it, and its end (UTC)."""

    text: str
    expires_at: datetime


def new_task(secret: bytes, now: datetime, cost: int = COST) -> Task:
    """Make a task that nobody else can make, good for ten minutes.

    Source: R-ACC-24
    """
    expires_at = now + LIFETIME
    counter = FEWEST + secrets.randbelow(MOST - FEWEST)
    made = altcha.create_challenge(
        ALGORITHM, cost, counter=counter, expires_at=expires_at, hmac_secret=secret.hex()
    )
    return Task(json.dumps(made.to_dict()), expires_at)


def done(secret: bytes, text: str, now: datetime) -> str:
    """Give the number of the task whose work was done.

    The caller remembers the number, because work counts once.

    Raises: WorkWrongError.
    Source: R-ACC-24
    """
    try:
        told = altcha.Payload.from_base64(text)
        right = altcha.verify_solution(told, secret.hex()).verified
        ends = float(told.challenge.parameters.expires_at or 0)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise WorkWrongError(field="work", rule="work") from None
    if not right or now.timestamp() >= ends:
        raise WorkWrongError(field="work", rule="work")
    return str(told.challenge.parameters.nonce)


def solved(task: str) -> str:
    """Do the work of a task, as a browser does."""
    challenge = altcha.Challenge.from_dict(json.loads(task))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None, "every task has a solution"
    told = {"challenge": challenge.to_dict(), "solution": solution.to_dict()}
    return base64.b64encode(json.dumps(told).encode()).decode()
