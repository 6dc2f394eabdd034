"""A sum in words that a person answers and a simple program does not; screen readers read it like any text."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from regulation.text import fold

from identity.domain.errors import CaptchaWrongError

LIFETIME = timedelta(minutes=10)
VI = (
    "không",
    "một",
    "hai",
    "ba",
    "bốn",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai",
    "mười ba",
    "mười bốn",
    "mười lăm",
    "mười sáu",
    "mười bảy",
    "mười tám",
)
EN = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
)


@dataclass(frozen=True)
class Question:
    """A check question (câu hỏi kiểm tra): the signed token, its text in two languages, and its end (UTC)."""

    token: str
    vi: str
    en: str
    expires_at: datetime


def _mac(secret: bytes, label: str, body: bytes) -> bytes:
    return hmac.new(secret, label.encode() + b"\0" + body, hashlib.sha256).digest()


def _terms(secret: bytes, body: bytes) -> tuple[int, int]:
    # The numbers come from the secret and not from the token, so the token does not hold the answer.
    digest = _mac(secret, "captcha-terms", body)
    return 1 + digest[0] % 9, 1 + digest[1] % 9


def new_question(secret: bytes, now: datetime) -> Question:
    """Make a question that nobody else can make, good for ten minutes.

    Source: R-ACC-24
    """
    expires_at = now + LIFETIME
    body = json.dumps([secrets.token_hex(8), int(expires_at.timestamp())]).encode()
    first, second = _terms(secret, body)
    parts = (body, _mac(secret, "captcha", body))
    token = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    return Question(
        token,
        f"{VI[first].capitalize()} cộng {VI[second]} bằng mấy?",
        f"What is {EN[first]} plus {EN[second]}?",
        expires_at,
    )


def answered(secret: bytes, token: str, answer: str, now: datetime) -> str:
    """Give the id of the question if the answer is right, as digits or in words of either language.

    The caller remembers the id, because a question counts once.

    Raises: CaptchaWrongError.
    Source: R-ACC-24
    """
    try:
        body, mac = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split("."))
    except (ValueError, binascii.Error):
        raise CaptchaWrongError(field="captcha", rule="answer") from None
    if not hmac.compare_digest(mac, _mac(secret, "captcha", body)):
        raise CaptchaWrongError(field="captcha", rule="answer")
    identifier, ends = json.loads(body)
    total = sum(_terms(secret, body))
    right = {str(total), fold(VI[total]), EN[total]}
    if now >= datetime.fromtimestamp(ends, UTC) or fold(answer.strip()) not in right:
        raise CaptchaWrongError(field="captcha", rule="answer")
    return str(identifier)
