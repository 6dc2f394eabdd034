"""Send a code to somebody at the counter, who confirms by it what an officer wrote down."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import HOUR, Purpose, must_be_handled, new_code
from identity.domain.contacts import Confirmed, must_be_others
from identity.models import Challenge, count_letter
from identity.ports import Passwords


async def ask_counter_code(
    session: AsyncSession, caller: Caller, what: Confirmed, *, passwords: Passwords, now: datetime
) -> tuple[Challenge, str]:
    """Make the challenge; give it with the code, to be sent once it is committed.

    An address gets five codes an hour, whoever asks for them, and an officer sends no more than a busy counter needs.
    No officer confirms for somebody else what he wrote down himself: his own addresses get none.

    Raises: ForbiddenError, OwnAddressError, CodeSentTooOftenError.
    Source: QT Đ.25.2; R-INT-16; R-ACC-24
    """
    caller.require(*who_may(Right.ACCEPT_DOSSIER))
    officer = await queries.sender(session, caller)
    if officer:
        must_be_others(what.sent_to, officer.email, officer.phone)
        must_be_handled(await queries.sent_by(session, officer, Purpose.COUNTER, now - HOUR))
    await count_letter(session, what.sent_to, now)
    code = new_code()
    payload = {"officer": caller.subject, "draft": what.draft, "fingerprint": what.fingerprint}
    hashed = await passwords.hash(code)
    challenge = Challenge.sent(
        Purpose.COUNTER,
        hashed,
        now,
        account_id=officer.id if officer else None,
        sent_to=what.sent_to,
        payload=payload,
    )
    session.add(challenge)
    await session.flush()
    return challenge, code
