"""The four tables every service keeps beside its own: outbox, inbox, idempotency keys and job clock."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

_FRESH = "published_at is null and waiting_for is null"
_WAITING = "published_at is null and waiting_for is not null"
_OPEN = "done_at is null and dead_at is null"


def plumbing_tables(metadata: MetaData) -> None:
    """Add the plumbing tables to a service's metadata, so that a comparison with the database finds them.

    Their shape is what the first migrations create: a change comes as a further migration beside it, never as an edit.
    """
    _outbox(metadata)
    _inbox(metadata)
    Table(
        "idempotency_key",
        metadata,
        Column("scope", Text),
        Column("key", Text),
        Column("request_hash", Text, nullable=False),
        Column("status", Integer),
        Column("body", JSONB),
        _moment("created_at", now=True),
        PrimaryKeyConstraint("scope", "key", name="pk_idempotency_key"),
        Index("ix_idempotency_key_created", "created_at"),
    )
    Table(
        "job_lock",
        metadata,
        Column("name", Text),
        Column("ran_at", DateTime(timezone=True), nullable=False),
        Column("error", Text),
        PrimaryKeyConstraint("name", name="pk_job_lock"),
    )


def _outbox(metadata: MetaData) -> None:
    Table(
        "outbox",
        metadata,
        Column("id", Uuid),
        Column("seq", BigInteger, Identity(always=True), nullable=False),
        Column("type", Text, nullable=False),
        Column("routing_key", Text, nullable=False),
        Column("envelope", JSONB, nullable=False),
        _moment("created_at", now=True),
        _moment("published_at"),
        Column("waiting_for", ARRAY(Text)),
        PrimaryKeyConstraint("id", name="pk_outbox"),
        Index("ix_outbox_fresh", "seq", postgresql_where=text(_FRESH)),
        Index("ix_outbox_waiting", "seq", postgresql_where=text(_WAITING)),
    )


def _inbox(metadata: MetaData) -> None:
    Table(
        "inbox",
        metadata,
        Column("id", Uuid),
        Column("seq", BigInteger, Identity(always=True), nullable=False),
        Column("type", Text, nullable=False),
        Column("envelope", JSONB, nullable=False),
        _moment("received_at", now=True),
        _moment("done_at"),
        Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
        _moment("retry_at"),
        _moment("dead_at"),
        Column("error", Text),
        PrimaryKeyConstraint("id", name="pk_inbox"),
        Index("ix_inbox_fresh", "seq", postgresql_where=text(f"{_OPEN} and attempts = 0")),
        Index("ix_inbox_retry", "retry_at", postgresql_where=text(f"{_OPEN} and attempts > 0")),
        Index("ix_inbox_dead", "dead_at", postgresql_where=text("dead_at is not null")),
    )


def _moment(name: str, *, now: bool = False) -> Column[datetime]:
    default = text("clock_timestamp()") if now else None
    return Column(name, DateTime(timezone=True), nullable=not now, server_default=default)
