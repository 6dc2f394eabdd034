"""What processing must be told before it starts."""

from pathlib import Path

from common.settings import PaperSettings


class Settings(PaperSettings):
    """Typed environment of processing (prefix `MOTCUA_`)."""

    signing_authority_file: Path | None = None
    """YAML that says which roles may sign which document type; empty means the suite's own."""
