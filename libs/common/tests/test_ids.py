"""Identifiers and envelopes."""

from board.events import AT, posted
from common.events import Envelope, envelope_of, routing_key
from common.ids import uuid7
from common.outbox import outbox_values


def test_ids_are_unique_of_version_seven_and_sort_by_time():
    ids = [uuid7() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert {(id_.version, id_.variant) for id_ in ids} == {(7, "specified in RFC 4122")}
    assert [id_.int >> 64 for id_ in ids] == sorted(id_.int >> 64 for id_ in ids)


def test_an_envelope_is_a_cloud_event():
    envelope = envelope_of(posted("H42.101-261120-0001", "hồ sơ", 3), "board")
    said = envelope.model_dump(mode="json")
    assert said["specversion"] == "1.0"
    assert (said["source"], said["type"]) == ("motcua/board", "board.notice_posted.v1")
    assert (said["subject"], said["aggregateversion"], said["agency"]) == (
        "H42.101-261120-0001",
        3,
        "H42.101",
    )
    assert envelope.time == AT
    assert said["data"]["text"] == "hồ sơ"


def test_the_outbox_row_holds_the_whole_envelope():
    row = outbox_values(posted("a"), "motcua/board")
    assert Envelope.model_validate_json(row.envelope_json).id == row.id
    assert row.routing_key == "board.notice_posted.v1.H42.101"


def test_an_event_of_no_agency_is_the_provinces():
    assert routing_key("catalog.agency_changed.v1", None) == "catalog.agency_changed.v1.province"
