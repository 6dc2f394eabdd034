"""When certificates end: each process tells it of those it knows, among its numbers."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from common.metrics import registry
from common.settings import ServiceSettings
from cryptography import x509
from prometheus_client import Gauge

from suite.run.tls import addresses_told

LOOK_EVERY: Final = 60.0
"""Seconds between two looks at the files."""
_ENDS = Gauge(
    "motcua_certificate_ends_timestamp_seconds",
    "When the first of some certificates ends, in Unix time; 0 where one cannot be read",
    ["service", "certificate"],
    registry=registry,
)
_AUTHORITY: Final = "ca.cert.pem"
_BY_ADDRESS: Final = ("sslrootcert", "cafile", "ssl_ca_certs")


class Certificates:
    """The certificates a service signs with and trusts, and those beside it that its settings name."""

    def __init__(self, service: str, settings: ServiceSettings | None) -> None:
        self._service, self._settings, self._next = service, settings, 0.0

    def tell(self) -> None:
        """Look at them, once a minute at most, and put among the numbers when the first of each kind ends."""
        if self._settings is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + LOOK_EVERY
        for kind, files in kinds(self._settings).items():
            if files:
                _ENDS.labels(self._service, kind).set(min(map(ends_at, files)))


def kinds(settings: ServiceSettings) -> Mapping[str, Sequence[Path]]:
    """Return the files of a service's certificates by kind; whose each is stays untold, for it names a person."""
    folder: Path | None = getattr(settings, "signing_folder", None)
    signing = sorted(folder.glob("*.cert.pem")) if folder else []
    beside: Mapping[str, Path] = getattr(settings, "certificates", {})
    return {
        "signers": [path for path in signing if path.name != _AUTHORITY],
        "signing-authority": [path for path in signing if path.name == _AUTHORITY],
        "servers-authority": sorted(set(_trusted(settings))),
        **{name: sorted(path.rglob("*.pem")) if path.is_dir() else [path] for name, path in beside.items()},
    }


def ends_at(file: Path) -> float:
    """Return when the first certificate of a file ends, in Unix time; 0 for one that cannot be read."""
    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())
        return min(one.not_valid_after_utc for one in found).timestamp()
    except (OSError, ValueError):
        return 0.0


def _trusted(settings: ServiceSettings) -> Iterator[Path]:
    for address in addresses_told(settings).values():
        asked = dict(parse_qsl(urlsplit(address).query))
        yield from (Path(asked[name]) for name in _BY_ADDRESS if name in asked)
