"""Seal papers with agency certificates kept in a folder, and check signatures against its authority."""

import asyncio
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from common.documents import DemoCa, PdfSigner, make_demo_ca, verify_pdf

from intake.ports import Signature

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_AUTHORITY = "ca"


class SealFolder:
    """Keys as `agency-<code>.cert.pem` and `.key.pem`, the authority as `ca.cert.pem`.

    In demonstration mode a missing authority or key is made on the spot and kept for the next run.
    """

    def __init__(self, folder: Path, *, demonstration: bool) -> None:
        self.folder = folder
        self.demonstration = demonstration
        self._signers: dict[str, PdfSigner] = {}

    def can_sign(self, agency: str) -> bool:
        """Tell whether a certificate of the agency is there or may be made."""
        return self.demonstration or self._file(_name(agency), "cert").exists()

    def seal(self, pdf: bytes, agency: str, *, name: str, place: str, reason: str, at: datetime) -> bytes:
        """Return the PDF with the agency's PAdES signature; about 25 ms of CPU."""
        signer = self._signers.get(agency)
        if signer is None:
            signer = self._signers.setdefault(agency, self._load(agency, name, at))
        return signer.sign(pdf, reason, name, place, at)

    async def check(self, pdf: bytes) -> Signature:
        """Return whether the PDF is signed, whole, and trusted by the folder's authority."""
        authority = self._file(_AUTHORITY, "cert")
        if not authority.exists():
            return Signature(False, None, None, "no-authority")
        report = await asyncio.to_thread(verify_pdf, pdf, authority.read_bytes())
        return Signature(report.valid, report.signer, report.signed_at, report.problem)

    def _load(self, agency: str, name: str, at: datetime) -> PdfSigner:
        own = _name(agency)
        if self.demonstration:
            self._make(own, agency, name, at)
        certificate, key = self._file(own, "cert").read_bytes(), self._file(own, "key").read_bytes()
        return PdfSigner(certificate, key, self._file(_AUTHORITY, "cert").read_bytes())

    def _make(self, own: str, agency: str, name: str, at: datetime) -> None:
        if not self._file(_AUTHORITY, "cert").exists():
            made = make_demo_ca(at)
            self._keep(_AUTHORITY, made.ca_cert_pem, made.ca_key_pem)
        if not self._file(own, "cert").exists():
            authority = DemoCa(
                self._file(_AUTHORITY, "cert").read_bytes(), self._file(_AUTHORITY, "key").read_bytes()
            )
            self._keep(own, *authority.issue(name, agency))

    def _file(self, name: str, part: str) -> Path:
        return self.folder / f"{name}.{part}.pem"

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


def _name(agency: str) -> str:
    return "agency-" + _UNSAFE.sub("_", agency)
