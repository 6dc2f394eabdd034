"""Let a leader send the proposal of a new date back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_remarks
from processing.domain.deeds import Deed
from processing.domain.errors import ExtensionMissingError
from processing.models import Dossier
from processing.queries import Target, extensions


async def send_back_extension(
    session: AsyncSession, target: Target, *, version: int, remarks: str, now: datetime
) -> Dossier:
    """End the proposal unsigned, with remarks; the date stays as it was and nobody outside is told.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: the dossier changed since the leader saw it.
        ExtensionMissingError: no proposal waits.
        InvalidInputError: the remarks are empty.

    Source: BD Đ.8; R-PRC-03; R-PRC-14
    """
    dossier = await queries.dossier_to_change(session, target, Deed.EXTENSION_SENDING_BACK)
    dossier.expect(version)
    proposal = extensions.waiting(await extensions.of_dossier(session, dossier.code))
    if proposal is None:
        raise ExtensionMissingError(dossier=dossier.code)
    said, by = check_remarks(remarks), target.caller.subject
    proposal.sent_back_by, proposal.sent_back_at, proposal.sent_back_remarks = by, now, said
    dossier.extending = False
    await session.flush()
    return dossier
