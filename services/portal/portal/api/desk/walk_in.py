"""Somebody comes to the counter: find them, or read their card, and begin a dossier for them."""

from answers.intake import PeopleOut
from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.http import Json
from portal.adapters.walk_ins import WalkIns
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, form_page, needed, sends
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, as_typed, offered

router = APIRouter()
WORDS, LONGEST = "walk_in", 400
CARD, NOBODY = "card", "new"
"""What stands for who the scanned card names, and for somebody nothing is known of."""
RECEIVES = officer_with(Right.ACCEPT_DOSSIER)


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask who is there; once looked for, offer who was found and ask which procedure it is."""
    words, walk_ins = _words(visit), WalkIns(visit.link("intake"))
    found = await walk_ins.people(words) if words else None
    fields = as_typed(await _questions(visit, found), filled.typed, filled.wrong) if found else []
    first = next((one.name for one in fields if not one.value), "")
    return filled.page(
        visit,
        "desk/walk_in.html",
        fields=fields,
        first=first,
        words=words,
        scanned="|" in words,
        found=found,
        begun=await visit.spare(walk_ins.all(), ()),
    )


def _words(visit: Visit) -> str:
    return visit.session.notes.get(WORDS, "") if "tim" in visit.request.query_params else ""


async def _questions(visit: Visit, found: PeopleOut) -> list[Field]:
    people = [_known(visit, found, place) for place in range(len(found.items))]
    if found.card:
        people.append(Choice(CARD, found.card.name, visit.say("Theo thẻ căn cước vừa quét")))
    people.append(Choice(NOBODY, visit.say("Người khác, chưa có trong danh sách")))
    first = people[0].value if len(found.items) <= 1 else ""
    here = str(visit.session.account.get("agency") or "")
    listed = await visit.catalog.search(agency=here, limit=200)
    procedures = offered(listed.items, visit.lang)
    return [
        Field("person", visit.say("Lập hồ sơ cho ai?"), "radios", first, choices=tuple(people)),
        Field("procedure", visit.say("Thủ tục"), "select", choices=procedures),
    ]


def _known(visit: Visit, found: PeopleOut, place: int) -> Choice:
    """Tell people of one name apart by the last digits of their numbers and by their newest dossier."""
    one = found.items[place]
    ends = visit.say("số định danh …{id}, điện thoại …{phone}", id=one.id_ending, phone=one.phone_ending)
    newest = visit.say("hồ sơ mới nhất {code}: {state}", code=one.code, state=one.state_label)
    return Choice(one.code, one.name, f"{ends}; {newest}")


async def search(visit: Visit, form: Posted) -> Response:
    """Keep what was typed or scanned out of the address: it says who somebody is."""
    visit.session.notes[WORDS], visit.session.changed = form.text("q")[:LONGEST], True
    return visit.go(Page.WALK_IN, tim="1")


async def begin(visit: Visit, form: Posted) -> Response:
    """Begin the dossier and lead to its page."""
    body: Json = {"person": form.text("person"), "procedure": form.text("procedure")}
    needed(visit, body, {"person": "Chọn người nộp hồ sơ", "procedure": "Chọn thủ tục"})
    asked = {"procedure_code": body["procedure"], **_for_whom(visit, str(body["person"]))}
    draft = await WalkIns(visit.link("intake")).start(asked, form.key)
    visit.session.changed = bool(visit.session.notes.pop(WORDS, "")) or visit.session.changed
    return visit.go(Page.WALK_IN_FORM, draft_id=draft.id)


def _for_whom(visit: Visit, person: str) -> Json:
    """Say who it is for: from the card that was scanned, from nothing, or from an earlier dossier."""
    if person == CARD:
        return {"card": visit.session.notes.get(WORDS, "")}
    return {} if person == NOBODY else {"known_from": person}


form_page(router, Page.WALK_IN, FormFlow(show, begin, also=frozenset({404})), RECEIVES)
sends(router, Page.WALK_IN_SEARCH, FormFlow(show, search), RECEIVES)
