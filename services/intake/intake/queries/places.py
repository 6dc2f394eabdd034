"""Where an applicant may put a file: an open draft, or a dossier that waits for a supplement."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from common.security import Caller
from procedures import Component
from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import ActionNotAllowedError
from intake.domain.submitter import with_papers
from intake.models import Attachment, Draft, SupplementRequest
from intake.queries.belongings import dossier_files
from intake.queries.catalogue import pinned_procedure
from intake.queries.dossiers import own_dossier
from intake.queries.drafts import discarded_bytes, draft_files, drafted_bytes, own_draft
from intake.queries.letters import procedure_of


@dataclass(frozen=True)
class FilePlace:
    """A draft or dossier with the files already in it; `round` counts supplement requests.

    What is put into a dossier nobody asked about waits for its applicant in the round that has not begun.
    """

    papers: Sequence[Component]
    agency: str
    files: Sequence[Attachment]
    round: int
    draft: Draft | None = None
    drafted_bytes: int = 0
    """What lies in all open drafts of the caller; nothing for a dossier, which waits for what it was asked for."""
    discarded_bytes: int = 0
    """What the caller took out of drafts and is still stored."""

    @property
    def stored_bytes(self) -> int:
        """How much is stored there."""
        return sum(file.size for file in self.files)

    def paper(self, component_id: str) -> Component | None:
        """Return the component of that id, None when nothing like it may be attached here."""
        return next((paper for paper in self.papers if paper.id == component_id), None)

    def present(self) -> list[tuple[str, str, str]]:
        """Return (component id, component name, digest) of the files that count."""
        names = {paper.id: paper.name for paper in self.papers}
        return [
            (file.component_id, names.get(file.component_id, file.component_id), file.sha256)
            for file in self.files
            if file.replaced_at is None
        ]


async def place_for_files(
    session: AsyncSession,
    caller: Caller,
    draft_id: uuid.UUID | None,
    code: str | None,
    *,
    lock: bool = False,
    unasked: bool = False,
) -> FilePlace:
    """Return the caller's draft, or the caller's dossier that waits for a supplement, or for its check if `unasked`.

    Raises:
        DraftNotFoundError, DossierNotFoundError: it is not there for this caller.
        ActionNotAllowedError: the dossier waits for nothing.
    """
    if draft_id is not None:
        draft = await own_draft(session, caller, draft_id, lock=lock)
        pinned = await pinned_procedure(session, draft.procedure_code, draft.procedure_version)
        published = with_papers(pinned, draft.submitter).papers(draft.case_id)
        files, held = await draft_files(session, draft_id), await drafted_bytes(session, caller)
        discarded = await discarded_bytes(session, caller)
        return FilePlace(published, draft.agency, files, 0, draft, held, discarded)
    dossier = await own_dossier(session, caller, code or "", lock=lock)
    procedure = await procedure_of(session, dossier)
    if unasked and dossier.state == State.SUBMITTED:
        files = await dossier_files(session, dossier.code, unsent=True)
        coming = dossier.supplement_count + 1
        return FilePlace(procedure.papers(dossier.case_id), dossier.receiving_point, files, coming)
    if dossier.state != State.SUPPLEMENT_REQUESTED:
        raise ActionNotAllowedError(state=dossier.state, action="attach")
    request = await session.get_one(SupplementRequest, (dossier.code, dossier.supplement_count))
    papers = [*procedure.papers(dossier.case_id), *free_components(request)]
    files = await dossier_files(session, dossier.code, unsent=True)
    return FilePlace(papers, dossier.receiving_point, files, dossier.supplement_count)


def free_components(request: SupplementRequest) -> list[Component]:
    """Return the papers a request asks for outside the published list, as components `free-1`, `free-2`, …

    Source: BD Đ.18.1; R-INT-22
    """
    return [
        Component(f"free-{place}", item["text"], originals=0, accepts=())
        for place, item in enumerate(request.free_items, start=1)
    ]
