"""The mark by which somebody is not asked twice, and that leads back to nobody."""

import hashlib
import hmac
import secrets

WHO_LENGTH = 16
"""A browser's own key is at least this long, so that nobody guesses another's."""


def new_pepper() -> str:
    """Return the secret of one survey; it is thrown away with the marks when the survey closes."""
    return secrets.token_urlsafe(32)


def account_mark(pepper: str, survey: str, account: str) -> str:
    """Return the mark of an account in one survey.

    A mark says only that somebody answered: what was answered is counted elsewhere and no sheet is kept that a mark
    could stand on. The same account has another mark in every survey; once a survey is closed its secret and its marks
    are gone, and not even whoever holds the database can tell who took part.

    Source: QT Đ.7.6; TN Đ.6.3; R-SAT-02
    """
    return _mark(pepper, f"{survey}\naccount\n{account}")


def browser_mark(pepper: str, survey: str, browser: str) -> str:
    """Return the mark of a browser, by a key that only the browser keeps. Source: R-SAT-02"""
    return _mark(pepper, f"{survey}\nbrowser\n{browser}")


def _mark(pepper: str, said: str) -> str:
    return hmac.new(pepper.encode(), said.encode(), hashlib.sha256).hexdigest()
