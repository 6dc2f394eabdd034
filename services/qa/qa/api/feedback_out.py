"""Feedback as its sender, officers and everybody see it."""

from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel
from regulation.text import Lang

from qa import queries
from qa.api.attachment_out import AttachmentOut, files_out
from qa.api.deps import Visit
from qa.api.shapes import ClockOut, DeedOut, FoundOut, RefusalOut, clock_out
from qa.domain import Deed, Ground
from qa.domain.feedback import Category, FeedbackAction, FeedbackState, channel_said
from qa.domain.publication import RESULTS
from qa.models import Feedback

SEEN: Final = frozenset(
    {
        Deed.RECEIVED,
        Deed.FORWARDED,
        Deed.RETURNED,
        Deed.RECALLED,
        Deed.REPLIED,
        Deed.CLOSED,
        Deed.PUBLISHED,
        Deed.WITHDRAWN,
    }
)
"""What of the history concerns its sender; whom the office urged or asked for help does not."""


class SenderOut(BaseModel):
    """Who sent it, as far as was told."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


class ReplyOut(BaseModel):
    """What the sender was told."""

    text: str
    at: datetime


class ReplyDraftOut(ReplyOut):
    """The reply as far as it was typed, by whom."""

    by_name: str


class ResultOut(BaseModel):
    """What everybody may read, or is to."""

    state: str
    title: str
    text: str
    result: str
    at: datetime


class ProposalOut(ResultOut):
    """A result on its way to everybody, as officers see it."""

    by_name: str
    reason: str = ""
    doubtful: list[FoundOut]


class MaskedResultOut(BaseModel):
    """What may be published, with everything masked that was found; what is in doubt is named, too."""

    title: str
    text: str
    result: str
    found: list[FoundOut]


class FeedbackRowOut(BaseModel):
    """Feedback in a list."""

    number: str
    title: str
    state: str
    state_label: str
    category_label: str
    channel_label: str
    agency: str | None
    agency_name: str
    came_at: datetime
    due_at: datetime | None
    overdue: bool
    version: int


class SentOut(BaseModel):
    """Feedback as its sender sees it; `told_by`: whether the sender hears by `account`, by `email` or by the `link`."""

    number: str
    state: str
    state_label: str
    category_label: str
    channel_label: str
    title: str
    text: str
    dossier: str | None
    agency_name: str
    came_at: datetime
    clock: ClockOut | None
    reply: ReplyOut | None
    closing: RefusalOut | None
    history: list[DeedOut]
    files: list[AttachmentOut]
    told_by: str


class FeedbackOut(SentOut):
    """Feedback as officers see it."""

    version: int
    category: str
    channel: str
    agency: str | None
    involved: list[str]
    involved_names: list[str]
    from_question: str | None
    sender: SenderOut | None
    clocks: list[ClockOut]
    draft: ReplyDraftOut | None
    publication: ProposalOut | None
    masking: MaskedResultOut | None
    actions: list[str]


def row_out(feedback: Feedback, names: dict[str, str], lang: Lang, now: datetime) -> FeedbackRowOut:
    """Describe feedback in a list."""
    return FeedbackRowOut(
        number=feedback.number,
        title=feedback.title,
        state=feedback.state,
        state_label=FeedbackState(feedback.state).said(lang),
        category_label=Category(feedback.category).said(lang),
        channel_label=channel_said(feedback.channel, lang),
        agency=feedback.agency,
        agency_name=names.get(feedback.agency or "", ""),
        came_at=feedback.came_at,
        due_at=feedback.due_at,
        overdue=feedback.due_at is not None and feedback.due_at < now,
        version=feedback.version,
    )


async def sent(visit: Visit, feedback: Feedback, *, officers: bool = False) -> dict[str, Any]:
    """Gather what its sender may see; who did what only where `officers` ask."""
    session, lang = visit.session, visit.lang
    lines = await queries.lines_of(session, feedback.number)
    clocks = await queries.clocks_of(session, feedback.number)
    codes = {feedback.agency or "", *feedback.involved, *(line.agency for line in lines)}
    names = await queries.agency_names(session, codes, lang)
    people = await queries.names_of(session, {line.by for line in lines}) if officers else {}
    shown = [clock_out(clock, visit.rules, names, lang, visit.now) for clock in clocks]
    told = feedback.closing
    return {
        **{
            name: getattr(feedback, name)
            for name in ("number", "state", "title", "text", "dossier", "came_at", "told_by")
        },
        "state_label": FeedbackState(feedback.state).said(lang),
        "category_label": Category(feedback.category).said(lang),
        "channel_label": channel_said(feedback.channel, lang),
        "agency_name": names.get(feedback.agency or "", ""),
        "clock": next((one for one in shown if one.ended_at is None and one.kind == "response"), None),
        "reply": ReplyOut(**feedback.reply) if feedback.reply else None,
        "closing": RefusalOut(**told, ground_label=Ground(told["ground"]).said(lang)) if told else None,
        "history": [
            DeedOut(
                at=line.at,
                deed=line.deed,
                label=Deed(line.deed).said(lang),
                by_name=people.get(line.by, ""),
                agency_name=names.get(line.agency, ""),
                reason=line.reason if officers else "",
            )
            for line in lines
            if officers or line.deed in SEEN
        ],
        "files": await files_out(session, feedback.number),
        "clocks": shown,
        "involved_names": [names.get(code, code) for code in feedback.involved],
    }


async def whole(visit: Visit, feedback: Feedback, actions: list[str]) -> FeedbackOut:
    """Describe feedback to an officer."""
    told, kept = feedback.publication, feedback.draft if FeedbackAction.REPLY in actions else None
    people = {one["by"] for one in (told, kept) if one}
    names = await queries.names_of(visit.session, people) if people else {}
    plain = ("version", "category", "channel", "agency", "involved", "from_question")
    return FeedbackOut(
        **await sent(visit, feedback, officers=True),
        **{name: getattr(feedback, name) for name in plain},
        sender=SenderOut(**feedback.sender) if feedback.sender is not None else None,
        draft=ReplyDraftOut(**kept, by_name=names.get(kept["by"], kept["by"])) if kept else None,
        publication=_proposal(feedback, names) if told else None,
        masking=_masking(feedback) if FeedbackAction.PUBLICATION in actions else None,
        actions=actions,
    )


def _proposal(feedback: Feedback, names: dict[str, str]) -> ProposalOut:
    """Describe what is on its way to everybody, with what has to be looked at. Source: QT Đ.24.4; R-FBK-13"""
    told = feedback.publication or {}
    found = [FoundOut(**one._asdict()) for one in RESULTS.doubts(told, feedback.said)]
    return ProposalOut(**told, by_name=names.get(told["by"], told["by"]), doubtful=found)


def _masking(feedback: Feedback) -> MaskedResultOut:
    """Suggest what to publish, personal data masked. Source: QT Đ.24.4; R-FBK-13"""
    reply = feedback.reply["text"] if feedback.reply else ""
    told = {"title": feedback.title, "text": feedback.text, "result": reply}
    ready = RESULTS.suggested(told, feedback.said)
    found = [FoundOut(**one._asdict()) for one in RESULTS.doubts(told, feedback.said)]
    return MaskedResultOut(**{name: ready[name] for name in told}, found=found)


async def to_sender(visit: Visit, feedback: Feedback) -> SentOut:
    """Describe feedback to its sender."""
    told = await sent(visit, feedback)
    return SentOut(**{name: told[name] for name in SentOut.model_fields})
