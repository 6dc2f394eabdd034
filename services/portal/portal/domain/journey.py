"""The way through a draft: its pages, its papers, the way back for the result, the last look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answers.intake import DraftComponentOut, DraftOut
from eforms import Form, read_form
from eforms.kinds import BY_PAPER

from portal.domain.addresses import Page
from portal.domain.texts import Say


@dataclass(frozen=True)
class Stop:
    """One stop of the journey: where it is and whether anything is still to be done there."""

    path: str
    title: str
    state: str
    """todo, problem or done"""


def form_of(eform: Mapping[str, Any] | None) -> Form:
    """Read the form of a draft or of a dossier's procedure; one without form asks nothing."""
    told = eform or {}
    return read_form(told.get("definition") or told)


def papers_of(draft: DraftOut) -> list[DraftComponentOut]:
    """List the papers a file is asked for."""
    return [component for component in draft.components if not component.filled_by_form]


def stops(draft: DraftOut, lang: str, say: Say) -> list[Stop]:
    """List the stops of a draft in the order of the journey."""
    wrong = {p.field.split(".")[0] for p in draft.problems}
    found = []
    for page in form_of(draft.eform).pages:
        asked = [question for question in page.questions if question.widget not in BY_PAPER]
        names = {question.name for question in asked if question.widget != "explanation"}
        if not asked:
            continue
        begun = bool(names & draft.answers.keys())
        state = "done" if not names & wrong and (begun or not names) else "problem" if begun else "todo"
        found.append(Stop(Page.QUESTIONS.at(draft_id=draft.id, page=page.id), page.title.told(lang), state))
    acting = "problem" if wrong & form_of(draft.submitter.eform).questions.keys() else "done"
    found.append(Stop(_submitter(draft), say("Bạn nộp hồ sơ cho ai"), acting))
    if papers := papers_of(draft):
        state = "todo" if any(c.id in wrong for c in papers) else "done"
        found.append(Stop(Page.PAPERS.at(draft_id=draft.id), say("Giấy tờ kèm theo"), state))
    chosen = "done" if draft.result_channel else "todo"
    found.append(Stop(Page.RESULT_CHANNEL.at(draft_id=draft.id), say("Cách nhận kết quả"), chosen))
    found.append(Stop(Page.REVIEW.at(draft_id=draft.id), say("Xem lại và nộp"), "todo"))
    return found


def first_open(draft: DraftOut, lang: str, say: Say) -> str:
    """Give the first stop where something is left to do; the last look always is one."""
    return next(stop.path for stop in stops(draft, lang, say) if stop.state != "done")


def neighbours(draft: DraftOut, page: str, lang: str, say: Say) -> tuple[str, str]:
    """Give the stops before and after a page of questions; the overview stands before the first.

    Who applies for somebody else says so on a page of its own, which nobody else has to pass.
    """
    way = [stop.path for stop in stops(draft, lang, say) if stop.path != _submitter(draft)]
    paths = [Page.DRAFT.at(draft_id=draft.id), *way]
    path = Page.QUESTIONS.at(draft_id=draft.id, page=page)
    place = paths.index(path) if path in paths else 1
    return paths[place - 1], paths[place + 1]


def _submitter(draft: DraftOut) -> str:
    return Page.SUBMITTER.at(draft_id=draft.id)


def page_of(draft: DraftOut, field: str) -> str:
    """Give the stop where a problem's field is asked."""
    name = field.split(".", maxsplit=1)[0]
    if question := form_of(draft.eform).questions.get(name):
        return Page.QUESTIONS.at(draft_id=draft.id, page=question.page)
    if name.startswith("submitter_"):
        return _submitter(draft)
    if name.startswith("result_"):
        return Page.RESULT_CHANNEL.at(draft_id=draft.id)
    return Page.PAPER.at(draft_id=draft.id, component=name)
