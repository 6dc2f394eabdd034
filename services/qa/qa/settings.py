"""What questions must be told before they start."""

from audit import AuditSettings
from files.settings import UploadSettings
from live import LimitSettings


class Settings(UploadSettings, LimitSettings, AuditSettings):
    """Typed environment of questions (prefix `MOTCUA_`)."""
