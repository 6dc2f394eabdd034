"""Rows of accounts, sign-ins, codes, keys and the access log."""

from identity.models.access import AccessEntry, Action
from identity.models.account import Account, AccountChange
from identity.models.base import Base
from identity.models.challenge import Challenge
from identity.models.key import SigningKey
from identity.models.session import Opened, RefreshToken, SignInSession
from identity.models.tally import SignInTally, UsedCaptcha, count_attempt, forgive

__all__ = [
    "AccessEntry",
    "Account",
    "AccountChange",
    "Action",
    "Base",
    "Challenge",
    "Opened",
    "RefreshToken",
    "SignInSession",
    "SignInTally",
    "SigningKey",
    "UsedCaptcha",
    "count_attempt",
    "forgive",
]
