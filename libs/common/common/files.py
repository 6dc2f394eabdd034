"""Files are kept by what they contain: the same bytes have the same address everywhere."""

import asyncio
import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, S3Store, from_url
from prometheus_client import Gauge

from common import metrics
from common.errors import NotFoundError

_CLEAN = "clean"
_QUARANTINE = "quarantine"
_SWEPT = "swept"
ROOM = 256 * 1024 * 1024  # bytes; a disk with less is full for whoever sends papers
_free = Gauge(
    "motcua_files_free_bytes", "Room left where files are kept", ["area"], registry=metrics.registry
)


class StoredFile(NamedTuple):
    """The address of a file and its size in bytes."""

    sha256: str
    size: int


class FileMissingError(NotFoundError):
    """The bytes of a file are not there."""

    code = "file-missing"
    vi = "Không tìm thấy tệp."
    en = "The file was not found."


class FileDamagedError(Exception):
    """The bytes read are not the bytes that were stored."""


class FileStore:
    """One content-addressed store for the whole suite.

    Its address is `file:///folder`, `s3://bucket/prefix` (keys from the environment), or with everything in one
    secret `s3+https://key:secret@host:port/bucket` (`s3+http` inside a private network).
    What was put is there after a power cut, so a row that names it may be committed.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder = Path(unquote(parts.path)) if parts.scheme == "file" else None
        self._store = object_store(url)
        if self._folder:
            _free.labels(_CLEAN).set_function(self._room)

    async def has_room(self) -> bool:
        """Say whether files can still be taken, before the disk says it; an object store answers for itself."""
        return self._folder is None or await asyncio.to_thread(self._room) > ROOM

    def _room(self) -> int:
        """Return the bytes left for files; none where the folder is away, so that other numbers are still told."""
        assert self._folder is not None
        with contextlib.suppress(OSError):
            return shutil.disk_usage(self._folder).free
        return 0

    async def put(self, data: bytes) -> StoredFile:
        """Store bytes that are known to be clean; storing them again changes nothing."""
        return await self._put(_CLEAN, data)

    async def quarantine(self, data: bytes) -> StoredFile:
        """Store bytes nobody may read until `promote`."""
        return await self._put(_QUARANTINE, data)

    async def promote(self, sha256: str) -> None:
        """Move a file out of quarantine; harmless when it is out already. Raises: FileMissingError."""
        if not await self.exists(sha256):
            await self.put(await self._get(_QUARANTINE, sha256))
            await self.discard(sha256)

    async def discard(self, sha256: str) -> None:
        """Delete a file from quarantine; harmless when it is not there."""
        with contextlib.suppress(FileNotFoundError):
            await self._store.delete_async(_path(_QUARANTINE, sha256))

    async def quarantined(self, sha256: str) -> bytes:
        """Read a file in quarantine, for the scanner only. Raises: FileMissingError, FileDamagedError."""
        return await self._get(_QUARANTINE, sha256)

    async def get(self, sha256: str) -> bytes:
        """Read a clean file and check it. Raises: FileMissingError, FileDamagedError."""
        return await self._get(_CLEAN, sha256)

    async def exists(self, sha256: str) -> bool:
        """Say whether a clean file is there."""
        with contextlib.suppress(FileNotFoundError):
            await self._store.head_async(_path(_CLEAN, sha256))
            return True
        return False

    async def kept(self, *, swept: bool = False) -> AsyncIterator[tuple[str, datetime]]:
        """Yield the address of every clean (or every swept) file and when it was last put (or swept), in UTC."""
        async for some in self._store.list(_SWEPT if swept else _CLEAN):
            for one in some:
                yield one["path"].rpartition("/")[2], one["last_modified"]

    async def sweep(self, sha256: str, now: datetime) -> None:
        """Lay a clean file aside from now on; whoever puts the same bytes has it clean again."""
        await self._store.rename_async(_path(_CLEAN, sha256), _path(_SWEPT, sha256))
        if self._folder is not None:  # an object store notes the moment by itself
            moment = (now.timestamp(), now.timestamp())
            await asyncio.to_thread(os.utime, self._folder / _path(_SWEPT, sha256), moment)

    async def bring_back(self, sha256: str) -> None:
        """Take a swept file back."""
        await self._store.rename_async(_path(_SWEPT, sha256), _path(_CLEAN, sha256))

    async def forget(self, sha256: str) -> None:
        """Delete a swept file for good."""
        await self._store.delete_async(_path(_SWEPT, sha256))

    async def _put(self, area: str, data: bytes) -> StoredFile:
        sha256 = hashlib.sha256(data).hexdigest()
        path = _path(area, sha256)
        if self._folder is not None:
            await asyncio.to_thread(_write, self._folder, path, data)
            return StoredFile(sha256, len(data))
        with contextlib.suppress(AlreadyExistsError):
            await self._store.put_async(path, data, mode="create")
        return StoredFile(sha256, len(data))

    async def _get(self, area: str, sha256: str) -> bytes:
        try:
            found = await self._store.get_async(_path(area, sha256))
            data = bytes(await found.bytes_async())
        except FileNotFoundError as error:
            raise FileMissingError from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileDamagedError
        return data


def _write(root: Path, path: str, data: bytes) -> None:
    with lasting(root, path) as file:
        file.write(data)


@contextlib.contextmanager
def lasting(root: Path, path: str) -> Iterator[BinaryIO]:
    """Give a file to write whole or not at all, and wait for the disk; obstore has no way to ask for that."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}#{uuid.uuid4().hex}")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    # A new folder is an entry in the one above it, so every folder up to the root has to reach the disk.
    for folder in place.parents[: len(Path(path).parts)]:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _path(area: str, sha256: str) -> str:
    if len(sha256) != 64 or not sha256.isalnum() or not sha256.isascii():
        raise FileMissingError
    return f"{area}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def object_store(url: str) -> ObjectStore:
    """Open the place an address names, in one of the forms of `FileStore`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)), mkdir=True)
    carrier, _, transport = parts.scheme.partition("+")
    if carrier != "s3" or not transport:
        return from_url(url)
    return S3Store(
        parts.path.strip("/"),
        endpoint=f"{transport}://{parts.netloc.rpartition('@')[2]}",
        access_key_id=unquote(parts.username or ""),
        secret_access_key=unquote(parts.password or ""),
        region="us-east-1",
        client_options={"allow_http": transport == "http"},
    )
