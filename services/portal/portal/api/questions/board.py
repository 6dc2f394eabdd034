"""The board: open questions by what is to be done, by agency and age; urging in one action."""

from dataclasses import dataclass

from answers.qa import BoardRowOut, CountsOut, Queue
from fastapi import APIRouter, Response

from portal.api.dossier_view import keep_words, words_of
from portal.api.form_page import Filled, FormFlow, sends, told_at
from portal.api.forms import Posted, PostedDep
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain.addresses import Page
from portal.domain.deadlines import Deadline, deadline
from portal.domain.fields import Choice, Field
from portal.domain.question_forms import listed
from portal.domain.queues import question_tabs

router = APIRouter()
PAGE_SIZE = 25
FORBIDDEN = frozenset((403,))
FOUND_IN = (Queue.OPEN, Queue.ANSWERED, Queue.REFUSED, Queue.MOVED)
"""The groups that hold every question once, in the order in which they are shown."""


async def show_board(visit: Visit, filled: Filled) -> Response:
    """List the questions, the soonest due first."""
    asked = visit.request.query_params
    words = words_of(visit, "asked_q", tab="muc" in asked)
    wish = {
        name: asked.get(key, "")[:80]
        for name, key in (("queue", "muc"), ("agency", "co-quan"), ("topic", "chu-de"))
    }
    wish["queue"] = wish["queue"] or Queue.OPEN
    looked = await _looked_for(visit, words) if words else None
    counts = looked.counts if looked else await visit.questions.counts()
    if looked and not counts.queues.get(wish["queue"]):
        wish["queue"] = next((queue for queue in FOUND_IN if counts.queues.get(queue)), wish["queue"])
    found = await visit.questions.board(
        **wish,
        q=words,
        people=looked is not None and looked.people,
        limit=PAGE_SIZE,
        cursor=asked.get("cursor", "")[:400],
    )
    return filled.page(
        visit,
        "questions/board.html",
        found=found,
        rows=[(row, left(visit, row)) for row in found.items],
        tabs=question_tabs(counts, wish["queue"], waiting=False, found=looked is not None),
        counts=counts,
        wish=wish,
        words=words,
        questions=await _filters(visit, counts, wish),
    )


@dataclass(frozen=True)
class Looked:
    """What was found in each group, and whether it was looked for in what askers said of themselves."""

    counts: CountsOut
    people: bool


async def _looked_for(visit: Visit, words: str) -> Looked:
    """Look in every group: by number and title first, then by who asked."""
    counts = await visit.questions.counts(q=words)
    if any(counts.queues.values()):
        return Looked(counts, people=False)
    return Looked(await visit.questions.counts(q=words, people=True), people=True)


def left(visit: Visit, row: BoardRowOut) -> Deadline:
    """Say how much working time is left."""
    return deadline(row.left_minutes, row.urgency or "", visit.say)


async def _filters(visit: Visit, counts: CountsOut, wish: dict[str, str]) -> list[Field]:
    everything = Choice("", visit.say("Tất cả"))
    agencies = tuple(Choice(one.agency, one.agency_name) for one in counts.agencies if one.agency)
    topics = listed((await visit.questions.terms()).topics)
    rows = (("co-quan", "Cơ quan", wish["agency"], agencies), ("chu-de", "Chủ đề", wish["topic"], topics))
    return [
        Field(name, visit.say(label), "select", value, choices=(everything, *choices))
        for name, label, value, choices in rows
        if len(choices) > 1
    ]


@router.get(Page.ASKED)
async def board(visit: OfficerDep) -> Response:
    """Show the board."""
    return await show_board(visit, Filled())


@router.post(Page.ASKED_SEARCH)
async def search_board(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address."""
    return keep_words(visit, "asked_q", form.text("q"), Page.ASKED, muc=form.text("muc"))


async def remind(visit: Visit, form: Posted) -> Response:
    """Urge the agency that owes the answer."""
    await visit.questions.act(visit.part("number"), "reminder", {"version": form.version}, form.key)
    return visit.go(
        Page.ASKED,
        **{"muc": form.text("muc"), "co-quan": form.text("co-quan")},
        flash="Đã đôn đốc. Cơ quan được báo ngay.",
    )


sends(router, Page.ASKED_REMINDER, FormFlow(show_board, remind, told_at(""), FORBIDDEN), officer)
