"""People of the demonstration get and show a second factor as anybody would."""

import json
import stat
from datetime import UTC, datetime
from typing import Any

import pytest
from identity.domain.errors import FactorWrongError
from identity.domain.factor import new_key, step_of
from suite.demo.telephone import OWN, Telephone, UnknownFactorError

NAME = "lanhdao.hoalu (http://x)"


class Account:
    """Takes a code as identity does: the rule is its own."""

    def __init__(self, clock: "Clock") -> None:
        self.clock, self.key, self.last = clock, new_key(), 0

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        if path == OWN:
            return {"key": self.key}
        at = datetime.fromtimestamp(self.clock.now, UTC)
        self.last = step_of(self.key, (body or {})["code"], at, last=self.last)
        tokens = {"access_token": "good", "owes": ""}
        return {"tokens": tokens} if path == f"{OWN}/confirmation" else tokens


class Clock:
    """Goes on when somebody waits."""

    now = 1_790_000_000.0

    def wait(self, seconds: float) -> None:
        self.now += seconds


def phone(clock: Clock) -> Telephone:
    return Telephone(wait=clock.wait, now=lambda: clock.now)


def test_who_must_have_one_gets_one_and_shows_it_at_every_sign_in(tmp_path) -> None:
    clock, place = Clock(), tmp_path / "demo" / "telephone.json"
    account, first = Account(clock), phone(clock)
    first.keep_at(place)
    assert first.show(account, NAME, {"owes": "enrolment"})["access_token"] == "good"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    again = phone(clock)
    again.keep_at(place)
    for _ in range(3):
        assert again.show(account, NAME, {"owes": "proof"})["access_token"] == "good"
    assert clock.now - Clock.now > 60, "no code is typed twice"
    assert json.loads(place.read_text())[NAME]["step"] == account.last


def test_a_code_typed_again_would_be_refused() -> None:
    clock = Clock()
    account = Account(clock)
    held = phone(clock)
    held.show(account, NAME, {"owes": "enrolment"})
    held.kept[NAME]["step"] = 0
    with pytest.raises(FactorWrongError):
        held.show(account, NAME, {"owes": "proof"})


def test_who_owes_nothing_is_let_alone_and_a_strangers_telephone_is_said_to_be_one() -> None:
    clock = Clock()
    tokens = {"owes": "", "access_token": "as it was"}
    assert phone(clock).show(Account(clock), NAME, tokens) is tokens
    with pytest.raises(UnknownFactorError, match=r"lanhdao\.hoalu"):
        phone(clock).show(Account(clock), NAME, {"owes": "proof"})
