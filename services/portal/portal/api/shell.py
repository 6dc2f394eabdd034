"""What wraps every page: the language of the address, the session cookie, and the headers that keep pages safe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.adapters.sessions import Seal, Session
from portal.domain.addresses import OFFICER_ROOT, holds_key
from portal.domain.cookies import KEPT, SESSIONS, Cookie

TOUCH_SECONDS = 60
LONGEST_KEPT = 100
BACKGROUND = "x-background"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; object-src 'none'; "
    "manifest-src 'self'; frame-ancestors {ancestors}"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=()",
}


@dataclass
class Frame:
    """What the address and the cookie say about a request."""

    lang: str
    prefix: str
    site: str
    session: Session
    path: str
    ended: bool = False
    """Whether the browser brought a session that has ended."""
    framed: bool = False
    """Whether the answer may be shown inside our own page (the document viewer)."""
    elsewhere: Callable[[], bool] = lambda: False
    """Whether this browser holds a session of the other site."""
    background: bool = False
    """Whether an open page asks by itself; that prolongs no session, because nobody did anything."""
    renewed: bool = False
    """Whether the tokens were renewed, so that the session must be kept even then."""
    kept: Mapping[Cookie, str] = field(default_factory=dict)
    """What the browser kept beyond the session."""
    keeps: dict[Cookie, str] = field(default_factory=dict)
    """What it is to keep from now on."""


@dataclass(frozen=True)
class ShellRules:
    """The settings the shell works by."""

    languages: tuple[str, ...]
    english_host: str
    session_minutes: int
    secure: bool
    site: str
    """The site that is served alone, or ``both``."""
    now: Callable[[], float]


class Shell:
    """ASGI middleware around the whole portal."""

    def __init__(self, app: ASGIApp, seal: Seal, rules: ShellRules) -> None:
        self.app, self.seal, self.rules = app, seal, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Prepare the request, let the page answer, then dress the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        place = _without_last_slash(scope)
        frame = self._frame(scope)
        scope.setdefault("state", {})["frame"] = frame

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), frame)
            await send(message)

        app = self.app if place is None else RedirectResponse(place, 308)
        await app(scope, receive, dressed)

    def _frame(self, scope: Scope) -> Frame:
        headers = Headers(scope=scope)
        path, prefix, lang = scope["path"], "", "vi"
        if "en" in self.rules.languages:
            if path == "/en" or path.startswith("/en/"):
                path, prefix, lang = path[3:] or "/", "/en", "en"
                scope["path"], scope["raw_path"] = path, path.encode()
            elif self.rules.english_host and headers.get("host") == self.rules.english_host:
                lang = "en"
        officer = path == OFFICER_ROOT or path.startswith(OFFICER_ROOT + "/")
        site = "officer" if officer else "citizen"
        site = site if self.rules.site == "both" else self.rules.site
        jar = _cookies(headers.get("cookie", ""))
        session, ended = self._session(jar, site)
        background = headers.get(BACKGROUND) == "1" or headers.get("accept") == "text/event-stream"
        brought = {one: jar.get(self._name(one.name)) for one in KEPT}
        kept = {one: value.value[:LONGEST_KEPT] for one, value in brought.items() if value}
        other = "citizen" if site == "officer" else "officer"

        def elsewhere() -> bool:
            return self.rules.site == "both" and self._session(jar, other)[0].signed_in

        frame = Frame(lang, prefix, site, session, path, ended, background=background, kept=kept)
        frame.elsewhere = elsewhere
        return frame

    def _session(self, jar: SimpleCookie, site: str) -> tuple[Session, bool]:
        kept = jar.get(self._name(SESSIONS[site].name))
        if kept is None:
            return Session(), False
        session = self.seal.open_session(kept.value, self.rules.session_minutes * 60, site)
        return (session, False) if session else (Session(), True)

    def _dress(self, headers: MutableHeaders, frame: Frame) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        ancestors = "'self'" if frame.framed else "'none'"
        headers["content-security-policy"] = POLICY.format(ancestors=ancestors)
        headers["x-frame-options"] = "SAMEORIGIN" if frame.framed else "DENY"
        if self.rules.secure:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        if frame.path.startswith("/static/"):
            return
        keyed = holds_key(frame.path)
        headers["cache-control"] = "no-store" if frame.session.signed_in or keyed else "no-cache"
        if keyed:
            headers["x-robots-tag"] = "noindex, nofollow"
        self._keep_session(headers, frame)
        for cookie, value in frame.keeps.items():
            self._set_cookie(headers, cookie, value, cookie.seconds)

    def _keep_session(self, headers: MutableHeaders, frame: Frame) -> None:
        session, now = frame.session, self.rules.now()
        if frame.background:
            if frame.renewed:
                self._seal(headers, frame)
            return
        stale = session.seen_at > 0 and now - session.seen_at > TOUCH_SECONDS  # also where nobody signed in
        if not (session.changed or stale):
            return
        session.seen_at = now
        self._seal(headers, frame)

    def _seal(self, headers: MutableHeaders, frame: Frame) -> None:
        session = frame.session
        age = session.idle_for(self.rules.session_minutes * 60)
        sealed = self.seal.close_session(session, frame.site)
        self._set_cookie(headers, SESSIONS[frame.site], sealed, age)

    def _name(self, name: str) -> str:
        """Bind a cookie to this host where it comes over TLS: browsers then take it from nobody else."""
        return f"__Host-{name}" if self.rules.secure else name

    def _set_cookie(self, headers: MutableHeaders, one: Cookie, value: str, age: int) -> None:
        cookie = f"{self._name(one.name)}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}"
        headers.append("set-cookie", cookie + ("; Secure" if self.rules.secure else ""))


def _cookies(header: str) -> SimpleCookie:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return SimpleCookie()
    return jar


def _without_last_slash(scope: Scope) -> str | None:
    """Return where a page is that was asked for with a slash too many, on this very host; None where there is none."""
    path: str = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or path.strip("/") == "" or not path.endswith("/"):
        return None
    query = scope["query_string"].decode("latin-1")
    return quote("/" + path.strip("/")) + (f"?{query}" if query else "")
