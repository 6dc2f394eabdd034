"""What questions must be told before they start."""

from pathlib import Path

from audit import AuditSettings
from common.settings import SealedSettings
from files.settings import UploadSettings
from live import LimitSettings
from pydantic import AwareDatetime, Field


class Settings(SealedSettings, UploadSettings, LimitSettings, AuditSettings):
    """Typed environment of questions (prefix `MOTCUA_`)."""

    apart: dict[str, AwareDatetime] = Field(default={})
    """Agencies with an instance of their own -> the instant from which on it answers; told to the province's alone."""
    proof_key: str = ""
    """The key that marks what an account proved, shared with identity; without it tokens say nothing of it."""
    key_folder: Path | None = None
    """The folder where keys made later lie."""

    @property
    def key_place(self) -> Path | None:
        """Return the folder where the keys made later lie."""
        return self.key_folder
