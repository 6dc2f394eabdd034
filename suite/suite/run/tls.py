"""Connections that nobody listens in on: a small authority of this machine's servers, and who refuses plain ones."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from common.settings import ServiceSettings
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from suite.run.places import give, tls_wanted, unprivileged
from suite.run.processes import StartError

ADDRESSES: Final = (
    "database_url",
    "amqp_url",
    "redis_url",
    "notify_url",
    "files_url",
    "audit_heads_url",
    "sms_url",
)
"""Settings that are addresses of servers; between the suite's own services it is HTTP (decision 0062)."""
HERE: Final = "127.0.0.1"
"""The one name of every server of ours: who asks for another is refused, `localhost` as well."""
_AUTHORITY_LIVES, _SERVER_LIVES, _RENEW = timedelta(days=3650), timedelta(days=397), timedelta(days=60)
_PEM = serialization.Encoding.PEM


class PlainAddressError(StartError):
    """A service was told an address that somebody on the way could read, or stand in for."""


class Papers(NamedTuple):
    """What a server shows and keeps: its authority's certificate, its own, and its key."""

    authority: Path
    certificate: Path
    key: Path


def authority_of(folder: Path) -> Path:
    """Return where the certificate of the servers' authority lies below a data folder."""
    return folder / "tls" / "ca.pem"


def lay_papers(folder: Path, place: Path, now: datetime | None = None) -> Papers:
    """Give the server that keeps its things in `place` a certificate of the data folder's authority.

    Both are made where they are absent; a certificate with less than sixty days left is made anew.
    """
    now, authority = now or datetime.now(UTC), authority_of(folder)
    if not authority.exists():
        _make_authority(authority, now)
    papers = Papers(authority, place / "server.pem", place / "server.key")
    if not (papers.key.exists() and _lasts(papers.certificate, now)):
        _passable(place)
        _make_server(papers, now)
    return papers


def closed(authority: str | Path) -> str:
    """Return what follows a database's address for whoever trusts this authority alone; nothing without one."""
    return f"?sslmode=verify-full&sslrootcert={quote(str(authority))}" if authority else ""


def addresses_told(settings: ServiceSettings) -> dict[str, str]:
    """Return the addresses of servers that a service was told, by the names of their settings."""
    told = {name: getattr(settings, name, None) for name in ADDRESSES}
    gateways = (told.pop("sms_url") or "").split()  # several may be named, one after the other
    told |= {"sms_url" if n == 1 else f"sms_url {n}": one for n, one in enumerate(gateways, 1)}
    told |= {f"inboxes: {name}": address for name, address in settings.inboxes.items()}
    return {name: address for name, address in told.items() if address}


def refuse_plain(service: str, told: Mapping[str, str]) -> None:
    """Refuse to begin with an address that is not both encrypted and checked, where TLS is wanted.

    Raises: PlainAddressError, which names the settings and not what is in them.
    """
    if tls_wanted() and (
        plain := [name for name, address in told.items() if address and not is_closed(address)]
    ):
        raise PlainAddressError(
            f"MOTCUA_TLS is on, and {service} was told an address without checked TLS: {', '.join(plain)}"
            " (docs/operations/tls.md)"
        )


def is_closed(address: str) -> bool:
    """Tell whether whoever uses this address encrypts, and checks whose server answers."""
    parts = urlsplit(address)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme in {"postgresql", "postgres"}:
        return asked.get("sslmode") == "verify-full"
    if parts.scheme in {
        "file",
        "https",
        "s3+https",
    }:  # a folder of this machine; certificates are always checked
        return True
    if (
        parts.scheme == "s3"
    ):  # its endpoint stands in the environment, and is in clear only where that is allowed
        return not os.environ.get("AWS_ALLOW_HTTP")
    if parts.scheme == "amqps":
        return asked.get("no_verify_ssl", "0") == "0"
    unchecked = {asked.get("ssl_cert_reqs", "required"), asked.get("ssl_check_hostname", "true").lower()}
    return parts.scheme in {"rediss", "valkeys"} and unchecked == {"required", "true"}


class _Pair(NamedTuple):
    name: x509.Name
    key: ec.EllipticCurvePrivateKey


def _lasts(certificate: Path, now: datetime) -> bool:
    if not certificate.exists():
        return False
    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc - now > _RENEW


def _make_authority(place: Path, now: datetime) -> None:
    _passable(place.parent)
    itself = _Pair(_name("motcua servers"), ec.generate_private_key(ec.SECP256R1()))
    made = _begun(itself, itself, now, _AUTHORITY_LIVES)
    made = made.add_extension(x509.BasicConstraints(True, 0), critical=True).add_extension(
        x509.KeyUsage(*(False,) * 5, True, True, False, False), critical=True
    )
    _keep(place.with_name("ca.key"), _plain(itself.key), 0o600)
    _keep(place, made.sign(itself.key, hashes.SHA256()).public_bytes(_PEM), 0o644)


def _make_server(papers: Papers, now: datetime) -> None:
    authority = x509.load_pem_x509_certificate(papers.authority.read_bytes())
    secret = serialization.load_pem_private_key(papers.authority.with_name("ca.key").read_bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    made = _begun(_Pair(_name(HERE), key), _Pair(authority.subject, secret), now, _SERVER_LIVES)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False)
    made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    _keep(papers.key, _plain(key), 0o600)
    _keep(papers.certificate, made.sign(secret, hashes.SHA256()).public_bytes(_PEM), 0o644)
    for path in papers[1:]:
        give(path, unprivileged())


def _begun(whose: _Pair, by: _Pair, now: datetime, lives: timedelta) -> x509.CertificateBuilder:
    number = x509.random_serial_number()
    made = x509.CertificateBuilder(by.name, whose.name, whose.key.public_key(), number)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + lives)
    shown = x509.SubjectKeyIdentifier.from_public_key(whose.key.public_key())
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
    return made.add_extension(shown, critical=False).add_extension(known, critical=False)


def _passable(folder: Path) -> None:
    """Make a folder that servers under another account pass through, whatever mask was set."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _plain(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _keep(place: Path, content: bytes, mode: int) -> None:
    draft = place.with_suffix(".part")
    draft.touch(mode=mode)
    draft.write_bytes(content)
    draft.chmod(mode)
    draft.replace(place)
