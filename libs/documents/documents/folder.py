"""Sign papers with certificates kept in a folder, and check papers against the folder's authority."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from documents.demo_ca import DemoCa, make_demo_ca
from documents.signing import PdfSigner
from documents.verifying import SignatureReport, verify_pdf, without_signature

_AUTHORITY = "ca"
_signer = lru_cache(maxsize=512)(PdfSigner)  # by content: a renewed certificate counts from the next paper on


class KeyMissingError(Exception):
    """The folder holds no certificate of the holder, and none may be made."""


@dataclass(frozen=True)
class Holder:
    """Whose certificate signs: its name in the folder, and what a certificate made on the spot says."""

    id: str
    name: str
    organisation: str


class FolderSigner:
    """Certificates and keys as `<holder>.cert.pem` and `<holder>.key.pem`, the authority as `ca.cert.pem`.

    In demonstration mode a missing authority or key is made on the spot and kept for the next run.
    """

    def __init__(self, folder: Path, *, demonstration: bool) -> None:
        self.folder = folder
        self.demonstration = demonstration

    def can_sign(self, holder_id: str) -> bool:
        """Tell whether the holder's certificate is there or may be made."""
        if holder_id == _AUTHORITY:
            return False  # the authority vouches for others and signs no paper
        if self._has(holder_id, "cert"):
            return self._has(_AUTHORITY, "cert")
        vouched = self._has(_AUTHORITY, "cert")
        return self.demonstration and (self._has(_AUTHORITY, "key") or not vouched)

    def sign(self, pdf: bytes, holder: Holder, reason: str, location: str, at: datetime) -> bytes:
        """Return the PDF with the holder's PAdES signature; takes about 25 ms of CPU: call it in a thread.

        Raises:
            KeyMissingError: no key, and none may be made.
        """
        if not self.can_sign(holder.id):
            raise KeyMissingError(holder.id)
        if not self._has(holder.id, "cert"):
            self._issue(holder, at)
        signer = _signer(
            self._read(holder.id, "cert"), self._read(holder.id, "key"), self._read(_AUTHORITY, "cert")
        )
        return signer.sign(pdf, reason, holder.name, location, at)

    def check(self, pdf: bytes) -> SignatureReport:
        """Check a paper against the folder's authority; `no-authority` where the folder has none."""
        if not self._has(_AUTHORITY, "cert"):
            return without_signature("no-authority")
        return verify_pdf(pdf, self._read(_AUTHORITY, "cert"))

    def _issue(self, holder: Holder, at: datetime) -> None:
        with self._alone():
            if not self._has(_AUTHORITY, "cert"):
                made = make_demo_ca(at)
                self._keep(_AUTHORITY, made.ca_cert_pem, made.ca_key_pem)
            if not self._has(holder.id, "cert"):
                authority = DemoCa(self._read(_AUTHORITY, "cert"), self._read(_AUTHORITY, "key"))
                self._keep(holder.id, *authority.issue(holder.name, holder.organisation))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock: two processes that start together must end with the same authority."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _keep(self, name: str, certificate: bytes, key: bytes) -> None:
        """Write the key, then the certificate, each whole: who sees a certificate finds its key."""
        for part, content in (("key", key), ("cert", certificate)):
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as draft:
                draft.write(content)
            os.replace(draft.name, self._place(name, part))

    def _has(self, name: str, part: str) -> bool:
        return self._place(name, part).exists()

    def _read(self, name: str, part: str) -> bytes:
        return self._place(name, part).read_bytes()

    def _place(self, name: str, part: str) -> Path:
        return self.folder / f"{quote(name, safe='')}.{part}.pem"
