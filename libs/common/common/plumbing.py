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
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

# Frozen: later changes come as a further list of statements with its own migration, never as an edit here.
CREATE_PLUMBING = (
    """create table outbox (
        id uuid constraint pk_outbox primary key,
        seq bigint generated always as identity,
        type text not null,
        routing_key text not null,
        envelope jsonb not null,
        created_at timestamptz not null default clock_timestamp(),
        published_at timestamptz,
        waiting_for text[])""",
    "create index ix_outbox_fresh on outbox (seq) where published_at is null and waiting_for is null",
    "create index ix_outbox_waiting on outbox (seq) where published_at is null and waiting_for is not null",
    """create table inbox (
        id uuid constraint pk_inbox primary key,
        seq bigint generated always as identity,
        type text not null,
        envelope jsonb not null,
        received_at timestamptz not null default clock_timestamp(),
        done_at timestamptz,
        attempts smallint not null default 0,
        retry_at timestamptz,
        dead_at timestamptz,
        error text)""",
    "create index ix_inbox_fresh on inbox (seq) where done_at is null and dead_at is null and attempts = 0",
    "create index ix_inbox_retry on inbox (retry_at) where done_at is null and dead_at is null and attempts > 0",
    "create index ix_inbox_dead on inbox (dead_at) where dead_at is not null",
    """create table idempotency_key (
        scope text not null,
        key text not null,
        request_hash text not null,
        status integer,
        body jsonb,
        created_at timestamptz not null default clock_timestamp(),
        constraint pk_idempotency_key primary key (scope, key))""",
    "create index ix_idempotency_key_created on idempotency_key (created_at)",
    """create table job_lock (
        name text constraint pk_job_lock primary key,
        ran_at timestamptz not null,
        error text)""",
)

_OPEN = "done_at is null and dead_at is null"


def _moment(name: str, *, now: bool = False) -> Column[datetime]:
    default = text("clock_timestamp()") if now else None
    return Column(name, DateTime(timezone=True), nullable=not now, server_default=default)


def plumbing_tables(metadata: MetaData) -> None:
    """Add the plumbing tables to a service's metadata, so that a comparison with the database finds them."""
    Table(
        "outbox",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("seq", BigInteger, Identity(always=True), nullable=False),
        Column("type", Text, nullable=False),
        Column("routing_key", Text, nullable=False),
        Column("envelope", JSONB, nullable=False),
        _moment("created_at", now=True),
        _moment("published_at"),
        Column("waiting_for", ARRAY(Text)),
        Index(
            "ix_outbox_fresh", "seq", postgresql_where=text("published_at is null and waiting_for is null")
        ),
        Index(
            "ix_outbox_waiting",
            "seq",
            postgresql_where=text("published_at is null and waiting_for is not null"),
        ),
    )
    Table(
        "inbox",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("seq", BigInteger, Identity(always=True), nullable=False),
        Column("type", Text, nullable=False),
        Column("envelope", JSONB, nullable=False),
        _moment("received_at", now=True),
        _moment("done_at"),
        Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
        _moment("retry_at"),
        _moment("dead_at"),
        Column("error", Text),
        Index("ix_inbox_fresh", "seq", postgresql_where=text(f"{_OPEN} and attempts = 0")),
        Index("ix_inbox_retry", "retry_at", postgresql_where=text(f"{_OPEN} and attempts > 0")),
        Index("ix_inbox_dead", "dead_at", postgresql_where=text("dead_at is not null")),
    )
    Table(
        "idempotency_key",
        metadata,
        Column("scope", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("request_hash", Text, nullable=False),
        Column("status", Integer),
        Column("body", JSONB),
        _moment("created_at", now=True),
        Index("ix_idempotency_key_created", "created_at"),
    )
    Table(
        "job_lock",
        metadata,
        Column("name", Text, primary_key=True),
        Column("ran_at", DateTime(timezone=True), nullable=False),
        Column("error", Text),
    )
