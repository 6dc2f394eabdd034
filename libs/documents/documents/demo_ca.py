"""A certificate authority for demonstration and tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_CURVE = ec.SECP256R1()
_PEM = serialization.Encoding.PEM
_LIFE = timedelta(days=3650)


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
