"""Check the signature of a paper somebody handed in against the authority of the certificate folder."""

import asyncio

from documents.folder import FolderSigner

from intake.ports import Signature


class SealChecker:
    """Knows a signed paper by the authority whose certificates seal the agencies' own papers."""

    def __init__(self, seals: FolderSigner) -> None:
        self._seals = seals

    async def check(self, pdf: bytes) -> Signature:
        """Return whether the PDF is signed, whole, and trusted by the folder's authority."""
        report = await asyncio.to_thread(self._seals.check, pdf)
        return Signature(report.valid, report.signer, report.signed_at, report.problem)
