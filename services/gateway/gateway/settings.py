"""What the edge reads from its environment."""

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class OverrideSetting(BaseModel):
    """One agency's own instance of a service."""

    prefix: str
    upstream: str


class Settings(BaseSettings):
    """Settings of the gateway; the environment prefix is `MOTCUA_`."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="ignore")

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
