"""The migrations build exactly what the models say, and nothing starts without knowing where its keys are."""

import pytest
from common.migrations import differences
from processing.models import Base
from processing.settings import Settings
from pydantic import ValidationError


async def test_migrations_and_models_agree(fresh_database):
    database = await fresh_database("processing")
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []


def test_without_a_signing_folder_processing_does_not_start(monkeypatch):
    monkeypatch.delenv("MOTCUA_SIGNING_FOLDER", raising=False)
    with pytest.raises(ValidationError, match="signing_folder"):
        Settings()
