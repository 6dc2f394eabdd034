"""The tables every service keeps beside its own: outbox, inbox, idempotency keys, job clock, announcements."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

_FRESH = "published_at is null and waiting_for is null"
_WAITING = "published_at is null and waiting_for is not null"
_OPEN = "done_at is null and dead_at is null"
_NOT_YET = f"{_OPEN} and waits_for is not null"


def plumbing_tables(metadata: sa.MetaData) -> None:
    """Add the plumbing tables to a service's metadata, so that a comparison with the database finds them.

    Their shape is what the first migrations create: a change comes as a further migration beside it, never as an edit.
    """
    _outbox(metadata)
    _inbox(metadata)
    sa.Table(
        "idempotency_key",
        metadata,
        sa.Column("scope", sa.Text),
        sa.Column("key", sa.Text),
        sa.Column("request_hash", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("body", JSONB),
        _moment("created_at", now=True),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_idempotency_key"),
        sa.Index("ix_idempotency_key_created", "created_at"),
    )
    sa.Table(
        "job_lock",
        metadata,
        sa.Column("name", sa.Text),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("name", name="pk_job_lock"),
    )
    sa.Table(
        "announcement",
        metadata,
        sa.Column("stock", sa.Text),
        sa.Column("recipient", sa.Text),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        _moment("done_at"),
        sa.PrimaryKeyConstraint("stock", "recipient", name="pk_announcement"),
    )


def _outbox(metadata: sa.MetaData) -> None:
    sa.Table(
        "outbox",
        metadata,
        sa.Column("id", sa.Uuid),
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("routing_key", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        _moment("created_at", now=True),
        _moment("published_at"),
        sa.Column("waiting_for", sa.ARRAY(sa.Text)),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.Index("ix_outbox_fresh", "seq", postgresql_where=sa.text(_FRESH)),
        sa.Index("ix_outbox_waiting", "seq", postgresql_where=sa.text(_WAITING)),
    )


def _inbox(metadata: sa.MetaData) -> None:
    sa.Table(
        "inbox",
        metadata,
        sa.Column("id", sa.Uuid),
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        _moment("received_at", now=True),
        _moment("done_at"),
        sa.Column("attempts", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
        _moment("retry_at"),
        _moment("dead_at"),
        sa.Column("error", sa.Text),
        sa.Column("waits_for", sa.Text),
        _moment("waits_since"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.Index(
            "ix_inbox_fresh",
            "seq",
            postgresql_where=sa.text(f"{_OPEN} and attempts = 0 and waits_for is null"),
        ),
        sa.Index("ix_inbox_retry", "retry_at", postgresql_where=sa.text(f"{_OPEN} and attempts > 0")),
        sa.Index("ix_inbox_not_yet", "waits_for", "retry_at", postgresql_where=sa.text(_NOT_YET)),
        sa.Index("ix_inbox_held", sa.text("(envelope ->> 'subject')"), postgresql_where=sa.text(_NOT_YET)),
        sa.Index("ix_inbox_dead", "dead_at", postgresql_where=sa.text("dead_at is not null")),
    )


def _moment(name: str, *, now: bool = False) -> sa.Column[datetime]:
    default = sa.text("clock_timestamp()") if now else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not now, server_default=default)
