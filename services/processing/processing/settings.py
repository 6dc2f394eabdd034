"""What processing must be told before it starts."""

from pathlib import Path

from audit import AuditSettings
from common.settings import SealedPaperSettings
from live import SharedSettings
from pydantic import AwareDatetime, Field


class Settings(SealedPaperSettings, SharedSettings, AuditSettings):
    """Typed environment of processing (prefix `MOTCUA_`)."""

    signing_authority_file: Path | None = None
    """YAML that says which roles may sign which document type; empty means the suite's own."""
    apart: dict[str, AwareDatetime] = Field(default={})
    """Agencies with an instance of their own -> the acceptance from which on it settles; alike for all instances."""
