"""Sign in: count the attempt, judge the password, open a session or refuse in neutral words."""

from datetime import datetime
from typing import NamedTuple

from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain import captcha as captchas
from identity.domain.devices import Visitor
from identity.domain.errors import CaptchaWrongError, SignInRefusedError
from identity.domain.throttle import ADDRESS, OFFICER, PAIR, Thresholds
from identity.models import AccessEntry, Action, Opened, UsedCaptcha, count_attempt, forgive
from identity.ports import Passwords


class Answer(NamedTuple):
    """A check question's token and what the person answered."""

    token: str
    answer: str


class Credentials(NamedTuple):
    """What a person typed to sign in."""

    login: str
    password: str
    captcha: Answer | None = None


async def sign_in(
    session: AsyncSession,
    typed: Credentials,
    *,
    visitor: Visitor,
    passwords: Passwords,
    captcha_secret: bytes,
    now: datetime,
) -> Opened:
    """Open a session for the right password.

    The attempt is counted and committed before it is judged: many at once cannot outrun the lock, and no
    connection is held while the password is hashed.

    Raises: SignInRefusedError, SignInLockedError, CaptchaRequiredError, CaptchaWrongError.
    Source: NB Đ.24.3; TN Đ.9.3; R-ACC-24
    """
    answered = await _answered(session, typed.captcha, captcha_secret, now)
    own, shared = _own_keys(typed.login, visitor), {f"address|{visitor.address}": ADDRESS}
    await count_attempt(session, {**own, **shared}, now, captcha_answered=answered)
    account = await queries.account_for_sign_in(session, typed.login)
    await session.commit()
    stored = account.password_hash if account is not None and account.active else None
    if not await passwords.matches(stored, nfc(typed.password)) or account is None:
        known = account.id if account is not None else None
        session.add(AccessEntry.of(Action.SIGN_IN_FAILED, visitor, now, known))
        await session.commit()
        raise SignInRefusedError(rule="credentials")
    await forgive(session, own, shared)
    opened = Opened.now(account, visitor, now)
    session.add(AccessEntry.of(Action.SIGNED_IN, visitor, now, account.id))
    await opened.keep(session)
    return opened


def _own_keys(login: str, visitor: Visitor) -> dict[str, Thresholds]:
    name = login.strip().lower()
    keys = {f"pair|{name}|{visitor.address}": PAIR}
    # A name without @ that is no number is an officer's: whether it exists makes no difference here.
    if "@" not in name and name.strip("+0123456789 .-()"):
        keys[f"officer|{name}"] = OFFICER
    return keys


async def _answered(session: AsyncSession, given: Answer | None, secret: bytes, now: datetime) -> bool:
    if given is None:
        return False
    question = captchas.answered(secret, given.token, given.answer, now)
    if not await UsedCaptcha.spend(session, question, now):
        raise CaptchaWrongError(field="captcha", rule="once")
    return True
