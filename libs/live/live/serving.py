"""Keeps a board listening while an app serves, and lets go of whoever listens when it is about to end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette

from live.board import Board

LOOK_EVERY: Final = 0.25
"""Seconds between two looks at whether the process is asked to end; an open page would keep it from ending."""


def listening(app: Starlette, board: Board) -> None:
    """Listen from the start of an app to its end; `app.state.draining` ends what is open: pages go elsewhere."""
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: Starlette) -> AsyncIterator[Any]:
        async with inner(running) as state:
            tasks = [asyncio.create_task(board.listen()), asyncio.create_task(_let_go(running, board))]
            try:
                yield state
            finally:
                for task in tasks:
                    task.cancel()
                await board.aclose()

    app.router.lifespan_context = lifespan


async def _let_go(app: Starlette, board: Board) -> None:
    while not getattr(app.state, "draining", False):  # noqa: ASYNC110 - a flag of whoever runs the server
        await asyncio.sleep(LOOK_EVERY)
    board.close()
