"""What the access log can tell about a device from what its browser says of itself."""

import re
from dataclasses import dataclass

from common.addresses import network_of

NOT_AVAILABLE = "not available"
"""What our table keeps where nothing was said; nobody outside is told these words."""
BROWSERS = (
    ("Cốc Cốc", r"coc_coc_browser/([0-9.]+)"),
    ("Edge", r"Edg(?:A|iOS)?/([0-9.]+)"),
    ("Opera", r"OPR/([0-9.]+)"),
    ("Samsung Internet", r"SamsungBrowser/([0-9.]+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/([0-9.]+)"),
    ("Chrome", r"(?:Chrome|CriOS)/([0-9.]+)"),
    ("Safari", r"Version/([0-9.]+).*Safari/"),
)
SYSTEMS = (
    ("Android", r"Android ?([0-9.]*)"),
    ("iOS", r"(?:iPhone|iPad).*? OS ([0-9_]+)"),
    ("Windows", r"Windows NT ([0-9.]+)"),
    ("macOS", r"Mac OS X ([0-9_.]+)"),
    ("Linux", r"Linux()"),
)
DEVICES = (
    ("tablet", r"iPad|Tablet"),
    ("phone", r"Mobi|iPhone|Android"),
    ("computer", r"Windows|Macintosh|X11|Linux"),
)


@dataclass(frozen=True)
class Visitor:
    """Where a request came from: network address, kind of device, operating system, browser with version."""

    address: str = NOT_AVAILABLE
    device: str = NOT_AVAILABLE
    system: str = NOT_AVAILABLE
    browser: str = NOT_AVAILABLE

    @property
    def network(self) -> str:
        """Give what stands for one household or office."""
        return network_of(self.address)


def visitor(address: str | None, user_agent: str | None) -> Visitor:
    """Read a visitor from the client address and the User-Agent header; what is missing is "not available".

    Source: QT Đ.29.7; R-SEC-09
    """
    said = (user_agent or "")[:500]
    device = next((name for name, pattern in DEVICES if re.search(pattern, said)), NOT_AVAILABLE)
    return Visitor(address or NOT_AVAILABLE, device, _named(SYSTEMS, said), _named(BROWSERS, said))


def _named(patterns: tuple[tuple[str, str], ...], said: str) -> str:
    for name, pattern in patterns:
        if found := re.search(pattern, said):
            return f"{name} {found[1].replace('_', '.')}".strip()[:60]
    return NOT_AVAILABLE
