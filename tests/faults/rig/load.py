"""Citizens who submit or ask at a steady rate through the gateway, and repeat with the same key until answered."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from rig.ledger import Ledger
from rig.procedure import submission

PLACE = "/api/intake/dossiers"
AT_ONCE = 60  # requests under way, as with a gateway that lets no more through
FINAL = {400, 403, 404, 409, 413, 422}


def dossier(key: str) -> dict[str, Any]:
    """Return the body of the submission that a key stands for."""
    return submission(f"việc {key}")


@dataclass
class Load:
    """Submissions at a rate, each noted in the ledger before it leaves and after it is answered.

    `write` makes the body that a key stands for, `named` is where the answer tells the name of what came to be.
    """

    url: str
    token: str
    ledger: Ledger
    rate: float = 25
    place: str = PLACE
    write: Callable[[str], dict[str, Any]] = dossier
    named: str = "code"
    answers: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    slowest: float = 0.0

    async def run(self, seconds: float, patience: float) -> None:
        """Submit for some seconds, then wait until every request is answered; `patience` in seconds."""
        clock = asyncio.get_running_loop().time
        ending = clock() + seconds
        await self.run_until(lambda: clock() >= ending, patience)

    async def run_until(self, ended: Callable[[], bool], patience: float) -> None:
        """Submit until it has ended, then wait until every request is answered."""
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": "vi"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, timeout=8, limits=limits) as web:
            gate, under_way = asyncio.Semaphore(AT_ONCE), set[asyncio.Task[None]]()
            while not ended():
                await gate.acquire()
                task = asyncio.create_task(self._submit(web, f"{uuid.uuid4()}"))
                under_way.add(task)
                task.add_done_callback(lambda done: (under_way.discard(done), gate.release()))
                await asyncio.sleep(1 / self.rate)
            if under_way:
                await asyncio.wait(under_way, timeout=patience)
            for task in under_way:
                task.cancel()

    async def _submit(self, web: httpx.AsyncClient, key: str) -> None:
        """Repeat one submission with its key until there is an answer."""
        clock, body = asyncio.get_running_loop().time, self.write(key)
        started, pause = clock(), 0.1
        while True:
            self.ledger.sent(key)
            try:
                answer = await web.post(self.place, json=body, headers={"Idempotency-Key": key})
            except httpx.HTTPError as error:
                self.answers[type(error).__name__] += 1
            else:
                self.answers[str(answer.status_code)] += 1
                if answer.is_success:
                    self.ledger.acknowledged(key, answer.json()[self.named])
                    self.slowest = max(self.slowest, clock() - started)
                    return
                if answer.status_code in FINAL:
                    self.refused.append(answer.text[:300])
                    return
            await asyncio.sleep(pause)
            pause = min(pause * 2, 1.0)
