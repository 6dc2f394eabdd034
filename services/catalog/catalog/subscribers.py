"""The catalogue listens to nobody: it is the source of what the others know of procedures."""

from common.inbox import Subscriptions

LISTENS: tuple[str, ...] = ()


def subscriptions() -> Subscriptions:
    """Return the empty list of what the catalogue hears."""
    return Subscriptions("catalog")
