"""The way through a draft: its pages, its papers, the way back for the result, the last look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.domain.addresses import Page
from portal.domain.texts import Say, named

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Stop:
    """One stop of the journey: where it is and whether anything is still to be done there."""

    path: str
    title: str
    state: str
    """todo, problem or done"""


def form_of(draft: Json) -> Json:
    """Take the form definition out of a draft; a procedure without form has none."""
    form: dict[str, Any] = draft.get("eform") or {}
    return form.get("definition") or form


def papers_of(draft: Json) -> list[Json]:
    """List the papers a file is asked for."""
    return [c for c in draft.get("components", ()) if not c.get("filled_by_form")]


def stops(draft: Json, lang: str, say: Say) -> list[Stop]:
    """List the stops of a draft in the order of the journey."""
    form, own = form_of(draft), draft["id"]
    wrong = {p["field"].split(".")[0] for p in draft.get("problems", ())}
    found = []
    for page in form.get("pages", ()):
        names = {f["name"] for f in page["fields"] if f["widget"] not in ("explanation", "file")}
        if not names and not any(f["widget"] == "explanation" for f in page["fields"]):
            continue
        begun = bool(names & set(draft.get("answers", ())))
        state = "done" if not names & wrong and (begun or not names) else "problem" if begun else "todo"
        found.append(
            Stop(Page.QUESTIONS.at(draft_id=own, page=page["id"]), named(page, "title", lang)[0], state)
        )
    if papers_of(draft):
        missing = any(c["id"] in wrong for c in papers_of(draft))
        found.append(
            Stop(Page.PAPERS.at(draft_id=own), say("Giấy tờ kèm theo"), "todo" if missing else "done")
        )
    chosen = "done" if draft.get("result_channel") else "todo"
    found.append(Stop(Page.RESULT_CHANNEL.at(draft_id=own), say("Cách nhận kết quả"), chosen))
    found.append(Stop(Page.REVIEW.at(draft_id=own), say("Xem lại và nộp"), "todo"))
    return found


def first_open(draft: Json, lang: str, say: Say) -> str:
    """Give the first stop where something is left to do; the last look always is one."""
    return next(stop.path for stop in stops(draft, lang, say) if stop.state != "done")


def neighbours(draft: Json, page: str, lang: str, say: Say) -> tuple[str, str]:
    """Give the stops before and after a page of questions; the overview stands before the first."""
    paths = [Page.DRAFT.at(draft_id=draft["id"]), *(stop.path for stop in stops(draft, lang, say))]
    path = Page.QUESTIONS.at(draft_id=draft["id"], page=page)
    place = paths.index(path) if path in paths else 1
    return paths[place - 1], paths[place + 1]


def page_of(draft: Json, field: str) -> str:
    """Give the stop where a problem's field is asked."""
    name = field.split(".", maxsplit=1)[0]
    for page in form_of(draft).get("pages", ()):
        if any(f["name"] == name for f in page["fields"]):
            return Page.QUESTIONS.at(draft_id=draft["id"], page=page["id"])
    if name.startswith("result_"):
        return Page.RESULT_CHANNEL.at(draft_id=draft["id"])
    return Page.PAPER.at(draft_id=draft["id"], component=name)
