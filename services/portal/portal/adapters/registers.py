"""Books, and what everybody is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from answers.registers import (
    BookOut,
    EntryOut,
    EntryPageOut,
    InsideOut,
    NoticeList,
    ReportOut,
    ReportsOut,
    StatusOut,
)

from portal.adapters.http import Link, read

ROOT = "/api/registers"


@dataclass(frozen=True)
class Registers:
    """The service that keeps the books."""

    link: Link

    async def notices(self) -> NoticeList:
        """Read what everybody is told now."""
        return await self.link.get(NoticeList, f"{ROOT}/notices")

    async def status(self) -> StatusOut:
        """Read whether the system works, as everybody may know."""
        return await self.link.get(StatusOut, f"{ROOT}/status")

    async def inside(self) -> InsideOut:
        """Read how every part stands, for who runs the suite."""
        return await self.link.get(InsideOut, f"{ROOT}/status/inside")

    async def reports(self) -> ReportsOut:
        """Read the visitor's own reports, and what a new one asks."""
        return await self.link.get(ReportsOut, f"{ROOT}/reports")

    async def report(self, body: Mapping[str, Any], request_key: str) -> ReportOut:
        """Report that something does not work."""
        return read(ReportOut, await self.link.send("POST", f"{ROOT}/reports", body, key=request_key))

    async def books(self) -> tuple[BookOut, ...]:
        """List the books the visitor may read."""
        return await self.link.get(tuple[BookOut, ...], f"{ROOT}/books")

    async def book(self, key: str) -> BookOut:
        """Read what a book is."""
        return await self.link.get(BookOut, f"{ROOT}/books/{key}")

    async def entries(self, key: str, **wish: object) -> EntryPageOut:
        """Read a page of a book."""
        return await self.link.get(EntryPageOut, f"{ROOT}/books/{key}/entries", **wish)

    async def csv(self, key: str, **wish: object) -> httpx.Response:
        """Fetch a book as CSV."""
        return await self.link.file(f"{ROOT}/books/{key}/entries.csv", **wish)

    async def entry(self, key: str, number: str) -> EntryOut:
        """Read a whole entry."""
        return await self.link.get(EntryOut, f"{ROOT}/books/{key}/entries/{number}")

    async def write(self, key: str, place: str, body: Mapping[str, Any], request_key: str) -> EntryOut:
        """Write in a book: a new entry where no place is given, else below an entry."""
        path = f"{ROOT}/books/{key}/entries{place}"
        return read(EntryOut, await self.link.send("POST", path, body, key=request_key))
