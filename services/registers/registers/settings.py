"""What this service must be told before it starts."""

from pathlib import Path

from audit import AuditSettings
from common.settings import ServiceSettings
from pydantic import Field


class Settings(ServiceSettings, AuditSettings):
    """Typed environment of books and of what is observed (prefix `MOTCUA_`)."""

    watched: dict[str, str] = Field(default_factory=dict)
    """Where each process tells its health and numbers, by name; with none nothing is observed."""
    certificates: dict[str, Path] = Field(default_factory=dict)
    """Certificates somebody must renew, by what they are for: {"edge": "/run/secrets/edge.pem"}."""
    backup_folder: Path | None = None
    """Where the keeper of backups notes how they stand; without it that is not shown."""
