"""Forms (mẫu đơn, tờ khai) to look at and to download."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from common.api import NowDep, SessionDep
from common.errors import FieldProblem, InvalidInputError
from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import BaseModel, StringConstraints
from regulation.days import Day
from regulation.zone import local_day

from catalog import queries
from catalog.api.deps import EditorDep, FilesDep
from catalog.domain.errors import UnknownFormError
from catalog.usecases.store_form import FormFile, store_form

router = APIRouter(prefix="/api/catalog/forms", tags=["forms"])
LARGEST = 20 * 1024 * 1024
ID = Annotated[str, StringConstraints(pattern="^[a-z0-9-]{2,60}$")]
# What a form file starts with: PDF, and the zip that DOCX, XLSX and ODT are.
KINDS = ((b"%PDF-", "application/pdf", ".pdf"), (b"PK\x03\x04", "application/zip", ".docx"))


class FormOut(BaseModel):
    """A version of a form; `replaced_from` is the day a newer one takes its place."""

    id: str
    version: int
    name: str
    name_en: str
    issuing_text: str
    effective_from: date
    replaced_from: date | None
    in_force: bool
    file_name: str | None
    media_type: str | None
    size: int | None
    href: str


@router.get("/{id_}")
async def show_form(
    session: SessionDep, now: NowDep, id_: str, version: int | None = None, on: Day | None = None
) -> FormOut:
    """Show a form as it is in force on a day, today by default, or in a named version."""
    today = local_day(now)
    row = await queries.form(session, id_, on or today, version)
    return FormOut(
        id=row.id,
        version=row.number,
        name=row.name,
        name_en=row.name_en,
        issuing_text=row.issuing_text,
        effective_from=row.effective_from,
        replaced_from=row.effective_to,
        in_force=row.in_force(today),
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        href=f"/api/catalog/forms/{row.id}/file?version={row.number}",
    )


@router.get("/{id_}/file", response_class=Response)
async def download(
    session: SessionDep, files: FilesDep, now: NowDep, id_: str, version: int | None = None
) -> Response:
    """Download the file of a form."""
    row = await queries.form(session, id_, local_day(now), version)
    if row.sha256 is None:
        raise UnknownFormError(field="form", form=id_)
    name = quote(row.file_name or f"{row.id}.pdf")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(await files.get(row.sha256), media_type=row.media_type, headers=headers)


@router.post("", status_code=201)
async def store(
    *,
    session: SessionDep,
    files: FilesDep,
    by: EditorDep,
    now: NowDep,
    id: Annotated[ID, Form()],
    name: Annotated[str, Form(min_length=2, max_length=300)],
    issuing_text: Annotated[str, Form(min_length=1, max_length=200)],
    effective_from: Annotated[Day, Form()],
    file: UploadFile,
    name_en: Annotated[str, Form(max_length=300)] = "",
) -> FormOut:
    """Store a new version of a form; the same file again changes nothing."""
    data = await file.read(LARGEST + 1)
    media_type, ending = _kind(data)
    kept = await files.put(data)
    form = FormFile(
        id, name, name_en, issuing_text, effective_from, kept.sha256, f"{id}{ending}", media_type, kept.size
    )
    row = await store_form(session, form, by, now)
    return await show_form(session, now, row.id, row.number)


def _kind(data: bytes) -> tuple[str, str]:
    """Tell media type and ending from the content. Raises: InvalidInputError."""
    found = next(((kind, ending) for start, kind, ending in KINDS if data.startswith(start)), None)
    if found is None or len(data) > LARGEST:
        vi, en = (
            "Biểu mẫu phải là tệp PDF, DOCX hoặc ODT, tối đa 20 MB.",
            "A form is a PDF, DOCX or ODT file up to 20 MB.",
        )
        raise InvalidInputError([FieldProblem("file", "form-file", vi, en)])
    return found
