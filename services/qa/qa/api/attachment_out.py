"""Files of a question or of feedback as its pages list them, and what may be sent."""

import uuid
from datetime import datetime
from typing import Annotated

from files.kinds import picker, spoken
from files.refusals import Limits
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.attachments import KINDS, MOST_BYTES, MOST_FILES
from qa.queries.attachments import files_of

Ticket = Annotated[str, Field(min_length=20, max_length=100)]


class FilesBody(BaseModel):
    """Files that were uploaded before, by their tickets."""

    files: Annotated[list[Ticket], Field(max_length=20)] = []


class AttachmentOut(BaseModel):
    """A file that came along; `scan` is clean, not_scanned, pending or infected."""

    id: uuid.UUID
    name: str
    size: int
    media_type: str
    source: str
    scan: str
    on_screen: bool
    uploaded_at: datetime


class FileTermsOut(BaseModel):
    """How many files may come along, how large (MB, million pixels), of which kinds."""

    most: int
    file_mb: int
    all_mb: int
    megapixels: int
    accepts: list[str]
    kinds: list[str]

    @classmethod
    def of(cls, limits: Limits) -> "FileTermsOut":
        """Return the limits in the units people know."""
        return cls(
            most=MOST_FILES,
            file_mb=limits.file_bytes // 1048576,
            all_mb=MOST_BYTES // 1048576,
            megapixels=limits.megapixels,
            accepts=picker(KINDS),
            kinds=spoken(KINDS),
        )


async def files_out(session: AsyncSession, number: str) -> list[AttachmentOut]:
    """Describe the files of a question or of feedback."""
    return [
        AttachmentOut.model_validate(one, from_attributes=True) for one in await files_of(session, number)
    ]
