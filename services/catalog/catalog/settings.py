"""What the catalogue reads from its environment."""

from audit import AuditSettings
from common.settings import ServiceSettings


class Settings(ServiceSettings, AuditSettings):
    """Settings of the catalogue; all of them are the shared ones."""
