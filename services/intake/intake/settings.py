"""What intake must be told before it starts."""

from audit import AuditSettings
from common.settings import PaperSettings
from live import SharedSettings


class Settings(PaperSettings, SharedSettings, AuditSettings):
    """Typed environment of intake (prefix `MOTCUA_`)."""

    clamd_host: str | None = None
    """Where clamd listens; without it files are marked "not scanned"."""
    clamd_port: int = 3310
    scanning_required: bool = False
    """Keep files shut that no scanner found clean."""
    max_file_mb: int = 20
    max_dossier_mb: int = 100
    max_person_mb: int = 500
    """The most that all drafts of one person may hold together; four times as much with what was taken out of them."""
    max_drafts: int = 100
    """The most open drafts of one person."""
    max_megapixels: int = 250
    """The largest picture that is taken; an ordinary telephone makes up to 200 million pixels."""
