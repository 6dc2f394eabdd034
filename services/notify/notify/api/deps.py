"""What the routes take from the composition root."""

from dataclasses import dataclass
from typing import Annotated

from common.api.deps import built
from common.files import FileStore
from fastapi import Depends

from notify.usecases.tell import Writer
from notify.usecases.tell_desks import DeskRules


@dataclass(frozen=True)
class Built:
    """What `main` built: what writing notices needs, the store of documents, and how desks hear."""

    writer: Writer
    documents: FileStore
    desks: DeskRules


BuiltDep = Annotated[Built, Depends(built)]
