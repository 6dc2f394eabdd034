"""What a page posted: only taken when it came from our own page, and kept as typed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from regulation.text import cleaned
from starlette.datastructures import FormData, UploadFile

from portal.api.visit import Visit, visit
from portal.domain.fields import Field
from portal.domain.numbers import whole_number

HIDDEN = frozenset({"form_token", "request_key", "stash", "shown"})
UPLOAD_NAMES = ("file", "photo")
RELOAD = "reload"
"""What loads more of a page to choose from, and sends nothing."""
TAKEN = "taken"
"""The note of files that were sent ahead of their form."""


class StrangeFormError(Exception):
    """The form did not come from a page of ours, or that page is too old."""


@dataclass(frozen=True)
class Posted:
    """The fields and files of a posted form."""

    form: FormData
    kept: dict[str, str] = field(default_factory=dict)
    """What stands in a field from now on, should the page be shown again."""

    def text(self, name: str) -> str:
        """Give a typed text without what cannot be seen, trimmed, letters composed; empty when absent."""
        value = self.form.get(name)
        return cleaned(value) if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Give all values of a field that may stand several times."""
        return [cleaned(value) for value in self.form.getlist(name) if isinstance(value, str)]

    def typed(self) -> dict[str, str]:
        """Give every field exactly as typed."""
        typed = {
            name: value for name, value in self.form.items() if isinstance(value, str) and name not in HIDDEN
        }
        return typed | self.kept

    def boxes(self) -> dict[str, str | list[str]]:
        """Give every field exactly as typed, one that stands several times as a list."""
        found: dict[str, str | list[str]] = {}
        for name, typed in self.typed().items():
            values = [value for value in self.form.getlist(name) if isinstance(value, str)]
            found[name] = values if len(values) > 1 else typed
        return found

    def filled(self, names: Iterable[str]) -> dict[str, str]:
        """Give the named fields that are not empty."""
        return {name: text for name in names if (text := self.text(name))}

    def differs(self, offered: Iterable[Field]) -> bool:
        """Tell whether something was typed, chosen or taken back since these questions were offered."""
        asked = [leaf for one in offered for leaf in one.leaves]
        files = any(isinstance(value, UploadFile) and value.filename for value in self.form.values())
        return (
            files
            or bool(self.text(TAKEN))
            or any(self.text(leaf.name) != cleaned(leaf.value) for leaf in asked)
        )

    @property
    def key(self) -> str:
        """Give the request key, the same for every repeat of this form; a form without one gets one."""
        return self.text("request_key") or str(uuid.uuid4())

    @property
    def version(self) -> int:
        """Give the version of the record that the page showed."""
        return whole_number(self.text("version"))

    def chosen(self, prefix: str) -> list[str]:
        """Give the places at which a file was chosen, of those whose names begin so."""
        return [
            name
            for name, value in self.form.items()
            if name.startswith(prefix) and isinstance(value, UploadFile) and value.filename
        ]

    def uploads(self, name: str) -> list[UploadFile]:
        """Give the files chosen at a place that takes several."""
        return [one for one in self.form.getlist(name) if isinstance(one, UploadFile) and one.filename]

    def file(self, place: str) -> UploadFile | None:
        """Give the file chosen at a place, or photographed, if there is one."""
        for name in (place, *UPLOAD_NAMES):
            value = self.form.get(name)
            if isinstance(value, UploadFile) and value.filename:
                return value
        return None


def same_origin(request: Request) -> bool:
    """Say whether the browser states that the form came from this very site."""
    told = request.headers.get("sec-fetch-site")
    if told:
        return told == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def posted(request: Request, visit: Annotated[Visit, Depends(visit)]) -> Posted:
    """Read a posted form. Raises: StrangeFormError."""
    form = await request.form()
    token = form.get("form_token")
    if not same_origin(request) or not isinstance(token, str) or not visit.session.owns(token):
        raise StrangeFormError
    return Posted(form)


PostedDep = Annotated[Posted, Depends(posted)]
