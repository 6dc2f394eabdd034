"""What every answer of a service is: a frozen value with the fields that were promised."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """One answer, or a part of one; what was not promised is left aside, what is missing is an error at once."""

    model_config = ConfigDict(extra="ignore", frozen=True)
