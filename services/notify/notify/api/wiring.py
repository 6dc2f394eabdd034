"""What the routes get from the composition root."""

from typing import Annotated, cast

from common.files import FileStore
from fastapi import Depends, Request

from notify.usecases.tell import Writer


async def writer(request: Request) -> Writer:
    """Return what writing notices needs."""
    return cast(Writer, request.app.state.writer)


async def documents(request: Request) -> FileStore:
    """Return the file store."""
    return cast(FileStore, request.app.state.documents)


WriterDep = Annotated[Writer, Depends(writer)]
DocumentsDep = Annotated[FileStore, Depends(documents)]
