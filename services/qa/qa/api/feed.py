"""Public questions and answers as a feed under stated terms: what was published last, and what was taken off."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Final
from xml.sax.saxutils import escape, quoteattr

from common.errors import NotFoundError
from fastapi import APIRouter, Header, Response
from regulation.links import ANSWER, ANSWERS
from regulation.text import cleaned, short_date

from qa import queries
from qa.api.asking import REUSE
from qa.api.deps import VisitDep
from qa.domain import PublicationState
from qa.domain.answering import NOTICE, Citation
from qa.models import Question
from qa.queries.answers import decided_last

router = APIRouter(prefix="/api/qa", tags=["answers"])
NEWEST: Final = 50
FRESH: Final = 300
"""Seconds whoever keeps a copy may go without asking."""
_ATOM: Final = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="vi"'
)


@router.get(
    "/answers.atom", response_class=Response, responses={200: {"content": {"application/atom+xml": {}}}}
)
async def feed(visit: VisitDep, if_none_match: Annotated[str, Header(max_length=400)] = "") -> Response:
    """Give the newest public questions and answers as a feed, under the terms it names. Source: TN Đ.16.2; R-QNA-23"""
    if not visit.rules.publishes_questions:
        raise NotFoundError
    told = await decided_last(visit.session, NEWEST)
    names = await queries.agency_names(visit.session, {one.agency or "" for one in told}, "vi")
    place = f"urn:motcua:{visit.rules.province}:qa"
    entries = "".join(_entry(one, names.get(one.agency or "", ""), place) for one in told)
    updated = max((_decided(one) for one in told), default=visit.now)
    head = (
        f"<feed {_ATOM}><id>{place}:answers</id><title>Hỏi đáp</title>"
        f'<link rel="alternate" type="text/html" href={quoteattr(ANSWERS)}/>'
        f"<rights xml:lang={quoteattr(visit.lang)}>{escape(REUSE[visit.lang])}</rights>"
        f"<updated>{updated.isoformat()}</updated>"
    )
    body = f"{head}{entries}</feed>".encode()
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = {"ETag": mark, "Cache-Control": f"public, max-age={FRESH}", "Vary": "Accept-Language"}
    if told and mark in if_none_match:
        return Response(status_code=304, headers=kept)
    return Response(body, media_type="application/atom+xml; charset=utf-8", headers=kept)


def _decided(one: Question) -> datetime:
    """Return when it was published or taken off: a correction is published anew."""
    return datetime.fromisoformat((one.publication or {})["decided_at"])


def _entry(one: Question, agency: str, place: str) -> str:
    """Describe one answer, or say that it was taken off. Source: R-QNA-16; R-QNA-17; R-QNA-18"""
    told, id_, at = one.public, f"{place}:{_said(one.number)}", _decided(one).isoformat()
    if told["state"] == PublicationState.WITHDRAWN:
        return f"<at:deleted-entry ref={quoteattr(id_)} when={quoteattr(at)}/>"
    parts = [
        f"<id>{id_}</id>",
        f"<title>{_said(told['title'])}</title>",
        f'<link rel="alternate" type="text/html" href={quoteattr(ANSWER.format(number=one.number))}/>',
        f"<updated>{at}</updated>",
        f"<published>{one.answered_at.isoformat()}</published>" if one.answered_at else "",
        f"<author><name>{_said(agency)}</name></author>",
        f"<contributor><name>{_said(_signed(told))}</name></contributor>",
        f'<category term="{escape(one.topic)}"/>',
        f"<summary>{_said(told['question'])}</summary>",
        f'<content type="text">{_said(_whole(told))}</content>',
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _signed(answer: dict[str, Any]) -> str:
    return f"{answer['full_name']}, {answer['position']}"


def _whole(answer: dict[str, Any]) -> str:
    """Return the answer with what it rests on, who gave it, and the notice that stands with every one."""
    cited = [_cited(Citation.read(one)) for one in answer["citations"]] or [answer["no_citation_reason"]]
    reached = f"Người trả lời: {_signed(answer)}; {answer['phone']}; {answer['email']}"
    return "\n\n".join((answer["answer"], "Căn cứ: " + "; ".join(cited), reached, NOTICE["vi"]))


def _cited(one: Citation) -> str:
    days = [f"ngày {short_date(one.issued_on, 'vi')}"] if one.issued_on else []
    days += [f"hiệu lực từ {short_date(one.effective_on, 'vi')}"] if one.effective_on else []
    return ", ".join((f"{one.number} {one.title}", one.issuer, *days))


def _said(text: str) -> str:
    """Return a text as XML may hold it, also one that was kept before such characters fell away."""
    return escape(cleaned(text))
