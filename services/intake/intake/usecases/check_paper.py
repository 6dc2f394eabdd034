"""Check a kept paper: what the digital signatures on its files prove."""

import uuid

from common.database import Database

from intake.domain.vault import Signed
from intake.models import VaultPaper
from intake.models.vault import PDF
from intake.ports import Means, Signature

_BROKEN = ("broken", "changed")


async def check_paper(database: Database, means: Means, paper_id: uuid.UUID) -> str:
    """Look at the signatures of a paper outside of any transaction and note the worst; return what was found.

    A signature of an authority that is not known here proves nothing and counts as none.

    Source: QT Đ.20.2; R-VLT-03
    """
    async with database.sessions() as session:
        paper = await session.get_one(VaultPaper, paper_id)
    found = [
        _state(await means.check_finished(file["sha256"]))
        for file in paper.files
        if file["media_type"] == PDF
    ]
    worst = next(
        (one for one in (Signed.BROKEN, Signed.UNSIGNED) if one in found),
        Signed.SIGNED if len(found) == len(paper.files) else Signed.UNSIGNED,
    )
    async with database.sessions.begin() as session:
        kept = await session.get_one(VaultPaper, paper_id, with_for_update=True)
        kept.signature = worst
    return worst


def _state(signature: Signature) -> Signed:
    if signature.valid:
        return Signed.SIGNED
    return Signed.BROKEN if signature.problem in _BROKEN else Signed.UNSIGNED
