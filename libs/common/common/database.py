"""A service's own database: sessions for its stories, a bare pool for its hot paths."""

import asyncio
import uuid
from datetime import datetime
from typing import Any, ClassVar

import asyncpg
import orjson
from sqlalchemy import DateTime, MetaData, Text, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry

from common.errors import StaleVersionError
from common.plumbing import plumbing_tables
from common.sealing import Ring

DRIVER = "postgresql+asyncpg://"  # it reads the address itself, with all that is asked of TLS in it
__all__ = ["DRIVER", "Base", "Database", "Versioned", "new_metadata", "plumbing_tables"]

_NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
_JSON = JSONB(none_as_null=True)  # what is not there is NULL: the JSON word null would be something
_TYPES: dict[Any, Any] = {
    datetime: DateTime(timezone=True),
    str: Text,
    dict[str, Any]: _JSON,
    list[str]: _JSON,
    list[dict[str, Any]]: _JSON,
}
# A process that is stopped in mid-transaction must not hold its locks for ever.
# One whose machine lost its power says nothing at all: the server asks, or its locks of a session stand for two hours.
_SERVER = {
    "idle_in_transaction_session_timeout": "15000",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "jit": "off",
}


def new_metadata() -> MetaData:
    """Make a metadata that names every constraint the same way everywhere."""
    return MetaData(naming_convention=_NAMING)


class Base(DeclarativeBase):
    """Parent of each service's own base: `class Base(database.Base)` gets its own metadata and registry.

    `Mapped[datetime]` is a timestamp with zone, `Mapped[str]` is text, dictionaries and lists are JSONB.
    """

    type_annotation_map: ClassVar[dict[Any, Any]] = _TYPES

    def __init_subclass__(cls, **arguments: Any) -> None:
        if Base in cls.__bases__:
            cls.__abstract__ = True
            cls.metadata = cls.__dict__.get("metadata", None) or new_metadata()
            cls.registry = registry(metadata=cls.metadata, type_annotation_map=_TYPES)
            cls._sa_registry = cls.registry
        super().__init_subclass__(**arguments)


class Versioned:
    """A row that people edit: the database refuses to overwrite a version nobody has seen."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}

    def expect(self, version: int) -> None:
        """Check the version the caller saw. Raises: StaleVersionError."""
        if self.version != version:
            raise StaleVersionError(field="version", rule="stale-version")


class _AnnouncingSession(Session):
    """A session that wakes the relay once its outbox rows are committed."""


@event.listens_for(_AnnouncingSession, "after_commit")
def _wake_relay(session: Session) -> None:
    if session.info.pop("announce", False):
        session.info["database"].committed.set()


@event.listens_for(_AnnouncingSession, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("announce", None)


class Database:
    """One PostgreSQL database, addressed as `postgresql://user:pw@host:port/name`.

    `committed` wakes the relay of this process: whoever commits outbox rows without a session sets it by hand.
    """

    def __init__(self, dsn: str, *, pool_size: int = 5) -> None:
        if "://" not in dsn:
            raise ValueError(
                "a database address looks like postgresql://user:pw@host:port/name (MOTCUA_DATABASE_URL)"
            )
        self.dsn = dsn
        self.pool_size = pool_size
        self.committed = asyncio.Event()
        self.ring: Ring | None = None  # seals the values of rows that ask for it
        self.has_relay = False  # set while a relay runs in this process
        self.engine: AsyncEngine = create_async_engine(
            DRIVER,
            pool_size=pool_size,
            max_overflow=pool_size,
            hide_parameters=True,
            json_serializer=lambda value: orjson.dumps(value, default=_plain).decode(),
            json_deserializer=orjson.loads,
            connect_args={"dsn": dsn, "timeout": 5, "command_timeout": 60, "server_settings": _SERVER},
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_closed)
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(
            self.engine,
            expire_on_commit=False,
            sync_session_class=_AnnouncingSession,
            info={"database": self},
        )
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()

    async def pool(self) -> asyncpg.Pool:
        """Give the bare asyncpg pool of the hot paths; made at first use.

        A connection of it is for statements and transactions: settings, listening and locks of a session would stay
        on it, so they belong on a connection of one's own (`connect`).
        """
        if self._pool is None:
            async with self._opening:
                if self._pool is None:
                    self._pool = await asyncpg.create_pool(
                        self.dsn,
                        min_size=1,
                        max_size=self.pool_size,
                        timeout=5,
                        command_timeout=60,
                        server_settings=_SERVER,
                        reset=_nothing_to_reset,
                    )
        return self._pool

    async def connect(self, **server_settings: str) -> asyncpg.Connection:
        """Open a connection of one's own, for listening, locks and the relay."""
        return await asyncpg.connect(
            self.dsn, timeout=5, command_timeout=60, server_settings={**_SERVER, **server_settings}
        )

    async def dispose(self) -> None:
        """Close every connection; the next use opens new ones."""
        pool, self._pool = self._pool, None
        if pool is not None:
            try:
                await asyncio.wait_for(pool.close(), 5)
            except TimeoutError:
                pool.terminate()
        await self.engine.dispose()


def _plain(value: object) -> str:
    if isinstance(value, uuid.UUID):  # the driver's own kind, which the serializer does not know
        return str(value)
    raise TypeError(type(value).__name__)


async def _nothing_to_reset(_connection: asyncpg.Connection) -> None:
    # The driver rolls an open transaction back by itself; its RESET ALL would be a second round trip per statement.
    return None


def _refuse_closed(dbapi_connection: Any, _record: object, _proxy: object) -> None:
    # asyncpg knows locally that a server went away: cheaper than a ping before every request.
    if dbapi_connection.driver_connection.is_closed():
        raise DisconnectionError
