"""A supplement that was found necessary while the dossier is handled: drafted by the unit, sent by the desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from common.errors import DomainError
from procedures import Component, FreeItem

from intake.domain.checklist import check_asked
from intake.domain.errors import IncompleteSupplementError
from intake.domain.life_cycle import Action


class NotDraftedError(DomainError):
    """What is missing in a dossier that is handled says who handles it, not the desk."""

    code = "supplement-not-drafted"
    status = 409
    vi = "Hồ sơ đang được giải quyết; chỉ gửi yêu cầu bổ sung khi người thụ lý đã soạn nội dung cần bổ sung."
    en = "The dossier is being handled; a supplement is requested only once its officer has drafted it."


@dataclass(frozen=True)
class SupplementDraft:
    """What the unit finds missing: the same parts as a request, and when it was drafted."""

    code: str
    number: int
    reason: str
    guidance: str
    items: Sequence[Mapping[str, str]]
    free_items: Sequence[Mapping[str, str]]
    at: datetime
    agency: str | None

    def details(self) -> dict[str, Any]:
        """Return the draft as the history keeps it."""
        items, free = [dict(one) for one in self.items], [dict(one) for one in self.free_items]
        return {"number": self.number, "guidance": self.guidance, "items": items, "free_items": free}


class Taken(Protocol):
    """A step of a dossier's history."""

    at: datetime
    action: str
    reason: str
    details: Any


T = TypeVar("T", bound=Taken)
_ENDS = (Action.REQUEST_SUPPLEMENT, Action.AWAIT_SIGNATURE)


def open_draft(steps: Sequence[T]) -> T | None:
    """Return the newest draft in a history, oldest first, unless it was sent or the unit went on without an answer.

    Source: TN Đ.11.4.c; R-PRC-10
    """
    newest = [step for step in steps if step.action in (Action.DRAFT_SUPPLEMENT, *_ENDS)][-1:]
    return next((step for step in newest if step.action == Action.DRAFT_SUPPLEMENT), None)


def allow_drafted(
    papers: Sequence[Component],
    draft: Taken | None,
    asked: Iterable[str],
    free_items: Sequence[FreeItem],
) -> None:
    """Let the desk send what the unit drafted: all of it, nothing invented.

    Raises:
        NotDraftedError, ComponentNotPublishedError, FreeItemWithoutBasisError, EmptySupplementError,
        IncompleteSupplementError: what stands in the way.

    Source: TN Đ.11.4.c; NB Đ.16.1.a; R-PRC-10, R-INT-22
    """
    if draft is None:
        raise NotDraftedError
    wanted = check_asked(papers, asked, free_items)
    names = {component.id: component.name for component in papers}
    left_out = [one["component"] for one in draft.details["items"] if one["component"] not in wanted]
    texts = {item.text for item in free_items}
    left_out += [one["text"] for one in draft.details["free_items"] if one["text"] not in texts]
    if left_out:
        named = "; ".join(names.get(one, one) for one in left_out)
        raise IncompleteSupplementError(field="items", rule="complete", components=named)
