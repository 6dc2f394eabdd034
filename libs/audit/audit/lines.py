"""One line of the access log, from the request it tells of."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from common.api.deps import client_address
from common.sealing import Ring
from common.security import Caller
from regulation.text import without_numbers
from starlette.requests import Request
from starlette.types import Scope

_MARK: Final = 16
LONGEST: Final = 500
"""Characters of what was asked for and of what a browser calls itself."""
PAGING: Final = frozenset({"cursor", "limit", "offset", "purpose"})
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"

    def said(self, lang: str) -> str:
        """Return the deed in Vietnamese or English."""
        return _SAID[self][lang == "en"]


_SAID = {
    Deed.LOOK_UP: ("Tra cứu, xem danh sách", "Looked up"),
    Deed.VIEW: ("Mở xem", "Opened"),
    Deed.EXPORT: ("Xuất dữ liệu", "Exported"),
    Deed.CHANGE: ("Thay đổi", "Changed"),
    Deed.ACCOUNT: ("Đăng nhập, tài khoản", "Sign-in and account"),
}


def deed_of(method: str, path: str) -> Deed:
    """Tell from a route what asking it is: its method changes or reads, its path names one thing or many."""
    if method not in SAFE:
        return Deed.CHANGE
    if path.endswith(".csv"):
        return Deed.EXPORT
    return Deed.VIEW if path.endswith("}") or ("/{" in path and _names_one(path)) else Deed.LOOK_UP


def _names_one(path: str) -> bool:
    """Tell whether a route goes below one thing, as the papers of a dossier do; an agency is a place, no thing."""
    return any(part.startswith("{") and part != "{agency}" for part in path.split("/"))


@dataclass
class Line:
    """What a request is about to be written down as; whoever knows more says so before the commit."""

    scope: Scope
    database: object
    silent: Mapping[str, str] = field(default_factory=dict)
    """Routes that show nobody's data, as `GET /api/…`, each with the reason."""
    purpose: str = ""
    subject: str = ""
    deed: Deed | None = None
    sought: str = ""
    """What was looked for, where it stands in the body because it says who somebody is."""
    outcome: int = 200
    """The status that will be answered, as far as it is known when the line is committed."""
    tried: bool = field(default=False, init=False)
    """Whether something secret was tried: then the line is written whatever is answered."""
    kept: bool = field(default=False, init=False)
    """Whether the line is committed."""

    @property
    def caller(self) -> Caller | None:
        """Who asked, once a route wanted to know."""
        found: Caller | None = self.scope.get("state", {}).get("caller")
        return found

    @property
    def route(self) -> str:
        """Method and address of the route, with the names of its parts; empty where nothing is to be written."""
        path = getattr(self.scope.get("route"), "path", "")
        found = f"{self.scope['method']} {path}" if path else ""
        return "" if found in self.silent else found

    def _words(self) -> list[tuple[str, str]]:
        asked = parse_qsl(self.scope.get("query_string", b"").decode("latin-1"))
        return [*asked, ("q", self.sought)] if self.sought else asked

    def columns(self, outcome: int | None = None) -> dict[str, Any]:
        """Return the line in the columns of the table; `outcome` is the status, once it is answered."""
        who, request = self.caller, Request(self.scope)
        return {
            "actor": who.subject if who else "",
            "kind": who.kind if who else "",
            "roles": ",".join(sorted(who.roles)) if who else "",
            "agency": who.agency or "" if who else "",
            "unit": who.unit or "" if who else "",
            "deed": self.deed or deed_of(*self.route.split(" ", 1)),
            "route": self.route,
            "subject": self.subject or _subject(self.scope.get("path_params", {})),
            "details": _asked(self._words(), getattr(self.database, "ring", None)),
            "purpose": self.purpose,
            "outcome": outcome or self.outcome,
            "address": clean(client_address(request))[:45],
            "agent": clean(request.headers.get("user-agent", "")),
        }


current: ContextVar[Line | None] = ContextVar("line of the access log", default=None)


def note(
    *, purpose: str = "", subject: str = "", deed: Deed | None = None, sought: str = "", outcome: int = 0
) -> None:
    """Say more about what is being done: to which end, about whom; nothing happens outside a request.

    Who looks for something whose words stand in the body says so with `sought`; it is a look-up then.

    Whoever commits something though the request is refused, a refusal for example, says with which status.
    """
    if (line := current.get()) is not None:
        line.purpose, line.subject = purpose or line.purpose, subject or line.subject
        line.deed, line.outcome = deed or line.deed, outcome or line.outcome
        if sought:
            line.sought, line.deed = sought, Deed.LOOK_UP


def carried() -> dict[str, Any]:
    """Return what a statement of its own writes down with its deed; empty columns outside a request."""
    line = current.get()
    return dict(_EMPTY) if line is None else line.columns()


def was_carried() -> None:
    """Say that the statement wrote the line, and is committed."""
    if (line := current.get()) is not None:
        line.kept = True


_EMPTY: Final[Mapping[str, Any]] = dict.fromkeys(("roles", "route", "details", "address", "agent"), "")


def clean(told: str) -> str:
    """Keep of what a stranger says that which a line can hold: printable, and not too much of it."""
    return "".join(one if one.isprintable() else " " for one in told[:LONGEST])


def _subject(parts: Mapping[str, Any]) -> str:
    named = [str(value) for name, value in parts.items() if name != "agency"] or list(
        map(str, parts.values())
    )
    return clean("/".join(named))[:200]


def hidden(word: str, ring: Ring | None) -> str:
    """Return what stands in a line for a number or an address that somebody looked for: the same for the same one."""
    return f"~{ring.mark(word, 'audit_line.details')[:_MARK]}" if ring else "~"


def looked_for(person: str, ring: Ring | None) -> str:
    """Return how a person stands in what others looked for: a number or an address as its mark, a name as typed.

    Where nothing is sealed numbers have no mark of their own, and none is found by one.
    """
    said = without_numbers(clean(person).strip(), lambda found: hidden(found, ring) if ring else "~?")
    return orjson.dumps(said).decode()[1:-1]


def _asked(words: Iterable[tuple[str, str]], ring: Ring | None) -> str:
    asked = {
        name: without_numbers(value, lambda word: hidden(word, ring))
        for name, value in words
        if name not in PAGING and value
    }
    return clean(orjson.dumps(asked).decode()) if asked else ""
