"""What applicant and officers see of a dossier alike: the answers in words, and the files in a viewer."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from answers.intake import DossierOut, FileOut
from eforms import Form, settle
from eforms.kinds import kind_of
from fastapi import APIRouter, Response
from regulation.zone import local_day
from starlette.datastructures import QueryParams

from portal.api.forms import PostedDep
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Address
from portal.domain.dossier_pages import DossierPages
from portal.domain.eforms import Answers, FormReader, tongue
from portal.domain.queues import beside

FILE_KINDS = {"van-ban": "documents", "tep": "files"}
ON_PAPER = "ban-giay"
"""Asks for the copy that is printed for who wants it on paper."""


def form_reader(visit: Visit, form: Form, lang: str = "") -> FormReader:
    """Give what lays an e-form out for this visitor, on the day of the visit, or in another language."""
    return FormReader(form, lang or visit.lang, visit.say, local_day(visit.now))


@dataclass(frozen=True)
class Section:
    """The answers of one page of a form: its id, its title, and each question with its answer in words."""

    id: str
    title: str
    lang: str
    rows: list[tuple[str, str]]


def sections(visit: Visit, form: Form, answers: Answers) -> list[Section]:
    """Lay the answers out by the pages of the form, in words."""
    reader = form_reader(visit, form)
    settled = settle(reader.form, answers, reader.today)
    found = []
    for page in reader.form.pages:
        rows = [
            (
                question.label.told(visit.lang),
                reader.told(question, settled.answers.get(question.name)),
            )
            for question in page.questions
            if question.name not in settled.hidden and not kind_of(question.widget).silent
        ]
        if rows:
            found.append(Section(page.id, page.title.told(visit.lang), tongue(page.title, visit.lang), rows))
    return found


def shown_file(visit: Visit, dossier: DossierOut) -> FileOut | None:
    """Pick the file for the viewer: the one asked for, else the first that was not replaced."""
    files = [file for component in dossier.components for file in component.files]
    wanted = visit.request.query_params.get("tep", "")
    chosen = next((file for file in files if file.id == wanted), None)
    return chosen or next((file for file in files if not file.replaced), None)


def forewarned(visit: Visit, code: str) -> bool:
    """Say whether the warning was read for this very dossier; looking at another one forgets it."""
    kept = visit.session.notes.get("unscanned", "")
    if kept and kept != code:
        del visit.session.notes["unscanned"]
        visit.session.changed = True
    return kept == code


def file_routes(place: DossierPages) -> APIRouter:
    """Mount the viewer of a dossier's files where one group of officers looks at it."""

    async def open_unscanned(visit: OfficerDep, code: str, form: PostedDep) -> Response:
        """Remember that the officer has read the warning and opens the unscanned files of this dossier."""
        visit.session.notes["unscanned"], visit.session.changed = code, True
        return visit.go(place.dossier.at(code=code, tep=form.text("tep")) + "#viewer")

    async def view(visit: OfficerDep, code: str, kind: str, number: str) -> Response:
        """Show a file inside the viewer of the dossier page."""
        return await _file(visit, code, kind, number, framed=True)

    async def download(visit: OfficerDep, code: str, kind: str, number: str) -> Response:
        """Download a file."""
        return await _file(visit, code, kind, number, framed=False)

    router = APIRouter()
    router.add_api_route(place.unscanned, open_unscanned, methods=["POST"])
    router.add_api_route(place.view, view, methods=["GET"])
    router.add_api_route(place.file, download, methods=["GET"])
    return router


async def _file(visit: Visit, code: str, kind: str, number: str, *, framed: bool) -> Response:
    kind = FILE_KINDS.get(kind, "files")
    if visit.request.query_params.get(ON_PAPER):
        copy = await visit.dossiers.paper_copy(code, kind, number, opened=forewarned(visit, code))
        return relay_file(visit, copy, framed=True)
    answer = await visit.dossiers.file(code, kind, number, opened=forewarned(visit, code), on_screen=framed)
    return relay_file(visit, answer, framed=framed)


def remember(visit: Visit, name: str, found: Sequence[str], cursor: str, following: str) -> None:
    """Remember the dossiers of a list and where it was left, so that each leads to its neighbours and back.

    A page that goes on where the last one ended is remembered behind it.
    """
    notes = visit.session.notes
    before = (
        notes.get(f"{name}_codes", "").split(",") if cursor and cursor == notes.get(f"{name}_next") else []
    )
    codes = [one for one in before if one not in found] + list(found)
    kept = {
        f"{name}_codes": ",".join(codes[-REMEMBERED:]),
        f"{name}_next": following,
        f"{name}_view": f"{visit.frame.path}?{visit.request.url.query}"[:LONGEST_VIEW],
    }
    if any(notes.get(key) != value for key, value in kept.items()):
        notes.update(kept)
        visit.session.changed = True


Further = Callable[[Visit, str], Awaitable[tuple[list[str], str]]]
"""Reads a list on behind a cursor, as it was left: the codes of the next page, and where that one ends."""


async def next_to(visit: Visit, name: str, code: str, further: Further) -> tuple[str, str]:
    """Give the dossiers before and after one in the list last looked at, over the ends of its pages."""
    notes = visit.session.notes
    codes = [one for one in notes.get(f"{name}_codes", "").split(",") if one]
    cursor, crossed = notes.get(f"{name}_next", ""), CROSSED in visit.request.query_params
    if not (codes and cursor and (code == codes[-1] or (crossed and code not in codes))):
        return beside(codes, code)
    more, following = await visit.spare(further(visit, cursor), ([], ""))
    if code in more:
        notes[f"{name}_view"] = _turned(notes.get(f"{name}_view", ""), cursor)
        notes[f"{name}_next"] = following
        notes[f"{name}_codes"] = ",".join((codes + more)[-REMEMBERED:])
        visit.session.changed = True
    return beside([*codes, *more], code)


def _turned(view: str, cursor: str) -> str:
    """Give the address of a list at another of its pages."""
    path, _, query = view.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "cursor"]
    return f"{path}?{urlencode([*kept, ('cursor', cursor)], safe='/')}"


def left_view(visit: Visit, name: str) -> QueryParams:
    """Give what the address said at which a list was left."""
    return QueryParams(visit.session.notes.get(f"{name}_view", "").partition("?")[2])


def left_at(visit: Visit, name: str, page: Address, code: str) -> str:
    """Give the address at which a list was left, at the row of a dossier where it stands on it."""
    view = visit.session.notes.get(f"{name}_view", "")
    on_it = code in visit.session.notes.get(f"{name}_codes", "").split(",")
    return visit.url(view or page) + (f"#{code}" if on_it else "")


def keep_words(visit: Visit, name: str, words: str, target: Address, **tab: str) -> Response:
    """Keep the words looked for out of the address: they may be somebody's name."""
    visit.session.notes[name] = words[:100]
    visit.session.changed = True
    return visit.go(target, **tab, **{SEARCHED: "1" if words else ""})


def words_of(visit: Visit, name: str, *, tab: bool) -> str:
    """Give the words looked for; who chose a tab has ended the search."""
    if tab and SEARCHED not in visit.request.query_params and visit.session.notes.pop(name, ""):
        visit.session.changed = True
    return visit.session.notes.get(name, "")


REMEMBERED, LONGEST_VIEW = 50, 600
SEARCHED = "tim"
"""Marks the address of what a search found: an address of a tab without it was chosen, not searched."""
CROSSED = "sang"
"""Marks the address of a dossier that one came to over the end of a page."""
