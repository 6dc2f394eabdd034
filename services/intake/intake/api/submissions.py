"""Submitting: the measured hot path, from the request to the committed dossier."""

import hashlib
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from common.api.deps import any_caller, caller, language, now, only_for, optional_caller
from common.errors import FieldProblem, InvalidInputError, UnauthenticatedError
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from regulation.codes.agency import LONGEST
from regulation.days import Moment
from regulation.roles import Right, who_may
from regulation.typed import Typed
from starlette.routing import request_response

from intake.domain.confirming import ByCode
from intake.domain.entry import Confirmation, Entry, Way
from intake.domain.late import Late, as_printed
from intake.domain.submission import Submission
from intake.usecases.submit_dossier import RequestKey, submit_dossier


class _PlainRoute(APIRoute):
    """Hands the request over as it came: resolving dependencies costs as much as judging the answers."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.app = request_response(endpoint)


router = APIRouter(prefix="/api/intake", tags=["dossiers"], route_class=_PlainRoute)
B = TypeVar("B", bound=BaseModel)
Read = Callable[[Request, bytes], Awaitable[Submission]]
CODE = "motcua-counter-code"
"""What identity's statements about a code at the counter are for."""
_NO_KEY = FieldProblem(
    "Idempotency-Key",
    "required",
    "Yêu cầu nộp hồ sơ phải kèm tiêu đề Idempotency-Key (tối đa 200 ký tự).",
    "A submission needs the header Idempotency-Key (at most 200 characters).",
)


class SubmitDossierBody(BaseModel):
    """A draft to submit, or procedure, version, agency and answers at once."""

    model_config = ConfigDict(extra="forbid")

    draft_id: uuid.UUID | None = None
    procedure_code: str = Field("", max_length=40)
    procedure_version: int = 0
    agency: str = Field("", max_length=LONGEST)
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


class LateBody(BaseModel):
    """What was received on paper while the system was down: when, in which outage, on which numbered form."""

    model_config = ConfigDict(extra="forbid")

    received_at: Moment
    outage: str = Field(max_length=40)
    form_number: Typed = Field(min_length=1, max_length=40)

    def late(self) -> Late:
        """Return it as the story reads it."""
        return Late(self.received_at, self.outage, as_printed(self.form_number))


class SubmitCounterBody(BaseModel):
    """A draft that an officer wrote for somebody, how it came in and how the applicant stands by it."""

    model_config = ConfigDict(extra="forbid")

    draft_id: uuid.UUID
    declaration_accepted: bool
    declaration_version: str = Field(max_length=40)
    result_channel: str | None = Field(None, max_length=20)
    result_address: str | None = Field(None, max_length=300)
    way: Way
    confirmation: Confirmation
    late: LateBody | None = None
    code_statement: str | None = Field(None, max_length=4000)
    """What identity states of the code by which the applicant confirmed."""


class SubmittedOut(BaseModel):
    """The answer to a submission."""

    code: str
    agency: str
    submitted_at: str
    check_due_at: str
    confirmation_url: str
    next_steps: list[str]


def _schema(body: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a body in one piece, as it stands inside a route's description."""
    schema = body.model_json_schema()
    named = schema.pop("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, list):
            return [whole(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return whole(named[part["$ref"].rpartition("/")[2]])
        return {name: whole(one) for name, one in part.items()}

    return dict(whole(schema))


def _documented(body: type[BaseModel]) -> dict[str, Any]:
    key = {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}
    content = {"application/json": {"schema": _schema(body)}}
    return {
        "status_code": 201,
        "response_class": Response,
        "responses": {201: {"model": SubmittedOut}},
        "openapi_extra": {"parameters": [key], "requestBody": {"required": True, "content": content}},
    }


@router.post("/dossiers", **_documented(SubmitDossierBody))
async def submit(request: Request) -> Response:
    """Submit; the same key again returns the first answer."""
    return await _submit(request, Right.SUBMIT_DOSSIER, _read)


@router.post(
    "/counter/dossiers",
    dependencies=[
        only_for(who_may(Right.ACCEPT_DOSSIER))
    ],  # told to who reads routes; the story asks it itself
    **_documented(SubmitCounterBody),
)
async def submit_for_somebody(request: Request) -> Response:
    """Hand in what an officer wrote down for somebody; the same key again returns the first answer."""
    return await _submit(request, Right.ACCEPT_DOSSIER, _read_counter)


async def _submit(request: Request, right: Right, read: Read) -> Response:
    who = await caller(request, await any_caller(await optional_caller(request)))
    who.require(*who_may(right))
    key = request.headers.get("idempotency-key", "")
    if not key or len(key) > 200:
        raise InvalidInputError([_NO_KEY])
    content = await request.body()
    request_key = RequestKey(
        f"{who.subject} POST {request.scope['path']}", key, hashlib.sha256(content).hexdigest()
    )
    answer = await submit_dossier(
        request.app.state.built.submitting,
        who,
        await read(request, content),
        key=request_key,
        lang=await language(request),
        now=await now(request),
    )
    return Response(answer, 201, media_type="application/json")


async def _read(_request: Request, content: bytes) -> Submission:
    return Submission(**_checked(SubmitDossierBody, content).__dict__)


async def _read_counter(request: Request, content: bytes) -> Submission:
    told = dict(_checked(SubmitCounterBody, content).__dict__)
    late = told.pop("late")
    by_code = await _by_code(request, told.pop("code_statement"))
    received = late.late() if late else None
    entry = Entry(told.pop("way"), told.pop("confirmation"), received, by_code)
    return Submission(entry=entry, **told)


async def _by_code(request: Request, statement: str | None) -> ByCode | None:
    """Read what identity states of a code; None where that is no statement of this kind."""
    try:
        said = await request.app.state.verifier.stated(statement, CODE) if statement else {}
        return ByCode(*(str(said[name]) for name in ("sub", "sent_to", "draft", "fingerprint")))
    except (UnauthenticatedError, KeyError):
        return None


def _checked(body: type[B], content: bytes) -> B:
    try:
        return body.model_validate_json(content)
    except ValidationError as error:
        problems = [{**found, "loc": ("body", *found["loc"])} for found in error.errors(include_url=False)]
        raise RequestValidationError(problems) from None
