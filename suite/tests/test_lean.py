"""What serves loads nothing that it never uses; each of these would take megabytes in every process."""

import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory
from common.migrated import newest_migration
from common.migrations import _config
from suite.run.layout import OWNERS, SERVICES

UNUSED = ("rich", "pygments", "alembic", "mako", "google.protobuf", "opentelemetry.exporter")
CARE = "from suite.cli import Lazily; Lazily().get_command(None, 'service')"


def test_no_service_loads_a_library_that_none_of_them_uses() -> None:
    mains = ", ".join(f"{service}.main" for service in SERVICES)
    assert _loaded(f"{CARE}; import {mains}") == []


def test_without_that_care_they_would_be_loaded() -> None:
    assert "rich" in _loaded("import suite.cli.service")


def _loaded(program: str) -> list[str]:
    asked = f"import sys; print(*(name for name in {UNUSED} if name in sys.modules))"
    command = [sys.executable, "-c", f"{program}\n{asked}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("service", OWNERS)
def test_the_newest_migration_is_known_without_alembic(service: str) -> None:
    assert newest_migration(service) == ScriptDirectory.from_config(_config(service)).get_current_head()
