"""What stands for one household or office on the network."""

import ipaddress

HOUSEHOLD = 64  # bits of an IPv6 address that one household or office has for itself
SITE = 48  # bits of an IPv6 address that whoever rents a server is given


def network_of(address: str, bits: int = HOUSEHOLD) -> str:
    """Return the network of an address: an IPv4 address itself, the /64 of an IPv6 one; what is no address, as it is.

    So many `bits` of an IPv6 address say which network it is.

    An IPv4 address written the way of IPv6 (``::ffff:203.0.113.7``) is that IPv4 address: not one network with all.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ipaddress.ip_network((known, bits), strict=False))
