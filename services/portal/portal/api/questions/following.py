"""Follow a question: by the link of the receipt, or in the account; add a file, ask what is still unclear."""

from dataclasses import dataclass

from answers.qa import FollowedOut
from fastapi import APIRouter, Response

from portal.adapters.questions import Thread
from portal.api.form_page import (
    Filled,
    FormFlow,
    Who,
    needed,
    sends,
    shows,
)
from portal.api.forms import Posted
from portal.api.gates import LostLinkError
from portal.api.questions.asking import SEEN, told
from portal.api.questions.files import file_box, send_ahead
from portal.api.visit import CitizenDep, Visit, citizen, visit
from portal.domain.addresses import Address, Page
from portal.domain.fields import as_typed
from portal.domain.question_forms import more

router = APIRouter()
PAGE_SIZE = 20


@dataclass(frozen=True)
class Way:
    """One way to a question: its pages, the part of the address that names it, and who may go it."""

    page: Address
    sent: Address
    more: Address
    file: Address
    part: str
    who: Who

    def thread(self, visit: Visit) -> Thread:
        """Give the question on behalf of the visitor."""
        return Thread(visit.link("qa"), **{self.part: visit.part(self.part)})

    async def read(self, visit: Visit) -> FollowedOut:
        """Read the question. Raises: LostLinkError, the same for a wrong key and for one nobody could hold."""
        found = await visit.found(self.thread(visit).read())
        if found is None:
            raise LostLinkError
        return found

    async def show(self, visit: Visit, filled: Filled) -> Response:
        """Show how the question stands, what was answered, and what the asker may do."""
        found = await self.read(visit)
        seen = filled.typed.get(SEEN) == "true"
        box = None
        if "supplements" in found.actions:
            box = file_box(visit, filled, (await visit.questions.terms()).files)
        return filled.page(
            visit,
            "questions/followed.html",
            q=found,
            way=self,
            place={self.part: visit.part(self.part)},
            field=as_typed([more(visit.say)], filled.typed, filled.wrong)[0],
            doubtful=seen or SEEN in filled.wrong,
            seen=seen,
            box=box,
        )

    async def receipt(self, visit: Visit, filled: Filled) -> Response:
        """Confirm that the question has come in: its number, the link, what happens next."""
        found = await self.read(visit)
        part, terms = visit.part(self.part), await visit.spare(visit.questions.terms(), None)
        times = {one.key: one.said for one in terms.deadlines} if terms else {}
        link = visit.built.public_url + self.page.at(**{self.part: part})
        return filled.page(
            visit,
            "questions/sent.html",
            q=found,
            way=self,
            place={self.part: part},
            link=link,
            usual=times.get("own", ""),
        )

    async def ask_more(self, visit: Visit, form: Posted) -> Response:
        """Ask what is still unclear; it becomes a question of its own that leads back to this one."""
        files = await send_ahead(visit, form, (await visit.questions.terms()).files)
        body = {"text": form.text("text"), "warnings_seen": form.text("warnings_seen") == "true"}
        needed(visit, body | {"warnings_seen": True}, {"text": "Ghi điều bạn còn chưa rõ"})
        asked = await self.thread(visit).ask_more({**body, "files": files}, form.key)
        if self.part == "number":
            return visit.go(Page.MY_QUESTION_SENT, number=asked.number)
        return visit.go(Page.FOLLOWED_SENT, key=asked.key)


BY_LINK = Way(Page.FOLLOWED, Page.FOLLOWED_SENT, Page.FOLLOWED_MORE, Page.FOLLOWED_FILE, "key", visit)
IN_ACCOUNT = Way(
    Page.MY_QUESTION,
    Page.MY_QUESTION_SENT,
    Page.MY_QUESTION_MORE,
    Page.MY_QUESTION_FILE,
    "number",
    citizen,
)


@router.get(Page.MY_QUESTIONS)
async def mine(visit: CitizenDep) -> Response:
    """List the visitor's own questions, the newest first."""
    cursor = visit.request.query_params.get("cursor", "")[:400]
    found = await visit.questions.mine(limit=PAGE_SIZE, cursor=cursor)
    return visit.page("questions/mine.html", found=found, unread=await visit.unread())


for way in (IN_ACCOUNT, BY_LINK):
    shows(router, way.page, way.show, way.who)
    shows(router, way.sent, way.receipt, way.who)
    sends(router, way.more, FormFlow(way.show, way.ask_more, told), way.who)
