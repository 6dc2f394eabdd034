"""The part of a neighbour's event that a handler reads; everything else is ignored."""

from pydantic import BaseModel, ConfigDict


class Slice(BaseModel):
    """Base of every slice."""

    model_config = ConfigDict(extra="ignore")
