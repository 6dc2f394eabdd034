"""What the routes take from the composition root."""

from dataclasses import dataclass
from typing import Annotated

from common.api.deps import built
from common.files import FileStore
from fastapi import Depends

from notify.usecases.tell import Writer


@dataclass(frozen=True)
class Built:
    """What `main` built: what writing notices needs, and the store of documents."""

    writer: Writer
    documents: FileStore


BuiltDep = Annotated[Built, Depends(built)]
