"""Files of questions and feedback: sent ahead and kept beside what is typed, then handed out to who may see them."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated

import httpx
from answers.qa import FileTermsOut
from fastapi import APIRouter, Depends, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from portal.adapters.attachments import Attachments
from portal.api.form_page import Filled, Who, WrongInputError, do_each, part_of
from portal.api.forms import TAKEN, Posted
from portal.api.paging import cursor_of
from portal.api.relayed import relay_file
from portal.api.visit import FormError, OfficerDep, Visit, citizen, officer, visit
from portal.domain.addresses import Address, Page

own, handled = APIRouter(), APIRouter()
CHOSEN, ADD, DROP = "files", "add", "drop"
"""The box where files are chosen, and the buttons beside it."""
MB = 1024**2
HELD_SECONDS = 6 * 3600
"""How long the service holds a file that was sent ahead."""
TOLD = frozenset((403, 429))
"""Refusals of a file that are told beside the usual ones: malware, and too many in an hour."""


@dataclass(frozen=True)
class Taken:
    """A file that was sent ahead."""

    ticket: str
    name: str
    size: int
    scan: str


@dataclass(frozen=True)
class FileBox:
    """The part of a form where files are chosen: what may be sent, and what was sent ahead."""

    terms: FileTermsOut
    taken: list[Taken]
    note: str
    error: str

    @property
    def room(self) -> tuple[int, int, int]:
        """Give what may still be chosen: so many files, bytes of one, bytes of all."""
        left = self.terms.all_mb * MB - sum(one.size for one in self.taken)
        return self.terms.most - len(self.taken), self.terms.file_mb * MB, left


def file_box(visit: Visit, filled: Filled, terms: FileTermsOut) -> FileBox:
    """Show what was sent ahead beside what was typed."""
    note = filled.typed.get(TAKEN, "")
    return FileBox(terms, _noted(visit, note), note, filled.wrong.get(CHOSEN, ""))


def _noted(visit: Visit, note: str) -> list[Taken]:
    kept = visit.built.seal.open(note, HELD_SECONDS, TAKEN) if note else None
    return [Taken(**one) for one in kept or ()]


async def send_ahead(visit: Visit, form: Posted, terms: FileTermsOut) -> list[str]:
    """Send the chosen files ahead and give the tickets of all; the note of them stays with the form.

    Raises: WrongInputError where one is refused, or somebody only adds or drops files.
    """
    dropped = form.text(DROP)
    taken = [one for one in _noted(visit, form.text(TAKEN)) if one.ticket[:8] != dropped]
    chosen = form.uploads(CHOSEN)
    fitting, room = [one for one in chosen if _fits(one, terms)], terms.most - len(taken)
    try:
        await do_each(
            visit, [(CHOSEN, partial(_take, visit, form, one, taken)) for one in fitting[:room]], TOLD
        )
    finally:
        note = visit.built.seal.close([asdict(one) for one in taken], TAKEN) if taken else ""
        form.kept[TAKEN] = note
    wrong = _too_large(visit, chosen, terms)
    words = "Chỉ gửi kèm được {most} tệp; “{name}” chưa được nhận."
    wrong += [
        FormError(CHOSEN, visit.say(words, most=terms.most, name=one.filename)) for one in fitting[room:]
    ]
    if wrong or dropped or form.text(ADD):
        raise WrongInputError(*wrong)
    return [one.ticket for one in taken]


def _fits(upload: UploadFile, terms: FileTermsOut) -> bool:
    return (upload.size or 0) <= terms.file_mb * MB


def _too_large(visit: Visit, chosen: list[UploadFile], terms: FileTermsOut) -> list[FormError]:
    words = "Tệp “{name}” lớn hơn {most} MB. Chọn lại tệp nhỏ hơn."
    large = [one for one in chosen if not _fits(one, terms)]
    return [FormError(CHOSEN, visit.say(words, name=one.filename, most=terms.file_mb)) for one in large]


async def _take(visit: Visit, form: Posted, upload: UploadFile, taken: list[Taken]) -> None:
    part = await part_of(upload)
    mark = hashlib.sha256(part[1][1]).hexdigest()[
        :16
    ]  # the same file of the same form is one, however often sent
    told = await Attachments(visit.link("qa")).send(part, f"{form.key}-{mark}")
    taken.append(Taken(told.ticket, told.name, told.size, told.scan))


@handled.get(Page.HELD_FILES)
async def held(visit: OfficerDep) -> Response:
    """List the files that were held because of malware, the newest first. Source: NB Đ.24.4; R-SEC-05"""
    found = await Attachments(visit.link("qa")).infected(cursor=cursor_of(visit))
    return visit.page("questions/held_files.html", found=found)


Fetch = Callable[[Visit, str, bool], Awaitable[httpx.Response]]


def _hands_out(page: Address, fetch: Fetch, who: Who) -> None:
    """Hand files out at an address: to be kept, or to be looked at where the browser can show them."""

    async def give(visit: Annotated[Visit, Depends(who)], file: str) -> Response:
        seen = visit.request.query_params.get("xem") == "1"
        found = await visit.found(fetch(visit, file, seen))
        if found is None:
            raise HTTPException(404)
        return relay_file(visit, found, framed=seen)

    router = handled if who is officer else own
    router.add_api_route(page, give, methods=["GET"], name=f"file {page.name}")


def _of(about: str) -> Fetch:
    """Fetch by the number in the address; officers have read the warning beside the link they follow."""

    async def fetch(visit: Visit, file: str, seen: bool) -> httpx.Response:
        opened = visit.request.query_params.get("mo") == "1"
        place = f"{about}/{visit.part('number')}"
        return await Attachments(visit.link("qa")).one(place, file, opened=opened, on_screen=seen)

    return fetch


async def _by_key(visit: Visit, file: str, seen: bool) -> httpx.Response:
    return await Attachments(visit.link("qa")).by_key(visit.part("key"), file, on_screen=seen)


_hands_out(Page.FOLLOWED_FILE, _by_key, visit)
_hands_out(Page.FOLLOWED_FEEDBACK_FILE, _by_key, visit)
_hands_out(Page.MY_QUESTION_FILE, _of("own-questions"), citizen)
_hands_out(Page.MY_FEEDBACK_FILE, _of("own-feedback"), citizen)
_hands_out(Page.ASKED_FILE, _of("questions"), officer)
_hands_out(Page.FEEDBACK_FILE, _of("feedback"), officer)
