"""Store a form in a new version; it replaces the old one on its effective day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.editors import Editor
from catalog.models import EditEntry, Form


@dataclass(frozen=True)
class FormFile:
    """A form as it is handed in: what it is, on which text it rests, and where its file lies."""

    id: str
    name: str
    name_en: str
    issuing_text: str
    effective_from: date
    sha256: str
    file_name: str
    media_type: str
    size: int


async def store_form(session: AsyncSession, file: FormFile, by: Editor, now: datetime) -> Form:
    """Keep the new version beside the old, which ends on the day the new one starts; the same file twice is one.

    Source: TN Đ.4.3; NB Đ.2.5.b; BD Đ.14.3; R-CAT-12
    """
    rows = (await session.scalars(select(Form).where(Form.id == file.id).order_by(Form.number))).all()
    if rows and rows[-1].sha256 == file.sha256:
        return rows[-1]
    if rows:
        rows[-1].effective_to = file.effective_from
    # The first version belongs to the procedure it comes with; only a later one has to be announced.
    form = Form(number=len(rows) + 1, announced=not rows, **vars(file))
    session.add(form)
    old = {"number": rows[-1].number} if rows else None
    new = {"number": form.number, "effective_from": file.effective_from.isoformat(), "sha256": file.sha256}
    session.add(
        EditEntry.of(
            "form_stored",
            "form",
            f"{file.id}/{form.number}",
            by,
            now,
            decision=file.issuing_text,
            old=old,
            new=new,
        )
    )
    await session.flush()
    return form
