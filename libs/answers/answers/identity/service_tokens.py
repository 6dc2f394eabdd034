"""Identity: its answers about service_tokens."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class ServiceTokenOut(Answer):
    """A token that speaks for a service and for no person."""

    access_token: str
    expires_in: int
    token_type: str = "Bearer"
