"""Submitting: the measured hot path, from the request to the committed dossier."""

import hashlib
import uuid
from typing import Annotated, Any

from common.api import CallerDep, DatabaseDep, LangDep, NowDep
from common.errors import FieldProblem, InvalidInputError
from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from intake.api.deps import OfficeDep
from intake.usecases.submit_dossier import RequestKey, Submission, submit_dossier

router = APIRouter(prefix="/api/intake", tags=["dossiers"])
_NO_KEY = FieldProblem(
    "Idempotency-Key", "required", "Yêu cầu nộp hồ sơ phải kèm tiêu đề Idempotency-Key (tối đa 200 ký tự).",
    "A submission needs the header Idempotency-Key (at most 200 characters).",
)  # fmt: skip


class SubmitDossierBody(BaseModel):
    """A draft to submit, or procedure, version, agency and answers at once."""

    model_config = ConfigDict(extra="forbid")

    draft_id: uuid.UUID | None = None
    procedure_code: str = Field("", max_length=40)
    procedure_version: int = 0
    agency: str = Field("", max_length=40)
    case: str | None = Field(None, max_length=60)
    answers: dict[str, Any] = Field(default_factory=dict, max_length=500)
    declaration_accepted: bool
    declaration_version: str = Field(max_length=40)
    result_channel: str | None = Field(None, max_length=20)
    result_address: str | None = Field(None, max_length=300)

    @model_validator(mode="after")
    def one_way(self) -> "SubmitDossierBody":
        """Refuse a body that names neither a draft nor procedure and agency."""
        if self.draft_id is None and not (self.procedure_code and self.procedure_version and self.agency):
            raise ValueError("draft_id, or procedure_code, procedure_version and agency")
        return self


class SubmittedOut(BaseModel):
    """The answer to a submission."""

    code: str
    agency: str
    submitted_at: str
    check_due_at: str
    confirmation_url: str
    next_steps: list[str]


@router.post("/dossiers", status_code=201, response_class=Response, responses={201: {"model": SubmittedOut}})
async def submit(
    *,
    body: SubmitDossierBody,
    request: Request,
    database: DatabaseDep,
    office: OfficeDep,
    caller: CallerDep,
    lang: LangDep,
    now: NowDep,
    key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> Response:
    """Submit; the same key again returns the first answer."""
    if not key or len(key) > 200:
        raise InvalidInputError([_NO_KEY])
    submission = Submission(**body.__dict__)
    content = hashlib.sha256(await request.body()).hexdigest()
    request_key = RequestKey(f"{caller.subject} POST {request.url.path}", key, content)
    answer = await submit_dossier(database, office, caller, submission, key=request_key, lang=lang, now=now)
    return Response(answer, 201, media_type="application/json")
