"""Marks of erased accounts in the store of the access logs' heads: an id and a moment, and nothing of a person."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from common.files import object_store
from obstore.exceptions import AlreadyExistsError

FOLDER: Final = "erased-accounts"


class StoreMarks:
    """Keeps one object per account; an earlier one is never written over."""

    def __init__(self, url: str) -> None:
        self._store = object_store(url)

    async def known(self) -> Mapping[uuid.UUID, datetime]:
        """Return who is marked, and when each was erased."""
        names = [one["path"] async for page in self._store.list(FOLDER) for one in page]
        found = {}
        for name in names:
            told = json.loads(bytes(await (await self._store.get_async(name)).bytes_async()))
            found[uuid.UUID(told["id"])] = datetime.fromisoformat(told["at"])
        return found

    async def keep(self, account: uuid.UUID, at: datetime) -> None:
        """Mark an account as erased; one that is marked stays as it is."""
        told = json.dumps({"id": str(account), "at": at.isoformat()}).encode()
        try:
            await self._store.put_async(f"{FOLDER}/{account}.json", told, mode="create")
        except AlreadyExistsError:
            return
