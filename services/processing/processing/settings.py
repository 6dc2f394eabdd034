"""What processing must be told before it starts."""

from pathlib import Path

from common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Typed environment of processing (prefix `MOTCUA_`)."""

    signing_folder: Path
    """Folder with the signers' certificates and keys and the authority's certificate."""
    signing_demonstration: bool = True
    """Make a demonstration authority and keys where the folder has none; never in production."""
    signing_authority_file: Path | None = None
    """YAML that says which roles may sign which document type; empty means the suite's own."""
    verification_path: str = "/xac-minh/{code}"
    """Path of the public verification page below `public_url`, printed as QR on every document."""
