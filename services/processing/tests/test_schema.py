"""The migrations build exactly what the models say."""

from common.migrations import differences
from processing.models import Base


async def test_migrations_and_models_agree(fresh_database):
    database = await fresh_database("processing")
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []
