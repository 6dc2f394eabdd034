"""What the edge reads from its environment, and from a file that may change while it runs."""

import os
from pathlib import Path

from pydantic import BaseModel, Field
from pydantic_settings import (
    BaseSettings,
    JsonConfigSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)


class OverrideSetting(BaseModel):
    """One agency's own instance of a service."""

    prefix: str
    upstream: str


class Settings(BaseSettings):
    """Settings of the gateway; the environment prefix is `MOTCUA_`."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="ignore")

    # A JSON file of the settings below by their names; it goes before the environment and may change at any time.
    gateway_file: Path | None = None
    gateway_host: str = "127.0.0.1"
    gateway_port: int = 8080
    # Envoy's own page shows and does everything without a password: loopback only, and absent unless asked for.
    gateway_admin_port: int | None = None
    # Where each service answers: {"identity": "http://127.0.0.1:8101", …}
    services: dict[str, str] = Field(default={})
    # [{"prefix": "/api/processing/agencies/H42.15", "upstream": "10.0.0.5:8104"}]
    gateway_overrides: list[OverrideSetting] = Field(default=[])
    # Multiplies every rate limit; 1 in production.
    gateway_rate_scale: float = Field(default=1.0, gt=0)
    # How many proxies of our own stand in front, for example one that ends TLS.
    gateway_trusted_hops: int = Field(default=0, ge=0)
    # Where traces are told, for example http://collector:4318/v1/traces, and of which share of the requests.
    otlp_endpoint: str = ""
    trace_ratio: float = Field(default=0.1, ge=0, le=1)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given in code, then the file, then the environment."""
        named = os.environ.get("MOTCUA_GATEWAY_FILE")
        file = (JsonConfigSettingsSource(settings_cls, json_file=named),) if named else ()
        return init_settings, *file, env_settings
