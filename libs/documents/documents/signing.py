"""Put a digital signature on a paper."""

import io
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from documents.loops import beside_the_loop

_FIELD = "Signature1"


class PdfSigner:
    """Signs papers with one certificate; certificate, key and chain are PEM."""

    def __init__(self, cert_pem: bytes, key_pem: bytes, chain_pem: bytes) -> None:
        chain = x509.load_pem_x509_certificates(chain_pem) if chain_pem.strip() else []
        packed = serialization.pkcs12.serialize_key_and_certificates(
            b"motcua",
            serialization.load_pem_private_key(key_pem, None),  # type: ignore[arg-type]
            x509.load_pem_x509_certificate(cert_pem),
            chain,
            serialization.NoEncryption(),
        )
        self._signer = signers.SimpleSigner.load_pkcs12_data(packed, [])

    def sign(self, pdf: bytes, reason: str, name: str, location: str, at: datetime) -> bytes:
        """Add an invisible PAdES B-B signature dated `at`; takes about 22 ms of CPU: call it in a thread."""
        metadata = signers.PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            name=name,
            location=location,
        )
        dated = _DatedSigner(metadata, self._signer, at)
        out: io.BytesIO = beside_the_loop(dated.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)))
        return out.getvalue()


class _DatedSigner(signers.PdfSigner):
    """Signs with the time the use case was told, not the clock of the machine."""

    def __init__(self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(metadata, signer, new_field_spec=fields.SigFieldSpec(_FIELD))
        self._at = at

    def init_signing_session(self, *arguments: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*arguments, **named)
        session.system_time = self._at
        return session
