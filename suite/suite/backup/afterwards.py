"""What a restore brings back and must not: sign-ins that had ended, codes of then, and people erased since."""

from datetime import UTC, datetime

from common.database import Database
from identity.main import erased_since, let_go

from suite.backup.copies import STORE_ERRORS, said_by
from suite.backup.telling import databases
from suite.run.postgres import PostgresServer

OWNER = "identity"


async def let_go_again(
    server: PostgresServer, heads_url: str, since: datetime
) -> tuple[list[str], list[str]]:
    """Let go of them in the restored databases; return what was done, and what could not be, in sentences.

    Erasures since the moment are marked in the store of the heads, which no restore undoes.
    """
    if OWNER not in await databases(server):
        return [], []
    erased, troubles = [], []
    try:
        erased = await erased_since(heads_url, since)
    except STORE_ERRORS as error:
        troubles.append(f"who was erased since {since} is not known, and not erased again: {said_by(error)}")
    database = Database(server.dsn(OWNER), pool_size=1)
    try:
        done = await let_go(database, erased, datetime.now(UTC))
    finally:
        await database.dispose()
    said = f"{done.sign_in_count} sign-ins were ended and {done.code_count} codes made void"
    return [f"{said}; {done.account_count} people who were erased since are erased again"], troubles
