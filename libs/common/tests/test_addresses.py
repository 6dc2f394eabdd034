"""One household is one network, however its address is written."""

import pytest
from common.addresses import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::a", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::b", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
    ],
)
def test_what_stands_for_a_household(address: str, network: str) -> None:
    assert network_of(address) == network
