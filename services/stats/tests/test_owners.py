"""Only the agency that settles a dossier tells how it is handled; what another tells counts nowhere."""

from datetime import UTC, datetime

import pytest
from common.inbox import NotYetError
from stats.domain.errors import ForeignDossierError
from stats.models import Dossier
from stats.usecases.expect_owners import expect_owners

CODE, OWNER = "H42.15-261207-0001", "H42.15"


@pytest.mark.parametrize(
    ("told_by", "kept", "batch", "raised"),
    [
        (OWNER, OWNER, None, None),
        (OWNER, "", OWNER, None),
        (OWNER, None, OWNER, None),
        (None, "H42.16", None, None),  # the province itself
        ("H42.16", OWNER, None, ForeignDossierError),
        ("H42.16", None, OWNER, ForeignDossierError),
        (OWNER, None, None, NotYetError),
        (OWNER, "", None, NotYetError),
    ],
)
async def test_who_tells_of_handling_must_settle_the_dossier(fresh_database, told_by, kept, batch, raised):
    database = await fresh_database("stats")
    async with database.sessions.begin() as session:
        if kept is not None:
            place = dict.fromkeys(("agency", "field", "channel", "procedure_code"), "x")
            session.add(
                Dossier(
                    code=CODE, competent_agency=kept, received_at=datetime(2026, 12, 7, tzinfo=UTC), **place
                )
            )
            await session.flush()
        doing = expect_owners(session, [(CODE, told_by)], {CODE: batch} if batch else {})
        if raised is None:
            await doing
        else:
            with pytest.raises(raised):
                await doing
