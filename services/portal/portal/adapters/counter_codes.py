"""One-time codes for somebody at the counter, as identity offers them."""

from dataclasses import dataclass
from urllib.parse import quote

from answers import identity as told

from portal.adapters.http import Link, read

PATH = "/api/identity/counter-codes"


@dataclass(frozen=True)
class CounterCodes:
    """Codes that an officer asks for on somebody's behalf."""

    link: Link

    async def ask(self, to: str, draft: str, fingerprint: str) -> told.CounterCodeOut:
        """Have a code sent to a telephone or a mailbox."""
        body = {"to": to, "draft": draft, "fingerprint": fingerprint}
        return read(told.CounterCodeOut, await self.link.send("POST", PATH, body))

    async def confirm(self, code_id: str, code: str) -> str:
        """Give what identity states once the right code was read aloud."""
        path = f"{PATH}/{quote(code_id, safe='')}/verification"
        answer = await self.link.send("POST", path, {"code": code})
        return read(told.CounterStatementOut, answer).statement
