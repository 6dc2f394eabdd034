"""The demonstration's signing authority, and a folder of keys for each service that signs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from documents.demo_ca import make_demo_ca

from suite.run.layout import OWNERS, Plan
from suite.run.manifest import manifests

PARTS = ("ca.cert.pem", "ca.key.pem")


def authority_key(folder: Path) -> Path:
    """Return where the demonstration authority's key lies below a data folder."""
    return folder / "signing" / PARTS[1]


def lay_signing_folders(plan: Plan, services: Sequence[str] = OWNERS) -> None:
    """Make one demonstration authority, and lay it into the folder of each service that signs.

    Each service's own keys stay in its own folder; what one signed the others can check.
    """
    home = plan.folder / "signing"
    if not authority_key(plan.folder).exists():
        made = make_demo_ca(datetime.now(UTC))
        for name, content in zip(PARTS, (made.ca_cert_pem, made.ca_key_pem), strict=True):
            _keep(home / name, content)
    for service in services:
        if "signing" in manifests()[service].secrets:
            folder = plan.signing(service)
            folder.mkdir(mode=0o700, exist_ok=True)
            for name in PARTS:
                if not (folder / name).exists():
                    _keep(folder / name, (home / name).read_bytes())


def _keep(place: Path, content: bytes) -> None:
    place.touch(mode=0o600)
    place.write_bytes(content)
