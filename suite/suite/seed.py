"""Fill a province with its demonstration data: catalogue, agencies, procedures, accounts."""

from collections.abc import Callable

import catalog.main
import identity.main
from common.database import Database

from suite.layout import Plan

Report = Callable[[str, float], None]


async def seed(plan: Plan, report: Report) -> None:
    """Fill what is still empty; whatever exists already stays as people left it."""
    report("Catalogue", 0)
    database = Database(plan.dsn("catalog"))
    try:
        await catalog.main.seed(database, lambda done, total: report("Catalogue", done / max(total, 1)))
    finally:
        await database.dispose()
    report("Catalogue", 1)
    report("Accounts", 0)
    database = Database(plan.dsn("identity"))
    try:
        await identity.main.seed(database)
    finally:
        await database.dispose()
    report("Accounts", 1)
