"""Papers the suite issues: typeset, marked with a QR code, signed, and checked again."""

import io
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson
import segno
import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

_CURVE = ec.SECP256R1()
_PEM = serialization.Encoding.PEM
_FIELD = "Signature1"
_LIFE = timedelta(days=3650)


class _Typesetter:
    """One typst with its faces loaded; it works on one document at a time."""

    def __init__(self, fonts: tuple[str, ...]) -> None:
        # No system fonts: the same paper must come out everywhere. The built-in faces cover Vietnamese.
        faces = typst.Fonts(include_system_fonts=False, font_paths=list(fonts))
        with tempfile.TemporaryDirectory() as nothing:  # gone in a moment: a template has no file to read
            self._compiler = typst.Compiler(root=nothing, font_paths=faces)
        self._lock = threading.Lock()

    def render(self, template: str, data: str) -> bytes:
        with self._lock:
            pdf = self._compiler.compile(input=template.encode(), format="pdf", sys_inputs={"data": data})
        assert isinstance(pdf, bytes)
        return pdf


_typesetter = lru_cache(maxsize=8)(_Typesetter)


def render_pdf(template: str, data: Mapping[str, Any], fonts: Sequence[str] | None = None) -> bytes:
    """Typeset a template of typst source with data, read there as `json(bytes(sys.inputs.data))`.

    Takes about 6 ms of CPU: call it in a thread. `fonts` are folders with further faces. Raises: typst.TypstError.
    """
    return _typesetter(tuple(fonts or ())).render(template, orjson.dumps(data).decode())


def qr_svg(text: str) -> str:
    """Draw a QR code as SVG without a fixed size."""
    return segno.make(text, error="m").svg_inline(omitsize=True, border=2)


@dataclass(frozen=True)
class SignatureReport:
    """What a check of a signed paper found; `problem` says in one word why it does not hold."""

    valid: bool
    intact: bool
    trusted: bool
    signer: str | None
    signed_at: datetime | None
    problem: str | None


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
        out: io.BytesIO = _DatedSigner(metadata, self._signer, at).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf))
        )
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


def verify_pdf(pdf: bytes, ca_pem: bytes) -> SignatureReport:
    """Check that the last signature covers the whole paper, is unbroken and comes from the given authority."""
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except Exception:
        return SignatureReport(False, False, False, None, None, "unreadable")
    if not found:
        return SignatureReport(False, False, False, None, None, "unsigned")
    return _report(found[-1], ca_pem)


def _report(signature: Any, ca_pem: bytes) -> SignatureReport:
    context = ValidationContext(
        trust_roots=list(load_certs_from_pemder_data(ca_pem)),
        allow_fetching=False,
    )
    try:
        status = validate_pdf_signature(signature, context)
    except Exception:
        return SignatureReport(False, False, False, None, None, "broken")
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    intact = bool(status.intact and status.valid and whole)
    signer = status.signing_cert.subject.native.get("common_name")
    problem = None if intact and status.trusted else ("untrusted" if intact else "changed")
    signed_at = status.signer_reported_dt
    return SignatureReport(
        bool(intact and status.trusted), intact, bool(status.trusted), signer, signed_at, problem
    )


@dataclass(frozen=True)
class DemoCa:
    """A certificate authority for demonstration and tests; its papers prove nothing in law."""

    ca_cert_pem: bytes
    ca_key_pem: bytes

    def issue(self, common_name: str, organisation: str) -> tuple[bytes, bytes]:
        """Issue a signing certificate; returns certificate and key as PEM."""
        authority = x509.load_pem_x509_certificate(self.ca_cert_pem)
        authority_key = serialization.load_pem_private_key(self.ca_key_pem, None)
        assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(_CURVE)
        certificate = (
            _certificate(_name(common_name, organisation), authority.subject, key, authority_key)
            .not_valid_before(authority.not_valid_before_utc)
            .not_valid_after(authority.not_valid_after_utc)
            .add_extension(x509.BasicConstraints(False, None), critical=True)
            .add_extension(_usage(signs_papers=True), critical=True)
            .sign(authority_key, hashes.SHA256())
        )
        return certificate.public_bytes(_PEM), _private_pem(key)


def make_demo_ca(now: datetime) -> DemoCa:
    """Make a demonstration authority valid for ten years from the day before `now`."""
    key = ec.generate_private_key(_CURVE)
    name = _name("motcua CA thử nghiệm", "motcua")
    certificate = (
        _certificate(name, name, key, key)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFE)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(_usage(signs_papers=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    return DemoCa(certificate.public_bytes(_PEM), _private_pem(key))


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )


def _name(common_name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
