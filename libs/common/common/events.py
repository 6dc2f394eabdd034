"""The shape of a fact one service announces and others hear."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json

from common.ids import uuid7

PREFIX = "motcua/"


class Event(BaseModel):
    """One fact. Subclass per fact with its `type`; fields are primitives, codes and instants only.

    `aggregate_version` is the counter on the aggregate's own row, read after the change was flushed: it grows with
    every fact and is never made from a clock. A state announced again carries the version at which it stands.
    """

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)

    type: ClassVar[str]
    aggregate_id: str
    aggregate_version: int
    agency: str | None
    occurred_at: datetime


class Envelope(BaseModel):
    """A CloudEvents 1.0 envelope around one event."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: uuid.UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, Any]
    agency: str | None = None
    aggregateversion: int
    traceparent: str | None = None
    announcement: bool = False


def routing_key(type_: str, agency: str | None) -> str:
    """Name the topic of an event: its type and the dotted code of the agency, or `province` where none is meant."""
    return f"{type_}.{agency or 'province'}"


def envelope_of(
    event: Event, source: str, traceparent: str | None = None, *, announcement: bool = False
) -> Envelope:
    """Put an event into its envelope; the id is made here, inside the producer's transaction.

    The event was checked when it was made, so its envelope is not checked again.
    """
    return Envelope.model_construct(
        id=uuid7(),
        source=source if source.startswith(PREFIX) else PREFIX + source,
        type=event.type,
        subject=event.aggregate_id,
        time=event.occurred_at,
        data=event.model_dump(mode="json"),
        agency=event.agency,
        aggregateversion=event.aggregate_version,
        traceparent=traceparent,
        announcement=announcement,
    )


def must_fit(envelope_json: bytes | str, id_: str, type_: str, topic: str | None) -> None:
    """Check that an event says of itself what its topic says of it: the announcing service and the agency.

    The broker holds each account to its own topics, so what fits its topic is told by whoever may tell it. Without
    `topic` it was put into its queue past all topics, which only the broker's administrator may do.

    Raises: ValueError when the event is forged, or none at all.
    """
    told = from_json(envelope_json)
    said = told["id"], told["type"], told["source"], told["data"]["agency"]
    if said != (id_, type_, PREFIX + type_.partition(".")[0], told.get("agency")):
        raise ValueError("the event contradicts itself")
    if topic is not None and topic != routing_key(type_, told.get("agency")):
        raise ValueError("the event does not fit its topic")
