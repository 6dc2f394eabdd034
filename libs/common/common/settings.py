"""What a service reads from its environment."""

from typing import Literal

from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX = "MOTCUA_"


class ServiceSettings(BaseSettings):
    """Settings every service shares; `MOTCUA_X` is for all services, `MOTCUA_INTAKE_X` for one and goes first."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    database_url: str = ""
    database_pool: int = 10  # connections at once for the hot paths, and as many again for sessions
    carrier: Literal["postgres", "rabbitmq"] = "postgres"
    amqp_url: str | None = None
    # subscriber service -> address of its inbox, as a role that may only insert there
    inboxes: dict[str, str] = {}
    # subscriber service -> event types; a service not named gets every type
    listens: dict[str, list[str]] = {}
    jwks_url: str = ""
    files_url: str = ""
    profile: str = "national-2026"
    public_url: str = "http://127.0.0.1:8080"
    trace_ratio: float = 0.1
    otlp_endpoint: str | None = None
    log_level: str = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given in code, then what names this service, then what is for all."""
        service = settings_cls.__module__.partition(".")[0].upper()
        own = EnvSettingsSource(settings_cls, env_prefix=f"{PREFIX}{service}_")
        return init_settings, own, env_settings


class MailSettings(ServiceSettings):
    """Settings of a service that sends mail."""

    smtp_host: str | None = None
    smtp_port: int = 25
    mail_from: str = "khong-tra-loi@motcua.example"
