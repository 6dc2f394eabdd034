"""What the edge reads from its environment, and from a file that may change while it runs."""

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    JsonConfigSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from gateway.domain.table import Override


class Settings(BaseSettings):
    """Settings of the gateway; the environment prefix is `MOTCUA_`."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="ignore", env_ignore_empty=True)

    # A JSON file of the settings below by their names; it goes before the environment and may change at any time.
    gateway_file: Path | None = None
    gateway_host: str = "127.0.0.1"
    gateway_port: int = 8080
    # Envoy's own page shows and does everything without a password: loopback only, and absent unless asked for.
    gateway_admin_port: int | None = None
    # Where each service answers: {"identity": "http://127.0.0.1:8101", …}; several replicas are separated by commas;
    # one that says on a port of its own whether it is ready is written "http://10.0.0.5:8000?ready=9464".
    services: dict[str, str] = Field(default={})
    # [{"prefix": "/api/processing/agencies/H42.15", "upstream": "10.0.0.5:8104"}]
    gateway_overrides: list[Override] = Field(default=[])
    # Multiplies every rate limit; 1 in production.
    gateway_rate_scale: float = Field(default=1.0, gt=0)
    # How many connections one address may hold, an office of two hundred people among them; 0 for any number. Behind
    # proxies of our own nobody is held to it: theirs are the only addresses seen, and they count.
    gateway_connections: int = Field(default=2000, ge=0)
    # The host of the administration (pages and API); on any other its addresses are answered 404. Empty: on all.
    gateway_administration_host: str = ""
    # The networks it is answered to, for example ["10.20.0.0/16"]; everybody else gets 403.
    gateway_administration_from: list[IPv4Network | IPv6Network] = Field(default=[])
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
