"""What statistics must be told before they start."""

from audit import AuditSettings
from common.settings import ServiceSettings


class Settings(ServiceSettings, AuditSettings):
    """Typed environment of statistics (prefix `MOTCUA_`)."""
