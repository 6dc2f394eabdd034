"""A slow or failing supplier is left for another within two minutes, and comes back after it recovered."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from notify.adapters.http_text import HttpText
from notify.adapters.many_texts import ManyTexts
from notify.domain.suppliers import AWAY, ENOUGH, Choice
from notify.main import means_of
from notify.ports import PermanentFailureError, TemporaryFailureError
from notify.settings import Settings

NOON = datetime(2026, 11, 28, 5, tzinfo=UTC)


@dataclass
class Clock:
    """Tells the time that a gateway's slowness leaves."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Gateway:
    """Takes so long for each message, or refuses it."""

    clock: Clock
    takes: timedelta = timedelta(milliseconds=200)
    error: Exception | None = None
    taken: list[datetime] = field(default_factory=list)

    async def send(self, id_: str, phone: str, text: str) -> None:
        self.clock.now += self.takes
        self.taken.append(self.clock.now)
        if self.error:
            raise self.error


async def minute(texts: ManyTexts, clock: Clock, messages: int = 20) -> int:
    """Send messages through a minute; give how many were not taken."""
    until, lost = clock.now + timedelta(minutes=1), 0
    for n in range(messages):
        try:
            await texts.send(str(n), "0912345678", "x")
        except TemporaryFailureError:
            lost += 1
        clock.now += timedelta(seconds=2)
    clock.now = max(clock.now, until)
    return lost


@pytest.mark.parametrize("error", [None, TemporaryFailureError("sms-503")])
async def test_r24_a_slow_or_failing_supplier_is_left_within_two_minutes_and_comes_back(error) -> None:
    clock = Clock()
    first, second = Gateway(clock), Gateway(clock)
    texts = ManyTexts([first, second], clock)
    assert await minute(texts, clock) == 0
    assert (len(first.taken), len(second.taken)) == (20, 0)
    first.takes, first.error = timedelta(seconds=9), error
    begun = clock.now
    for _ in range(2):
        await minute(texts, clock)
    slowed = begun + timedelta(minutes=2)
    first.taken.clear()
    second.taken.clear()
    while clock.now < slowed + timedelta(minutes=3):
        await minute(texts, clock)
    assert len(second.taken) >= 0.8 * (len(first.taken) + len(second.taken))
    first.takes, first.error = timedelta(milliseconds=200), None
    for _ in range(2):
        await minute(texts, clock)
    second.taken.clear()
    assert await minute(texts, clock) == 0
    assert second.taken == []


async def test_r24_one_supplier_alone_is_never_left() -> None:
    clock = Clock()
    only = Gateway(clock, error=TemporaryFailureError("sms-503"))
    assert await minute(ManyTexts([only], clock), clock) == 20


async def test_a_number_that_a_gateway_refuses_for_good_says_nothing_against_it() -> None:
    clock = Clock()
    first, second = Gateway(clock, error=PermanentFailureError("sms-400")), Gateway(clock)
    texts = ManyTexts([first, second], clock)
    for _ in range(2 * ENOUGH):
        with pytest.raises(PermanentFailureError):
            await texts.send("1", "0", "x")
    assert second.taken == []


def test_r24_who_was_left_gets_one_message_to_show_that_it_is_back() -> None:
    choice = Choice(2)
    for _ in range(ENOUGH):
        choice.tell(0, NOON, well=False)
    assert [choice.next(NOON), choice.next(NOON + AWAY), choice.next(NOON + AWAY)] == [1, 0, 1]
    choice.tell(0, NOON + AWAY, well=False)
    assert choice.next(NOON + AWAY) == 1
    assert choice.next(NOON + 2 * AWAY) == 0
    choice.tell(0, NOON + 2 * AWAY, well=True)
    assert choice.next(NOON + 2 * AWAY) == 0


def test_where_all_are_left_the_preferred_one_is_asked() -> None:
    choice = Choice(2)
    for place in (0, 1):
        for _ in range(ENOUGH):
            choice.tell(place, NOON, well=False)
    assert choice.next(NOON) == 0


def test_gateways_are_named_one_after_the_other_each_with_its_token() -> None:
    told = {"files_url": "file:///tmp/x", "sms_url": "http://a http://b"}
    assert isinstance(means_of(Settings(**told, sms_token="t1 t2")).text, ManyTexts)
    assert isinstance(means_of(Settings(**{**told, "sms_url": "http://a"}, sms_token="t")).text, HttpText)
    assert means_of(Settings(files_url="file:///tmp/x")).text is None
    with pytest.raises(ValueError, match="zip"):
        means_of(Settings(**told, sms_token="t1 t2 t3"))
