"""What this service reads from its environment."""

from pathlib import Path

from common.settings import MailSettings
from live import LimitSettings
from pydantic import Field


class Settings(MailSettings, LimitSettings):
    """Settings of identity, beside those every service has; the environment prefix is `MOTCUA_`."""

    # The folder of `identity.secret` (mode 0600): it seals the signing keys in the database.
    key_folder: Path
    # Client id and secret of each service that may ask for a token.
    service_clients: dict[str, str] = Field(default={})
