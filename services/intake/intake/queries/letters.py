"""What a paper needs to know about its dossier: letterhead, procedure, applicant, files."""

from collections.abc import Sequence

from procedures import Procedure
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.acceptance import Grounds
from intake.domain.papers import Letterhead, letterhead
from intake.domain.submitter import with_papers
from intake.models import Agency, Attachment, Dossier
from intake.queries.belongings import verdicts
from intake.queries.catalogue import pinned_procedure


async def letterhead_of(session: AsyncSession, agency_code: str) -> Letterhead:
    """Return the heading of an agency's papers."""
    agency = await session.get(Agency, agency_code)
    if agency is None:
        return Letterhead(agency_code, "", "", "")
    above = await session.get(Agency, agency.parent) if agency.parent else None
    return letterhead(agency.name, above.name if above else "", agency.desk)


async def issuer_of(session: AsyncSession, dossier: Dossier) -> str:
    """Return the name of the agency that settles a dossier, its code where nobody told of it."""
    agency = await session.get(Agency, dossier.competent_agency)
    return agency.name if agency else dossier.competent_agency


async def procedure_of(session: AsyncSession, dossier: Dossier) -> Procedure:
    """Return the procedure version pinned on a dossier, with the paper of who acts for the applicant."""
    pinned = await pinned_procedure(session, dossier.procedure_code, dossier.procedure_version)
    return with_papers(pinned, dossier.submitter)


def current_files(files: Sequence[Attachment]) -> list[Attachment]:
    """Return the files that count: not replaced by a later version."""
    return [file for file in files if file.replaced_at is None]


async def acceptance_grounds(session: AsyncSession, dossier: Dossier, files: Sequence[Attachment]) -> Grounds:
    """Return what an acceptance of the dossier with these files would rest on as things stand."""
    attached = frozenset(file.component_id for file in current_files(files))
    found = await verdicts(session, dossier.code, dossier.supplement_count)
    return Grounds(
        await procedure_of(session, dossier),
        dossier.state,
        dossier.case_id,
        dossier.channel,
        attached,
        {name: item.verdict for name, item in found.items()},
        dossier.late_waits,
    )
