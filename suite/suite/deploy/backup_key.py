"""The key that opens the copies of a province; it lies in none of them."""

import pyrage


def new_key() -> str:
    """Return a new key as its file holds it."""
    made = pyrage.x25519.Identity.generate()
    return f"# public key: {made.to_public()}\n{made}\n"
