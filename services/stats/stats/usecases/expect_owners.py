"""Hold what is told of handling against the agency that settles the dossier."""

from collections.abc import Mapping, Sequence

from common.inbox import NotYetError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.errors import ForeignDossierError
from stats.models import Dossier


async def expect_owners(
    session: AsyncSession, told: Sequence[tuple[str, str | None]], known: Mapping[str, str]
) -> None:
    """Refuse news of dossiers, by code, from another agency than the one that settles them.

    `known` are agencies that the same batch tells. News without an agency come from the province itself: no agency's
    own account may tell any.

    Raises:
        NotYetError: nothing says yet who settles a dossier.
        ForeignDossierError: an agency tells of a dossier that another one settles.

    Source: decision 0048
    """
    codes = {code for code, agency in told if agency is not None}
    owned = select(Dossier.code, Dossier.competent_agency).where(Dossier.code.in_(codes))
    owners = dict((await session.execute(owned)).tuples().all()) if codes else {}
    for code, agency in told:
        owner = known.get(code) or owners.get(code)
        if agency is None or agency == owner:
            continue
        if not owner:
            raise NotYetError("dossier", code)
        raise ForeignDossierError(dossier=code, agency=agency)
