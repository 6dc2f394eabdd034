"""An event speaks for the service and the agency its topic names, or it is not taken."""

import json

import pytest
from board.events import posted
from common.events import must_fit
from common.outbox import outbox_values

ROW = outbox_values(posted("a", agency="H42.15.03"), "board")
TOLD = json.loads(ROW.envelope_json)
TOPIC = "board.notice_posted.v1.H42.15.03"


def fits(told: object, topic: str | None = TOPIC, id_: str = str(ROW.id), type_: str = ROW.type) -> None:
    must_fit(json.dumps(told), id_, type_, topic)


@pytest.mark.parametrize("topic", [ROW.routing_key, TOPIC, None])
def test_what_a_service_announces_fits_its_topic(topic: str | None) -> None:
    fits(TOLD, topic)


def test_an_event_of_no_agency_fits_the_topic_of_the_province() -> None:
    row = outbox_values(posted("a", agency=None), "board")
    must_fit(row.envelope_json, str(row.id), row.type, "board.notice_posted.v1.province")


@pytest.mark.parametrize(
    "changed",
    [
        {"agency": "H42.16"},
        {"agency": None},
        {"agency": "H42.16", "data": {**TOLD["data"], "agency": "H42.16"}},  # agrees with itself alone
        {"data": {**TOLD["data"], "agency": "H42.16"}},
        {"source": "motcua/intake"},
        {"type": "board.notice_taken.v1"},
        {"id": "018f0000-0000-7000-8000-000000000001"},
    ],
)
def test_an_event_that_says_otherwise_than_its_topic_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="the event"):
        fits(TOLD | changed)


@pytest.mark.parametrize("topic", ["board.notice_posted.v1.H42.16", "board.notice_posted.v1.province", "x"])
def test_an_event_under_another_topic_is_refused(topic: str) -> None:
    with pytest.raises(ValueError, match="topic"):
        fits(TOLD, topic)


def test_what_comes_to_one_queue_still_may_not_contradict_itself() -> None:
    with pytest.raises(ValueError, match="contradicts"):
        fits(TOLD | {"agency": "H42.16"}, None)
