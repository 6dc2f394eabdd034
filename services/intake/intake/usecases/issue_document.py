"""Issue a paper that was decided on: print it, seal it, store it, and note that it exists."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.database import Database
from regulation.channels import OFFERED
from regulation.codes import VerificationCode
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.papers import AT_BIRTH, Paper, PaperState, contact, frame, paper_number, parties
from intake.domain.submitter import line
from intake.models import Document, Dossier
from intake.ports import Means
from intake.queries.dossiers import dossier_by_code
from intake.queries.letters import letterhead_of, procedure_of


async def issue_document(
    database: Database, means: Means, document_id: uuid.UUID, *, entropy: bytes, now: datetime
) -> None:
    """Make the PDF of a pending paper; of two who try at once the first one's paper stays.

    A paper that is not signed is printed when it is first opened; it says what was decided, whenever that is.
    Reading, printing and storing happen outside the transaction that notes the result, so nothing waits for the
    printer. `entropy` is ten random bytes for the verification code of a signed paper.

    Source: NB Đ.16.2; TN Đ.11.3.b; R-INT-09, R-TRK-10
    """
    async with database.sessions() as session:
        document = await session.get(Document, document_id)
        if document is None or document.state != PaperState.PENDING:
            return
        dossier = await dossier_by_code(session, document.dossier_code)
        content = await _content(session, means, document, dossier)
    code = str(VerificationCode.from_random(entropy)) if document.must_sign else None
    content["verification_code"] = code or ""
    content["verification_url"] = means.verification_url.format(code=code) if code else ""
    paper = await means.printer.print(
        document.kind, content, document.agency, sign=document.must_sign, at=max(now, document.created_at)
    )
    stored = await means.files.put(paper.pdf)
    async with database.sessions.begin() as session:
        await session.execute(
            update(Document)
            .where(Document.id == document_id, Document.state == PaperState.PENDING)
            .values(
                state=PaperState.READY,
                sha256=stored.sha256,
                size=stored.size,
                signed=paper.signer is not None,
                signer=paper.signer,
                verification_code=code,
            )
        )


async def _content(
    session: AsyncSession, means: Means, document: Document, dossier: Dossier
) -> dict[str, Any]:
    """Return everything the paper says: frame, parties, and its own part."""
    kind = Paper(document.kind)
    head = await letterhead_of(session, document.agency)
    procedure = await procedure_of(session, dossier)
    applicant: Mapping[str, str] = {
        **dossier.applicant,
        "name": dossier.applicant_name,
        "email": dossier.email or "",
        "phone": dossier.phone or "",
    }
    content = {
        **frame(head, kind, document.created_at, means.tracking_url.format(code=dossier.code)),
        **parties(procedure, applicant, OFFERED[dossier.result_channel]["vi"], line(dossier.submitter)),
        "code": dossier.code,
        "result_address": dossier.result_address or "",
    }
    if kind in AT_BIRTH:  # its number waits for the code, everything else was said at submission
        content["number"] = paper_number(kind, dossier.code, 1)
        return content | document.content | {"applicant": contact(document.content["applicant"])}
    return content | document.content
