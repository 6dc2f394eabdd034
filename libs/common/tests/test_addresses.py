"""One household is one network, however its address is written."""

import pytest
from common.addresses import SITE, network_of


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


def test_all_the_networks_of_a_rented_server_are_one() -> None:
    assert network_of("2001:db8:1:2::a", SITE) == network_of("2001:db8:1:ffff::b", SITE) == "2001:db8:1::/48"
    assert network_of("203.0.113.7", SITE) == "203.0.113.7"
