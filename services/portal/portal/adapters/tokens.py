"""Keeps a signed-in visitor's tokens fresh, once per refresh token even when two pages ask at the same time."""

import asyncio
import hashlib
from collections.abc import Callable

from answers.identity import ProvedOut, TokenOut

from portal.adapters.http import ServiceAnswerError, ServiceUnreachableError
from portal.adapters.identity import Identity
from portal.adapters.sessions import Session

EARLY_SECONDS = 90
KEEP_SECONDS = 120


class Tokens:
    """Renews tokens; remembers the outcome shortly, because a refresh token works once."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = asyncio.Lock()
        self._recent: dict[str, tuple[float, TokenOut]] = {}

    async def renew(self, identity: Identity, session: Session, *, seen: bool = True) -> bool:
        """Renew the session's tokens when they end within a minute and a half; an ended session becomes empty.

        Returns whether there are new ones. Where nobody was `seen`, because an open page asks by itself, the session
        ends when it would have ended without.
        """
        if session.expires_at - self._now() > EARLY_SECONDS:
            return False
        async with self._lock:
            mark = hashlib.sha256(session.refresh_token.encode()).hexdigest()
            self._recent = {k: v for k, v in self._recent.items() if self._now() - v[0] < KEEP_SECONDS}
            try:
                if mark not in self._recent:
                    self._recent[mark] = (self._now(), await identity.refresh(session.refresh_token))
            except (ServiceAnswerError, ServiceUnreachableError):
                if session.expires_at <= self._now():
                    close(session)
                return False
            before = session.seen_at
            fill(session, self._recent[mark][1], self._now())
            session.seen_at = session.seen_at if seen else before
            return True


def fill(session: Session, tokens: TokenOut | ProvedOut, now: float) -> None:
    """Put what identity answered into the session."""
    session.access_token, session.refresh_token = tokens.access_token, tokens.refresh_token
    session.expires_at = now + tokens.expires_in
    session.idle_seconds, session.ends_at = tokens.idle_seconds, tokens.ends_at.timestamp()
    session.must_change_password, session.session_id = tokens.must_change_password, tokens.session_id
    session.statements_due, session.change_due = tokens.statements_due, tokens.change_due
    before, session.owes = session.account, tokens.owes
    session.account = tokens.account.model_dump(mode="json")
    if before.get("agency") == session.account["agency"] and "agency_name" in before:
        session.account["agency_name"] = before["agency_name"]
    session.seen_at, session.changed = now, True


def close(session: Session) -> None:
    """Empty a session."""
    session.access_token = session.refresh_token = ""
    session.account, session.notes = {}, {}
    session.idle_seconds, session.ends_at = 0, 0.0
    session.must_change_password, session.owes, session.changed = False, "", True
    session.statements_due, session.change_due = False, ""
