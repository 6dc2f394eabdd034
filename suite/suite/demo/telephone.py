"""The telephone of the demonstration's officers: it keeps the keys of their second factor and shows the codes."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import pyotp

Json = dict[str, Any]
SECONDS: Final = 30
OWN: Final = "/api/identity/me/second-factor"


class Posts(Protocol):
    """Somebody signed in who can ask."""

    def post(self, path: str, body: Json | None = None) -> Any:
        """Create or act."""


class UnknownFactorError(Exception):
    """The officer turned the second factor on with a telephone of somebody; the message says what to do."""


@dataclass
class Telephone:
    """Keys by who they are of, in a file only its owner reads; without a place they last as long as the process."""

    place: Path | None = None
    kept: dict[str, Json] = field(default_factory=dict)
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time

    def keep_at(self, place: Path) -> None:
        """Keep the keys in a file, and know those it has already."""
        self.place = place
        if place.is_file():
            self.kept |= json.loads(place.read_text("utf-8"))

    def show(self, who: Posts, name: str, tokens: Json) -> Json:
        """Do what a sign-in still owes, as its person would, and return the tokens it then has.

        Raises: UnknownFactorError.
        """
        if tokens["owes"] == "enrolment":
            self.kept[name] = {"key": who.post(OWN)["key"], "step": 0}
            confirmed = who.post(f"{OWN}/confirmation", {"code": self.code(name)})
            return dict(confirmed["tokens"])
        if tokens["owes"] != "proof":
            return tokens
        if name not in self.kept:
            raise UnknownFactorError(
                f"{name} đã bật xác thực hai bước bằng điện thoại khác: nhờ quản trị của cơ quan gỡ rồi chạy lại. "
                "/ has a second factor this demonstration did not turn on: let an administrator clear it first."
            )
        return dict(who.post(f"{OWN}/proof", {"code": self.code(name)}))

    def code(self, name: str) -> str:
        """Return the code that is shown now; one that was typed is not typed again, so the next may be waited for."""
        known = self.kept[name]
        while (step := int(self.now()) // SECONDS) <= known["step"]:
            self.wait(1)
        known["step"] = step
        self._write()
        return pyotp.TOTP(known["key"]).generate_otp(step)

    def _write(self) -> None:
        if self.place is None:
            return
        self.place.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.place.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(self.kept, file)
        fresh.replace(self.place)


TELEPHONE: Final = Telephone()
"""The one that all people of a demonstration share."""
