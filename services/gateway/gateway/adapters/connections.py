"""Who is connected to a port of this machine, as the kernel lists it."""

import ipaddress
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from common.addresses import network_of

_LISTS: Final = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ESTABLISHED: Final = "01"


def held(port: int, lists: tuple[Path, ...] = _LISTS) -> Counter[str]:
    """Count the open connections of each household to a port; nothing where the kernel has no such lists."""
    found: Counter[str] = Counter()
    here = f":{port:04X}"
    for place in lists:
        if not place.exists():
            continue
        for line in place.read_text().splitlines()[1:]:
            if here not in line:
                continue
            _, local, remote, state = line.split(maxsplit=4)[:4]
            if state == _ESTABLISHED and local.endswith(here):
                found[network_of(_address(remote.partition(":")[0]))] += 1
    return found


def _address(written: str) -> str:
    """Read an address that the kernel wrote in words of 32 bits in the machine's own order."""
    words = [bytes.fromhex(written[place : place + 8]) for place in range(0, len(written), 8)]
    packed = b"".join(word[::-1] if sys.byteorder == "little" else word for word in words)
    address = ipaddress.ip_address(packed)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
