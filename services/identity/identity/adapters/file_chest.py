"""A chest whose secret is one file that only the service may read."""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from common.security import Signer
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from identity.ports import NewKey

NAME = "identity.secret"
SIZE = 32


class FileChest:
    """Seals private keys under the secret kept in `folder/identity.secret` (mode 0600)."""

    def __init__(self, folder: Path) -> None:
        """Read the secret, making it when this installation starts for the first time."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._secret = _kept_secret(folder / NAME)

    def secret(self, purpose: str) -> bytes:
        """Give 32 secret bytes that belong to one purpose."""
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).digest()

    def sealed(self, secret: str) -> str:
        """Seal a short secret for the database."""
        return self._seal().encrypt(secret.encode()).decode()

    def unsealed(self, sealed: str) -> str:
        """Give a sealed secret back."""
        return self._seal().decrypt(sealed.encode()).decode()

    def _seal(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.secret("second factors")))

    def new_key(self) -> NewKey:
        """Make a P-256 key."""
        kid = secrets.token_hex(8)
        private = ec.generate_private_key(ec.SECP256R1())
        lock = serialization.BestAvailableEncryption(self.secret("signing keys").hex().encode())
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        sealed = private.private_bytes(pem, pkcs8, lock).decode()
        return NewKey(kid, sealed, Signer(self.open(sealed), kid).public_jwk())

    def open(self, sealed: str) -> str:
        """Give the private half as PEM; `ValueError` for a key another chest sealed, or none at all."""
        password = self.secret("signing keys").hex().encode()
        try:
            private = serialization.load_pem_private_key(sealed.encode(), password)
        except ValueError as error:
            # One wrong secret in 256 opens the lock by chance and fails at what lies inside: the same fault.
            raise ValueError(f"not sealed with the password of this chest: {error}") from None
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return private.private_bytes(pem, pkcs8, serialization.NoEncryption()).decode()


def _kept_secret(place: Path) -> bytes:
    if not place.exists():
        # Written whole under another name first: two processes that start together read one and the same secret.
        draft = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SIZE))
        with contextlib.suppress(FileExistsError):
            os.link(draft, place)
        draft.unlink()
    secret = place.read_bytes()
    if len(secret) != SIZE:
        raise ValueError(f"{place.name} must hold exactly {SIZE} bytes")
    return secret
