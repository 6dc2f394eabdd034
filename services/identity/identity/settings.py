"""What this service reads from its environment."""

from pathlib import Path

from audit import AuditSettings
from common.settings import MailSettings
from live import LimitSettings
from pydantic import Field


class Settings(MailSettings, LimitSettings, AuditSettings):
    """Settings of identity, beside those every service has; the environment prefix is `MOTCUA_`."""

    # The folder of `identity.secret` (mode 0600): it seals the signing keys in the database.
    key_folder: Path
    # Whether the roles that the profile names need a second factor; a demonstration signs in by one step.
    second_factor: bool = False
    # The domain that officers' passkeys belong to, and the origins of the pages that may ask for one; empty means the
    # public address. A change of the domain makes every passkey worthless.
    passkey_domain: str = ""
    passkey_origins: list[str] = Field(default=[])
    # The outside identity provider (OpenID Connect); no issuer means none. How it knows this suite, which claim holds
    # the national number, and which levels of assurance (acr) are enough; empty asks for none.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_number_claim: str = "id_number"
    oidc_levels: list[str] = Field(default=[])
    # Whether sealed values stand in clear too, for as long as a version that knows no seals runs beside this one.
    plain_beside: bool = False
    # The province's SMS gateway and its token; empty means that no text messages are sent.
    sms_url: str = ""
    sms_token: str = ""
    # The key that marks what an account proved, shared with qa; empty means that tokens say nothing of it.
    proof_key: str = ""
    # Client id and secret of each service that may ask for a token.
    service_clients: dict[str, str] = Field(default={})
