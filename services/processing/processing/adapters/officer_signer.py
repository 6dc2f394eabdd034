"""Sign with the officer's certificate from the certificate folder."""

import asyncio
from datetime import datetime

from documents.folder import FolderSigner, Holder

from processing.ports import SigningOfficer


class OfficerSigner:
    """Signs as the officer; certificate and key are `<officer>.cert.pem` and `<officer>.key.pem`."""

    def __init__(self, certificates: FolderSigner) -> None:
        self._certificates = certificates

    async def sign(
        self, pdf: bytes, officer: SigningOfficer, reason: str, location: str, at: datetime
    ) -> bytes:
        """Return the PDF with the officer's PAdES signature; the work is done in a thread.

        Raises:
            KeyMissingError: no key, and none may be made.
        """
        holder = Holder(officer.id, officer.name, officer.agency)
        return await asyncio.to_thread(self._certificates.sign, pdf, holder, reason, location, at)
