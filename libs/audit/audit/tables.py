"""The two tables of the access log, and what the database itself refuses to do with them."""

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

LINE: Final = "audit_line"
SEAL: Final = "audit_seal"
WRITTEN: Final = (
    "actor",
    "kind",
    "roles",
    "agency",
    "unit",
    "deed",
    "route",
    "subject",
    "details",
    "purpose",
    "outcome",
    "address",
    "agent",
)
"""What a service says of a deed; number, transaction and instant are the database's own word."""
SEALED: Final = ("number", "sealed_at", "upto", "count", "previous", "leaves", "root", "signature")
KEPT: Final = "audit_keep"
"""The function that refuses a change; its triggers are the second wall behind the missing rights."""
_XID: Final = "(pg_current_xact_id()::text)::bigint"


def audit_tables(metadata: sa.MetaData) -> None:
    """Add the tables to a service's metadata, so that a comparison with the database finds them.

    Their shape is what the first migrations create: a change comes as a further migration beside it, never as an edit.
    """
    sa.Table(
        LINE,
        metadata,
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True)),
        sa.Column("xid", sa.BigInteger, nullable=False, server_default=sa.text(_XID)),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("clock_timestamp()"),
        ),
        *(sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''")) for name in WRITTEN[:10]),
        sa.Column("outcome", sa.SmallInteger, nullable=False, server_default=sa.text("200")),
        *(sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''")) for name in WRITTEN[11:]),
        sa.PrimaryKeyConstraint("xid", "seq", name=f"pk_{LINE}"),
        sa.Index(f"ix_{LINE}_at", "at", postgresql_using="brin"),
        sa.Index(f"ix_{LINE}_actor", "actor"),
        sa.Index(f"ix_{LINE}_subject", "subject", postgresql_where=sa.text("subject <> ''")),
    )
    sa.Table(
        SEAL,
        metadata,
        sa.Column("number", sa.BigInteger, autoincrement=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upto", sa.BigInteger, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in SEALED[4:]),
        sa.PrimaryKeyConstraint("number", name=f"pk_{SEAL}"),
    )


def create_audit(op: Any, append_only: Iterable[str] = ()) -> None:
    """Create the tables, and let nothing be changed in them nor in a service's own histories.

    Called by one migration of a service; `append_only` are tables it already has.
    """
    metadata = sa.MetaData()
    audit_tables(metadata)
    metadata.create_all(op.get_bind(), checkfirst=False)
    op.execute(
        f"create function {KEPT}() returns trigger language plpgsql as $$"
        " begin raise exception '% of % is forbidden: rows are only added', tg_op, tg_table_name"
        " using errcode = 'integrity_constraint_violation'; end $$"
    )
    for table in (LINE, SEAL, *append_only):
        for when, name, each in (
            ("update or delete", "change", "for each row"),
            ("truncate", "truncation", "for each statement"),
        ):
            op.execute(
                f"create trigger {KEPT}_{name} before {when} on {table} {each} execute function {KEPT}()"
            )


def rights_of(role: str, tables: Iterable[str], append_only: Iterable[str]) -> list[str]:
    """Return the statements that give a service's role its rights in a database owned by another.

    Of lines it may say what it did, but never under which number, in which transaction or when.
    """
    ordinary = [name for name in tables if name not in (LINE, SEAL)]
    kept = [name for name in append_only if name in ordinary]
    rights = [
        f'grant usage on schema public to "{role}"',
        f'grant usage, select on all sequences in schema public to "{role}"',
    ]
    rights += [f'grant select, insert, update, delete, truncate on "{name}" to "{role}"' for name in ordinary]
    rights += [f'revoke update, delete, truncate on "{name}" from "{role}"' for name in kept]
    rights += [f'revoke all on {LINE}, {SEAL} from "{role}"', f'grant select on {LINE}, {SEAL} to "{role}"']
    rights += [f'grant insert ({", ".join(WRITTEN)}) on {LINE} to "{role}"']
    return [*rights, f'grant insert on {SEAL} to "{role}"']
