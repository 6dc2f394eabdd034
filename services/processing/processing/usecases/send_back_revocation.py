"""Let a leader send the proposal to revoke or replace a result back to the specialist with remarks."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_remarks
from processing.domain.deeds import Deed
from processing.domain.errors import RevocationMissingError
from processing.models import Dossier, proposed_revocation
from processing.queries import Target


async def send_back_revocation(
    session: AsyncSession, target: Target, *, version: int, remarks: str, now: datetime
) -> Dossier:
    """End the proposal unsigned; the result goes on counting, and the specialist finds what to change.

    Nothing is announced: what is proposed about an issued result stays in the agency until it is signed.

    Raises:
        ForbiddenError: the caller is no leader.
        NotFoundError: outside the caller's scope.
        StaleVersionError: the dossier changed since the leader saw it.
        RevocationMissingError: no proposal waits.
        InvalidInputError: the remarks are empty.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    dossier = await queries.dossier_to_change(session, target, Deed.REVOCATION_SENDING_BACK)
    dossier.expect_version(version)
    earlier = (await queries.revocations(session, [dossier.code]))[dossier.code]
    proposal = proposed_revocation(earlier)
    if proposal is None:
        raise RevocationMissingError(dossier=dossier.code)
    said = check_remarks(remarks)
    proposal.sent_back_by, proposal.sent_back_at, proposal.sent_back_remarks = (
        target.caller.subject,
        now,
        said,
    )
    dossier.revoking, dossier.sent_back_at, dossier.sent_back_remarks = False, now, said
    await session.flush()
    return dossier
