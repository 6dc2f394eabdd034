"""Put the portal's stage within reach of its tests."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from portal_stage.site import Visitor, visitor


@pytest.fixture
def browse() -> Callable[..., Visitor]:
    """Give a maker of visitors, each on a fresh portal with fake services."""
    return visitor
