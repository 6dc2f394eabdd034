"""What notify must be told before it starts."""

from audit import AuditSettings
from common.settings import MailSettings
from pydantic import Field


class Settings(MailSettings, AuditSettings):
    """Typed environment of notify (prefix `MOTCUA_`)."""

    client_id: str = "notify"
    client_secret: str = ""
    """Name and secret with which identity gives this service a token."""
    identity_url: str = ""
    services: dict[str, str] = Field(default_factory=dict)
    """Where neighbours answer, by name: qa knows how askers without an account are reached."""
    sms_url: str = ""
    """Address of the SMS gateway; empty means that the province sends no text messages."""
    sms_token: str = ""
    quiet_hours: str = ""
    """Local hours in which optional text messages wait, for example `21:30-06:30`; legal notices never wait."""
