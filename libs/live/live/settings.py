"""The two addresses a service shares things by."""

from pydantic import BaseModel


class SharedSettings(BaseModel):
    """Settings of a service whose processes tell each other news."""

    redis_url: str = ""
    """Redis for news, answers kept for a second and limits of all replicas; without it each process has its own."""
    notify_url: str = ""
    """A PostgreSQL database for news by NOTIFY, where there is no Redis; nothing is stored in it."""
