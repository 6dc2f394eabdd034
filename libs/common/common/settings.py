"""What a service reads from its environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from common.sealing import FILE, Ring

PREFIX = "MOTCUA_"


class Keeping(NamedTuple):
    """How long facts are kept after everybody had them, and how long an event may wait before people are told."""

    outbox: timedelta = timedelta(days=90)
    patience: timedelta = timedelta(minutes=15)


class ServiceSettings(BaseSettings):
    """Settings every service shares; `MOTCUA_X` is for all services, `MOTCUA_INTAKE_X` for one and goes first."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    database_url: str = ""
    database_pool: int = 10  # connections at once for the hot paths, and as many again for sessions
    carrier: Literal["postgres", "rabbitmq"] = "postgres"
    amqp_url: str | None = None
    instance: str = ""  # the sub-tree of topics an instance of its own stands for; empty means all
    # subscriber service -> address of its inbox, as a role that may only insert there
    inboxes: dict[str, str] = {}
    # subscriber service -> event types; a service not named gets every type
    listens: dict[str, list[str]] = {}
    outbox_kept_days: int = 90  # how far back `motcua events replay` reaches; an announcement knows no limit
    patience_minutes: int = 15  # how long an event may wait for what it rests on before people are told
    jwks_url: str = ""
    files_url: str = ""
    profile: str = "national-2026"
    calendar_file: Path | None = (
        None  # working calendar of the province; else the national one, the profile's hours
    )
    public_url: str = "http://127.0.0.1:8080"
    trace_ratio: float = 0.1
    otlp_endpoint: str = ""
    log_level: str = "INFO"

    @property
    def keeping(self) -> Keeping:
        """Return how long facts are kept and how long events may wait."""
        return Keeping(timedelta(days=self.outbox_kept_days), timedelta(minutes=self.patience_minutes))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given in code, then what names this service, then what is for all; files of secrets as well.

        A file below `MOTCUA_SECRETS` (else `/run/secrets`) is named as the variable it stands for, in small letters.
        """
        own = f"{PREFIX}{settings_cls.__module__.partition('.')[0].upper()}_"
        named: tuple[PydanticBaseSettingsSource, ...] = (EnvSettingsSource(settings_cls, env_prefix=own),)
        folder = Path(os.environ.get(f"{PREFIX}SECRETS", "/run/secrets"))
        if folder.is_dir():
            named += (SecretsSettingsSource(settings_cls, secrets_dir=folder, env_prefix=own),)
        return init_settings, *named, env_settings


class PaperSettings(ServiceSettings):
    """Settings of a service that issues signed papers."""

    signing_folder: Path
    """Folder with the signers' certificates and keys and the authority's certificate."""
    signing_demonstration: bool = True
    """Make a demonstration authority and keys where the folder has none; never in production."""


class SealedSettings(ServiceSettings):
    """Settings of a service that seals what says who somebody is."""

    sealing_key: str = ""
    """The secret of the first key; without one values stand in clear."""
    plain_beside: bool = False
    """Whether sealed values stand in clear too, for as long as a version that knows no seals runs beside this one."""

    @property
    def ring(self) -> Ring | None:
        """Return the keys."""
        if not self.sealing_key:
            return None
        place = self.key_place
        return Ring(self.sealing_key.encode(), place and place / FILE, beside=self.plain_beside)

    @property
    def key_place(self) -> Path | None:
        """Return the folder where the keys made later lie."""
        return None


class SealedPaperSettings(SealedSettings, PaperSettings):
    """Settings of a service that seals and signs; keys made later lie beside its certificates."""

    @property
    def key_place(self) -> Path | None:
        """Return the folder of the certificates."""
        return self.signing_folder


class MailSettings(ServiceSettings):
    """Settings of a service that sends mail."""

    smtp_host: str | None = None
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: Literal["", "starttls", "tls"] = ""
    """Empty takes STARTTLS where the server offers it; who signs in never does so in clear."""

    @property
    def smtp_way(self) -> dict[str, Any]:
        """How the server is met, in the words of aiosmtplib."""
        must = True if self.smtp_tls == "starttls" or self.smtp_user else None
        tls = self.smtp_tls == "tls"
        login = {"username": self.smtp_user or None, "password": self.smtp_password or None}
        return {"use_tls": tls, "start_tls": False if tls else must, **login}

    mail_from: str = "khong-tra-loi@motcua.example"
