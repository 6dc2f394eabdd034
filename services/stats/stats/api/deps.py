"""What the routes take from the composition root."""

from dataclasses import dataclass
from typing import Annotated

from common.api.deps import built
from fastapi import Depends


@dataclass(frozen=True)
class Built:
    """What `main` built: the periods whose figures the province publishes."""

    public_periods: tuple[str, ...]


BuiltDep = Annotated[Built, Depends(built)]
