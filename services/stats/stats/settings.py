"""What statistics must be told before they start."""

from common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Typed environment of statistics (prefix `MOTCUA_`)."""
