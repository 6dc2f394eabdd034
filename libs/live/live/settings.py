"""What a service is told about what it shares."""

from pydantic import BaseModel, Field


class LimitSettings(BaseModel):
    """Settings of a service whose replicas count together."""

    redis_url: str = ""
    """Redis for news and for limits of all replicas; without it each process has its own."""
    rate_scale: float = Field(default=1.0, gt=0)
    """Multiplies the limits that replicas share; 1 in production, a benchmark raises it."""


class SharedSettings(LimitSettings):
    """Settings of a service whose processes tell each other news as well."""

    notify_url: str = ""
    """A PostgreSQL database for news by NOTIFY, where there is no Redis; nothing is stored in it."""
