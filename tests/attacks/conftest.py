"""One suite for all attacks, with one dossier of a citizen that others may not reach."""

import sys
from pathlib import Path

import pytest
from suite.testing.suites import RunningSuite

sys.path.insert(0, str(Path(__file__).parent))
from camp.stage import Stage, pitched


@pytest.fixture(scope="session")
def stage(embedded: RunningSuite, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Give the suite with its people and the victim's things."""
    return pitched(embedded, tmp_path_factory.mktemp("papers"))
