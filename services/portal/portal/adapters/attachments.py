"""Files of questions and feedback: sent ahead of them, and fetched again."""

from dataclasses import dataclass

import httpx
from answers import qa as told

from portal.adapters.http import FilePart, Link, read

ROOT = "/api/qa"


@dataclass(frozen=True)
class Attachments:
    """The files of one visitor, or of what an officer handles."""

    link: Link

    async def send(self, file: FilePart, key: str) -> told.UploadOut:
        """Send one ahead; its ticket sends it along with a question or with feedback."""
        return read(told.UploadOut, await self.link.upload(f"{ROOT}/uploads", {}, file, key=key))

    async def one(
        self, about: str, file: str, *, opened: bool = False, on_screen: bool = False
    ) -> httpx.Response:
        """Fetch one of what it came with, as ``questions/HD-…``; ``opened`` confirms the scan warning."""
        unscanned, shown = "open" if opened else None, "screen" if on_screen else None
        return await self.link.file(f"{ROOT}/{about}/files/{file}", unscanned=unscanned, shown=shown)

    async def infected(self, **page: object) -> told.MalwareReportOutPage:
        """List files that were held because of malware, as far as the officer answers for them."""
        return await self.link.get(told.MalwareReportOutPage, f"{ROOT}/malware-reports", **page)

    async def by_key(self, key: str, file: str, *, on_screen: bool = False) -> httpx.Response:
        """Fetch one by the key of what it came with."""
        body = {"key": key, "file": file, "shown": "screen" if on_screen else None}
        return await self.link.send("POST", f"{ROOT}/follow-ups/files", body)
