"""What notify must be told before it starts."""

from audit import AuditSettings
from common.settings import MailSettings


class Settings(MailSettings, AuditSettings):
    """Typed environment of notify (prefix `MOTCUA_`)."""

    client_id: str = "notify"
    client_secret: str = ""
    """Name and secret with which identity gives this service a token."""
    identity_url: str = ""
    questions_url: str = ""
    """Where qa answers, which knows how askers without an account are reached."""
    sms_url: str = ""
    """Address of the SMS gateway; empty means that the province sends no text messages. Several stand one after the
    other, the preferred first, with a blank between: one that fails or drags is left for the next (decision 0092)."""
    sms_token: str = ""
    """The token of the gateway; of several one for each, in the same order."""
    quiet_hours: str = ""
    """Local hours in which optional text messages wait, for example `21:30-06:30`; legal notices never wait."""
