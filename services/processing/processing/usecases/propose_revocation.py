"""Let the specialist propose to revoke or replace a result that turned out to be wrong."""

from datetime import datetime

from eforms import read_form
from regulation.codes import day_of_receipt
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.deeds import Deed
from processing.domain.errors import NothingToRevokeError
from processing.domain.revocation import Draft, check_draft
from processing.models import Dossier, ResultInForce, Revocation, result_in_force
from processing.ports import DocumentPrinter
from processing.queries import Target


async def propose_revocation(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    draft: Draft,
    now: datetime,
    printer: DocumentPrinter,
) -> Dossier:
    """Store the proposal for the leader; nothing changes for the applicant before it is signed.

    Raises:
        ForbiddenError: the caller handles no dossiers.
        NotFoundError: outside the caller's scope.
        StaleVersionError: somebody changed the dossier meanwhile.
        NothingToRevokeError: no result was issued, or it no longer counts.
        InvalidInputError: ground or legal basis are missing, or a line of the new result is missing or wrong.

    Source: BD Đ.8; HN Đ.12.1; R-PRC-03; R-PRC-09
    """
    dossier = await queries.dossier_to_change(session, target, Deed.REVOCATION_PROPOSAL)
    dossier.expect_version(version)
    earlier = (await queries.revocations(session, [dossier.code]))[dossier.code]
    issued = result_in_force(dossier, earlier)
    if issued is None:
        raise NothingToRevokeError(dossier=dossier.code)
    procedure = await queries.procedure_of(session, dossier)
    form = read_form(procedure.result_form(dossier.template, printer.definition(dossier.template)))
    checked = check_draft(draft, form, day_of_receipt(now), issued.content)
    dossier.revocation_count += 1  # a new version of the dossier: no leader signs what he did not see
    dossier.revoking, dossier.sent_back_at = True, None
    session.add(_proposal(dossier, checked, issued, target.caller.subject, now))
    await session.flush()
    return dossier


def _proposal(dossier: Dossier, draft: Draft, issued: ResultInForce, by: str, now: datetime) -> Revocation:
    return Revocation(
        dossier_code=dossier.code,
        number=dossier.revocation_count,
        revokes=issued.verification_code,
        content=None if draft.content is None else dict(draft.content),
        ground=draft.ground,
        legal_basis=draft.legal_basis,
        proposed_by=by,
        proposed_at=now,
    )
