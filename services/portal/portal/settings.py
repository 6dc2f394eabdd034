"""What the portal must be told before it starts: where the services live, its key, its theme and its languages."""

from pathlib import Path
from typing import Literal

from common.settings import ServiceSettings
from live import SharedSettings
from pydantic import Field


class Settings(ServiceSettings, SharedSettings):
    """Typed environment of the portal (prefix ``MOTCUA_``)."""

    services: dict[str, str] = Field(default_factory=dict)
    """Base address per service name; a service not named here is reached through ``public_url`` (the gateway)."""
    gateway_file: Path | None = None
    """The gateway's own file of settings: which agencies run an instance of their own; it may change at any time."""
    session_key: str = ""
    """URL-safe base64 Fernet key; empty means: read ``session_key_file``, or make a key for this process only."""
    session_key_file: Path | None = None
    site: Literal["citizen", "officer", "both"] = "both"
    """Which site this process serves; the pages of the other one are not there."""
    second_factor: bool = False
    """Whether officers show a second factor; where they do not, their pages say that this is a demonstration."""
    oidc_name: str = ""
    """What the account of the outside identity provider is called; empty where there is none."""
    theme: str = ""
    """Whose look the pages wear; empty means the look of the regulation profile's province."""
    languages: list[str] = Field(default_factory=list)
    """Interface languages; empty means the languages of the regulation profile."""
    security_contact: str = "mailto:security@motcua.example"
    """Where a weakness of this site is reported (RFC 9116)."""
    lookup_channels: list[str] = Field(default_factory=list)
    """Ways in operation to look a dossier up; empty means those of the profile that need nothing from outside."""
    english_host: str = ""
    """Host name that serves English without the ``/en`` prefix, where the province has one."""

    def base_url(self, service: str) -> str:
        """Give the address under which a service's ``/api/<service>`` is mounted."""
        return (self.services.get(service) or self.public_url or "").rstrip("/")
