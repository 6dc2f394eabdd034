"""A passkey in software: makes credentials and signs challenges as a security key does, or as a false one would."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
ORIGIN = "http://localhost:8080"


@dataclass
class SoftKey:
    """One passkey; what it says of itself can be set to what a false one would say."""

    origin: str = ORIGIN
    domain: str = "localhost"
    verified: bool = True
    cross_origin: bool = False
    count: int = 0
    counts: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, options: Mapping[str, Any]) -> str:
        """Answer options for a new passkey, as the text of the browser's JSON form."""
        key: CoseKey = CoseKey.for_alg(ES256.ALGORITHM).from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, key)
        data = self._data(FLAG.AT, bytes(credential))
        made = AttestationObject.create("none", data, {})
        return self._answer("webauthn.create", options, {"attestationObject": websafe_encode(made)})

    def shown(self, options: Mapping[str, Any]) -> str:
        """Answer options to show it."""
        self.count += 1 if self.counts else 0
        data, client = self._data(), self._client("webauthn.get", options)
        signature = self.private.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        more = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}
        return self._answer("webauthn.get", options, more)

    def _data(self, more: int = 0, credential: bytes = b"") -> AuthenticatorData:
        flags = FLAG.UP | more | (FLAG.UV if self.verified else 0)
        domain = hashlib.sha256(self.domain.encode()).digest()
        made: AuthenticatorData = AuthenticatorData.create(domain, FLAG(flags), self.count, credential)
        return made

    def _client(self, kind: str, options: Mapping[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, options["challenge"], self.origin, self.cross_origin)

    def _answer(self, kind: str, options: Mapping[str, Any], more: Mapping[str, str]) -> str:
        name, client = websafe_encode(self.credential_id), self._client(kind, options)
        told = {"clientDataJSON": client.b64, **more}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})
