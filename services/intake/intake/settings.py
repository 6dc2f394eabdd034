"""What intake must be told before it starts."""

from audit import AuditSettings
from common.settings import SealedPaperSettings
from files.settings import UploadSettings
from live import SharedSettings


class Settings(SealedPaperSettings, UploadSettings, SharedSettings, AuditSettings):
    """Typed environment of intake (prefix `MOTCUA_`)."""

    max_dossier_mb: int = 100
    max_person_mb: int = 500
    """The most that all drafts of one person may hold together; four times as much with what was taken out of them."""
    max_drafts: int = 100
    """The most open drafts of one person."""
