"""What questions must be told before they start."""

from audit import AuditSettings
from common.settings import ServiceSettings
from live import LimitSettings


class Settings(ServiceSettings, LimitSettings, AuditSettings):
    """Typed environment of questions (prefix `MOTCUA_`)."""
