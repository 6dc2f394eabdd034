"""Feedback: how it is given, giving it, following it by link or in the account, what was published of it."""

from dataclasses import dataclass

from answers.qa import SentOut
from fastapi import APIRouter, Response

from portal.adapters.feedback import Feedback
from portal.api.form_page import Filled, FormFlow, Who, back_to, form_page, needed, shows, told_as
from portal.api.forms import Posted
from portal.api.gates import LostLinkError, SignInNeededError
from portal.api.questions.files import file_box, send_ahead
from portal.api.visit import CitizenDep, Visit, VisitDep, citizen, visit
from portal.domain import feedback_forms as asked
from portal.domain.addresses import Address, Page
from portal.domain.fields import as_typed

router = APIRouter()
PAGE_SIZE = 20
REFUSED = frozenset((403, 404, 429))
NEEDED = {"category": "Chọn việc bạn phản ánh", "title": "Ghi tóm tắt", "text": "Ghi việc đã xảy ra"}


def feedback(visit: Visit) -> Feedback:
    """Give the service of feedback on behalf of a visitor."""
    return Feedback(visit.link("qa"))


@router.get(Page.FEEDBACK)
async def guide(visit: VisitDep) -> Response:
    """Say how feedback is given, and show what became of others'."""
    terms = await feedback(visit).terms()
    cursor = visit.request.query_params.get("cursor", "")[:400]
    results = await visit.spare(feedback(visit).results(limit=PAGE_SIZE, cursor=cursor), None)
    return visit.page("questions/feedback.html", terms=terms, results=results)


@router.get(Page.FEEDBACK_CONTACTS)
async def contacts(visit: VisitDep) -> Response:
    """List where each agency takes feedback: address, telephone, mailbox. Source: BD Đ.10.1; TN Đ.17.3; R-FBK-04"""
    words = visit.request.query_params.get("q", "").strip()[:80]
    agencies = await visit.catalog.agencies(q=words)
    return visit.page("questions/feedback_contacts.html", agencies=agencies, words=words)


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask what happened and who tells it. Raises: SignInNeededError where the province wants an account."""
    terms = await feedback(visit).terms()
    if not terms.from_portal:
        return visit.go(Page.FEEDBACK)
    if terms.needs_account and not visit.session.signed_in:
        raise SignInNeededError
    dossier = visit.request.query_params.get("dossier", "")[:60]
    sender = asked.sender(visit.say, named=visit.session.signed_in)
    questions = [*asked.about(visit.say, terms, dossier), *sender]
    fields = as_typed(questions, filled.typed, filled.wrong)
    box = file_box(visit, filled, terms.files)
    return filled.page(visit, "questions/send_feedback.html", fields=fields, terms=terms, box=box)


async def send(visit: Visit, form: Posted) -> Response:
    """Send it and show the receipt."""
    files = await send_ahead(visit, form, (await feedback(visit).terms()).files)
    body = {name: form.text(name) for name in NEEDED}
    needed(visit, body, NEEDED)
    sender = {name: form.text(name) for name in asked.SENDER}
    sent = await feedback(visit).send(
        {**body, "dossier": form.text("dossier") or None, "sender": sender, "files": files}, form.key
    )
    if visit.session.signed_in:
        return visit.go(Page.MY_FEEDBACK_SENT, number=sent.number)
    return visit.go(Page.FOLLOWED_FEEDBACK_SENT, key=sent.key)


@dataclass(frozen=True)
class Way:
    """One way to feedback: its page, its receipt, the part of the address that names it, and who may go it."""

    page: Address
    sent: Address
    file: Address
    part: str
    who: Who

    async def read(self, visit: Visit) -> SentOut:
        """Read it. Raises: LostLinkError, the same for a wrong key and for one nobody could hold."""
        service, part = feedback(visit), visit.part(self.part)
        found = await visit.found(service.own(part) if self.part == "number" else service.followed(part))
        if found is None:
            raise LostLinkError
        return found

    async def show(self, visit: Visit, filled: Filled) -> Response:
        """Show how it stands."""
        return await self._page(visit, "questions/followed_feedback.html")

    async def receipt(self, visit: Visit, filled: Filled) -> Response:
        """Confirm that it has come in."""
        return await self._page(visit, "questions/sent_feedback.html")

    async def _page(self, visit: Visit, template: str) -> Response:
        found, place = await self.read(visit), {self.part: visit.part(self.part)}
        link = visit.built.public_url + self.page.at(**place)
        return visit.page(template, f=found, way=self, place=place, link=link)


@router.get(Page.MY_FEEDBACK)
async def mine(visit: CitizenDep) -> Response:
    """List the visitor's own feedback."""
    cursor = visit.request.query_params.get("cursor", "")[:400]
    found = await feedback(visit).mine(limit=PAGE_SIZE, cursor=cursor)
    return visit.page("questions/my_feedback.html", found=found)


form_page(
    router, Page.SEND_FEEDBACK, FormFlow(show, send, told_as({}), REFUSED, back_to(Page.FEEDBACK)), visit
)
for way in (
    Way(Page.MY_FEEDBACK_ONE, Page.MY_FEEDBACK_SENT, Page.MY_FEEDBACK_FILE, "number", citizen),
    Way(Page.FOLLOWED_FEEDBACK, Page.FOLLOWED_FEEDBACK_SENT, Page.FOLLOWED_FEEDBACK_FILE, "key", visit),
):
    shows(router, way.page, way.show, way.who)
    shows(router, way.sent, way.receipt, way.who)
