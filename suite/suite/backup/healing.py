"""Brings single files back from the copies, where the province lost them or has other bytes."""

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from common.files import FileStore, object_store

from suite.backup.copies import STORE_ERRORS
from suite.backup.files import FILES, LARGE, SEALED
from suite.backup.installation import Installation
from suite.backup.sealing import DamagedError


class Healed(NamedTuple):
    """The addresses of files that are whole again, and of those that no copy holds whole."""

    back: tuple[str, ...]
    lost: tuple[str, ...]


async def heal(place: Installation, store: FileStore, wanted: Sequence[str]) -> Healed:
    """Write files from the first copy that holds the very bytes of their address; nothing else is touched.

    Source: R-OPS-08; R-SEC-23
    """
    back, lost = [], []
    for sha256 in wanted:
        data = await asyncio.to_thread(_whole, place, sha256)
        if data is None:
            lost.append(sha256)
            continue
        with suppress(FileNotFoundError):  # a store keeps what stands there, be it damaged
            await object_store(place.files_url).delete_async(path_of(sha256))
        await store.put(data)
        back.append(sha256)
    return Healed(tuple(back), tuple(lost))


def path_of(sha256: str) -> str:
    """Return where the clean file of an address lies in its store."""
    return f"clean/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _whole(place: Installation, sha256: str) -> bytes | None:
    name = f"{FILES}/{path_of(sha256)}{SEALED}"
    for copy in place.copies.all:
        try:
            data, _ = place.locks.read(copy.read(name), LARGE)
        except (*STORE_ERRORS, DamagedError):
            continue
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
    return None
