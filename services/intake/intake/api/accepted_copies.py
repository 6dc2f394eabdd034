"""Paper copies that people bring to the counter, and the electronic documents behind them."""

import uuid
from datetime import datetime

from audit import note
from common.api import IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from regulation.roles import Right, who_may
from regulation.typed import Typed

from intake.api.attachments import AttachmentOut
from intake.api.deps import VisitDep
from intake.domain.papers import TITLES, Paper
from intake.queries.catalogue import agency_names
from intake.usecases.accept_copy import accept_copy

router = APIRouter(prefix="/api/intake/counter", tags=["counter"])
ACCEPTING = "Đối chiếu bản giấy chuyển đổi với văn bản điện tử"


class AcceptCopyBody(BaseModel):
    """What was read from the QR code of a paper, and the component it stands for."""

    model_config = ConfigDict(extra="forbid")

    component: str = Field(max_length=80)
    scanned: Typed = Field(min_length=1, max_length=400)


class AcceptedCopyOut(BaseModel):
    """The electronic document behind a paper: what it is, who signed it when; it is as it was signed."""

    document_name: str
    dossier_code: str
    agency_name: str
    signer: str | None
    signed_at: datetime | None
    verification_code: str
    attachment: AttachmentOut


@router.post(
    "/drafts/{draft_id}/paper-copies",
    dependencies=[only_for(who_may(Right.ACCEPT_DOSSIER))],
    status_code=201,
    response_model=AcceptedCopyOut,
)
async def accept(
    draft_id: uuid.UUID, body: AcceptCopyBody, visit: VisitDep, idem: IdempotencyDep
) -> AcceptedCopyOut | JSONResponse:
    """Let the electronic document behind a paper copy stand for a component; nothing is scanned anew."""
    note(purpose=ACCEPTING)
    if hit := await idem.replay(visit.session):
        return hit
    accepted = await accept_copy(
        visit.session,
        visit.means,
        visit.caller,
        draft_id=draft_id,
        component=body.component,
        scanned=body.scanned,
        now=visit.now,
    )
    document, signature = accepted.document, accepted.signature
    names = await agency_names(visit.session, {document.agency})
    agency = names.get(document.agency)
    out = AcceptedCopyOut(
        document_name=TITLES[Paper(document.kind)][visit.lang],
        dossier_code=document.dossier_code,
        agency_name=agency.title(visit.lang) if agency else document.agency,
        signer=signature.signer or document.signer,
        signed_at=signature.signed_at,
        verification_code=document.verification_code or "",
        attachment=AttachmentOut.of(accepted.file),
    )
    await idem.remember(visit.session, 201, out)
    return out
