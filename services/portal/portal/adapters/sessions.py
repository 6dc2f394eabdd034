"""The visitor's session, sealed in one cookie that only the portal can read."""

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

SALT_LENGTH = 16
LONGEST_IDLE = 8 * 3600
"""Seconds; no profile lets a session be idle for longer."""


@dataclass(frozen=True)
class Lasting:
    """How long a session goes on: minutes without a deed, and the instant and the seconds until it ends anyway."""

    minutes: int
    until: datetime
    seconds: int


@dataclass
class Session:
    """What the portal remembers of a signed-in visitor between two pages; ``changed`` asks for a new cookie."""

    access_token: str = ""
    refresh_token: str = ""
    expires_at: float = 0.0
    """Epoch second at which the access token ends."""
    seen_at: float = 0.0
    idle_seconds: int = 0
    """After how long without a deed the session ends; 0 where identity said nothing."""
    ends_at: float = 0.0
    """Epoch second at which the sign-in ends at the latest; 0 where identity said nothing."""
    account: dict[str, Any] = field(default_factory=dict)
    must_change_password: bool = False
    owes: str = ""
    """What comes before every page: ``proof`` of a second factor, or its ``enrolment``."""
    statements_due: bool = False
    """Whether something must be read and accepted before every page."""
    change_due: str = ""
    """What an old password owes: ``remind`` or ``enforce``."""
    session_id: str = ""
    """The sign-in at identity that this session belongs to; when it is over there, it is over here."""
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    notes: dict[str, str] = field(default_factory=dict)
    flash: str = ""
    changed: bool = False

    @property
    def signed_in(self) -> bool:
        """Say whether the visitor has tokens."""
        return bool(self.access_token)

    def note(self, kind: str, of: object, words: str) -> None:
        """Remember words about one thing, and forget those about others of the kind: a cookie has little room."""
        others = {name: kept for name, kept in self.notes.items() if not name.startswith(f"{kind}:")}
        self.notes, self.changed = {**others, f"{kind}:{of}": words}, True

    def idle_for(self, usual: int) -> int:
        """Give after how many seconds without a deed the session ends; `usual` where nobody signed in."""
        return self.idle_seconds or usual

    def over(self, now: float, usual: int) -> bool:
        """Tell whether nobody did anything for too long, or the sign-in lasted as long as one may."""
        return now - self.seen_at > self.idle_for(usual) or 0 < self.ends_at <= now

    def lasting(self, now: float, usual: int) -> Lasting | None:
        """Give how long the session goes on; nothing where nobody is signed in."""
        if not self.signed_in:
            return None
        ends_at = self.ends_at or self.expires_at
        return Lasting(self.idle_for(usual) // 60, datetime.fromtimestamp(ends_at, UTC), int(ends_at - now))

    def form_token(self) -> str:
        """Make a form token that differs each time, so that compression reveals nothing about it."""
        salt = secrets.token_hex(SALT_LENGTH // 2)
        return salt + self._mac(salt)

    def owns(self, token: str) -> bool:
        """Say whether a form token was made for this session."""
        told = token[SALT_LENGTH:].encode(errors="replace")  # anybody may post anything; only bytes compare
        return hmac.compare_digest(told, self._mac(token[:SALT_LENGTH]).encode())

    def _mac(self, salt: str) -> str:
        return hmac.new(self.secret.encode(), salt.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]


class Seal:
    """Encrypts what the browser may carry but neither read nor change."""

    def __init__(self, key: bytes, now: Callable[[], float]) -> None:
        self._fernet = Fernet(key)
        self._now = now

    def close(self, value: object, purpose: str, at: float | None = None) -> str:
        """Seal a JSON value for one purpose; its age counts from the instant ``at``, else from now."""
        told = json.dumps([purpose, value], ensure_ascii=False, separators=(",", ":"))
        packed = zlib.compress(told.encode())
        return self._fernet.encrypt_at_time(packed, int(self._now() if at is None else at)).decode()

    def open(self, text: str, seconds: int, purpose: str) -> Any:
        """Open what was sealed at most ``seconds`` ago; ``None`` when it is older, damaged or for another purpose."""
        try:
            packed = self._fernet.decrypt_at_time(text.encode(), seconds, int(self._now()))
        except (InvalidToken, ValueError):
            return None
        kept = json.loads(zlib.decompress(packed))
        return kept[1] if isinstance(kept, list) and kept[0] == purpose else None

    def close_session(self, session: Session, site: str) -> str:
        """Seal a session for the cookie of its site; it ends so long after its visitor was last seen."""
        kept = {name: value for name, value in asdict(session).items() if name != "changed"}
        return self.close(kept, f"session of the {site} site", session.seen_at)

    def open_session(self, text: str, usual: int, site: str) -> Session | None:
        """Open a session cookie of a site, or ``None`` when it ended or belongs to the other site."""
        kept = self.open(text, LONGEST_IDLE, f"session of the {site} site")
        session = Session(**kept) if isinstance(kept, dict) else None
        return None if session is None or session.over(self._now(), usual) else session


def session_key(given: str, file: Path | None) -> bytes:
    """Find the key of the seal: given, kept in a file (made on first use, readable by its owner only), or fresh."""
    if given:
        return given.encode()
    if file is None:
        return Fernet.generate_key()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(Fernet.generate_key())
    return file.read_bytes().strip()
