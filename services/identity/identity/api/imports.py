"""Officers from a table: look at what it says, then import it."""

import asyncio
import hashlib
from typing import Annotated

from audit import note
from common.api import CallerDep, IdempotencyDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel
from regulation.roles import Right, who_may

from identity.api.deps import VisitDep
from identity.domain.importing import MOST_BYTES, TableChangedError, Wrong, checked
from identity.usecases.import_officers import Wanted, import_officers

router = APIRouter(
    prefix="/api/identity/officer-imports",
    tags=["officers"],
    dependencies=[only_for(who_may(Right.GRANT_RIGHTS))],
)
SHOWN = 200


class WrongOut(BaseModel):
    """What is wrong with a line, in the reader's language."""

    line: int
    column: str
    message: str

    @classmethod
    def of(cls, one: Wrong, lang: str) -> "WrongOut":
        """Show one."""
        return cls(line=one.line, column=one.column, message=one.en if lang == "en" else one.vi)


class ImportOut(BaseModel):
    """How many lines are right and wrong, the first wrong ones, and the mark of the file that was looked at."""

    good_count: int
    wrong_count: int
    wrong: list[WrongOut]
    made: bool
    mark: str


@router.post("", dependencies=[FRESH_PROOF], response_model=ImportOut)
async def bring(
    *,
    file: UploadFile,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
    idem: IdempotencyDep,
    mark: Annotated[str, Form(max_length=64)] = "",
    skip_wrong: Annotated[bool, Form()] = False,
) -> ImportOut | Response:
    """Look at a table; with the mark of one that was looked at, import it."""
    content = await file.read(MOST_BYTES + 1)
    own = hashlib.sha256(content).hexdigest()
    if mark and mark != own:
        raise TableChangedError(field="file", rule="mark")
    rules = visit.built.rules
    lines = await visit.built.tables.read(content)
    looked_at = await asyncio.to_thread(checked, lines, rules.default_scope)
    if (hit := await idem.replay(session)) is not None:
        return hit
    note(purpose=f"{own[:12]} {'import' if mark else 'check'}")
    wanted = Wanted(not mark, skip_wrong, rules.office_grants)
    found = await import_officers(session, caller, looked_at, wanted, visitor=visit.visitor, now=visit.now)
    answer = ImportOut(
        good_count=len(found.good),
        wrong_count=found.wrong_lines,
        wrong=[WrongOut.of(one, lang) for one in found.wrong[:SHOWN]],
        made=bool(mark),
        mark=own,
    )
    await idem.remember(session, 200, answer)
    return answer
