"""What a service reads from its environment."""

from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Settings every service shares; each is an environment variable with the prefix `MOTCUA_`."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="ignore")

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
    client_id: str | None = None
    client_secret: str | None = None
    identity_url: str = ""
    smtp_host: str | None = None
    smtp_port: int = 25
    mail_from: str = ""
    trace_ratio: float = 0.1
    otlp_endpoint: str | None = None
    log_level: str = "INFO"
