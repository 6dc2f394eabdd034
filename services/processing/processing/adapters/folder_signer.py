"""Sign with keys kept in a folder; a demonstration folder issues certificates itself."""

import asyncio
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from common.documents import DemoCa, PdfSigner, make_demo_ca

from processing.ports import SigningOfficer

SAFE = re.compile(r"[^A-Za-z0-9._-]")


class KeyMissingError(Exception):
    """The officer has no signing key in the folder, and the folder is not for demonstration."""


class FolderSigner:
    """Keys as `<officer>.cert.pem` and `<officer>.key.pem`, the authority as `ca.cert.pem`.

    In demonstration mode a missing authority or key is made on the spot and kept for the next run.
    """

    def __init__(self, folder: Path, *, demonstration: bool) -> None:
        self.folder = folder
        self.demonstration = demonstration

    async def sign(
        self, pdf: bytes, officer: SigningOfficer, reason: str, location: str, at: datetime
    ) -> bytes:
        """Return the PDF with the officer's PAdES signature.

        Raises:
            KeyMissingError: no key, and none may be made.
        """
        return await asyncio.to_thread(self._sign, pdf, officer, reason, location, at)

    def _sign(self, pdf: bytes, officer: SigningOfficer, reason: str, location: str, at: datetime) -> bytes:
        authority = self._authority(at)
        certificate, key = self._keys(officer, authority)
        return PdfSigner(certificate, key, authority.ca_cert_pem).sign(
            pdf, reason, officer.name, location, at
        )

    def _authority(self, at: datetime) -> DemoCa:
        if self.demonstration and not (self.folder / "ca.cert.pem").exists():
            made = make_demo_ca(at)
            self._keep("ca", made.ca_cert_pem, made.ca_key_pem)
        key = self.folder / "ca.key.pem"
        return DemoCa((self.folder / "ca.cert.pem").read_bytes(), key.read_bytes() if key.exists() else b"")

    def _keys(self, officer: SigningOfficer, authority: DemoCa) -> tuple[bytes, bytes]:
        name = SAFE.sub("_", officer.id)
        certificate, key = self.folder / f"{name}.cert.pem", self.folder / f"{name}.key.pem"
        if not certificate.exists():
            if not self.demonstration or not authority.ca_key_pem:
                raise KeyMissingError(officer.id)
            self._keep(name, *authority.issue(officer.name, officer.agency))
        return certificate.read_bytes(), key.read_bytes()

    def _keep(self, name: str, certificate: bytes, key: bytes) -> None:
        """Write key, then certificate; of two processes at once the first one's pair stays."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._link(f"{name}.key.pem", key):
            self._link(f"{name}.cert.pem", certificate)

    def _link(self, name: str, content: bytes) -> bool:
        with tempfile.NamedTemporaryFile(dir=self.folder) as whole:
            whole.write(content)
            whole.flush()
            try:
                os.link(whole.name, self.folder / name)
            except FileExistsError:
                return False
        return True
