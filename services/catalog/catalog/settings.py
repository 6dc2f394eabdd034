"""What the catalogue reads from its environment."""

from common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of the catalogue; all of them are the shared ones."""
