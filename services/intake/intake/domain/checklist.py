"""What the desk officer found for each component, and what may be decided on that ground."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from common.errors import DomainError
from procedures import Component, FreeItem, asking_faults

from intake.domain.errors import (
    ComponentNotPublishedError,
    EmptySupplementError,
    FreeItemWithoutBasisError,
    IncompleteSupplementError,
    OpenComponentsError,
    SecondSupplementWithoutLeaderError,
    UnjudgedComponentsError,
)


class ComponentAskedTwiceError(DomainError):
    """What is wrong with a component is said in one place."""

    code = "component-asked-twice"
    vi = "Mỗi thành phần chỉ nêu một lần trong yêu cầu bổ sung."
    en = "A supplement request names each component once."


class Verdict(StrEnum):
    """Kết quả kiểm tra một thành phần."""

    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong"


def published(papers: Sequence[Component], component_ids: Iterable[str]) -> list[Component]:
    """Return the components of these ids; `papers` are the published ones of the dossier's case.

    Raises:
        ComponentNotPublishedError: one of them is not in the published list.

    Source: BD Đ.18.1; NB Đ.12.1.c; HN Đ.4.4; R-INT-22
    """
    known = {paper.id: paper for paper in papers}
    found = []
    for component_id in component_ids:
        component = known.get(component_id)
        if component is None:
            raise ComponentNotPublishedError(field="items", rule="published", component=component_id)
        found.append(component)
    return found


def unjudged(
    papers: Sequence[Component], attached: Iterable[str], verdicts: Mapping[str, str]
) -> list[Component]:
    """Return the components nobody has judged yet: all mandatory ones and all that came with a file.

    Source: NB Đ.16.1; TN PL.B2; R-INT-03
    """
    present = set(attached)
    return [item for item in papers if (item.required or item.id in present) and item.id not in verdicts]


def _refuse_unjudged(
    papers: Sequence[Component], attached: Iterable[str], verdicts: Mapping[str, str]
) -> None:
    if open_items := unjudged(papers, attached, verdicts):
        raise UnjudgedComponentsError(rule="judged", components=_names(open_items))


def allow_acceptance(
    papers: Sequence[Component], attached: Iterable[str], verdicts: Mapping[str, str]
) -> None:
    """Let a dossier be accepted only when every component was judged and found right.

    Raises:
        UnjudgedComponentsError, OpenComponentsError: what stands in the way.

    Source: NB Đ.16.1; TN Đ.11.3.b; R-INT-03, R-INT-04
    """
    _refuse_unjudged(papers, attached, verdicts)
    wanting = [item for item in papers if verdicts.get(item.id, Verdict.OK) != Verdict.OK]
    if wanting:
        raise OpenComponentsError(rule="components", components=_names(wanting))


def allow_supplement(
    papers: Sequence[Component],
    attached: Iterable[str],
    verdicts: Mapping[str, str],
    asked: Iterable[str],
    free_items: Sequence[FreeItem],
) -> None:
    """Let a supplement be requested only when it is complete: all judged, all open items in it, none invented.

    Raises:
        UnjudgedComponentsError, ComponentNotPublishedError, FreeItemWithoutBasisError, EmptySupplementError,
        IncompleteSupplementError: what stands in the way.

    Source: NB Đ.16.1.a; HN Đ.11.1.a; TN Đ.11.3.b; R-INT-05, R-INT-22
    """
    wanted = check_asked(papers, asked, free_items)
    _refuse_unjudged(papers, attached, verdicts)
    left_out = [
        item for item in papers if verdicts.get(item.id, Verdict.OK) != Verdict.OK and item.id not in wanted
    ]
    if left_out:
        raise IncompleteSupplementError(field="items", rule="complete", components=_names(left_out))


def check_asked(
    papers: Sequence[Component], asked: Iterable[str], free_items: Sequence[FreeItem]
) -> frozenset[str]:
    """Return the components asked for; at least one thing is, and nothing without its ground.

    Raises: ComponentNotPublishedError, ComponentAskedTwiceError, FreeItemWithoutBasisError, EmptySupplementError.
    """
    named = [*asked]
    faults = asking_faults(papers, named, free_items)
    for component in faults.unpublished:
        raise ComponentNotPublishedError(field="items", rule="published", component=component)
    if faults.repeated:
        raise ComponentAskedTwiceError(field="items", rule="once")
    if faults.without_basis:
        raise FreeItemWithoutBasisError(field="free_items", rule="legalBasis")
    if faults.nothing:
        raise EmptySupplementError(field="items", rule="minItems")
    return frozenset(named)


def allow_further_supplement(
    requested_count: int, single_rule: bool, is_leader: bool, approval: str | None
) -> None:
    """Let a second or later supplement be requested only with a leader's approval that names its ground.

    `requested_count` counts earlier requests; `approval` is the leader's ground.

    Raises:
        SecondSupplementWithoutLeaderError: no leader stands behind it.

    Source: NB Đ.16.1.a; R-INT-05
    """
    if requested_count == 0 or not single_rule:
        return
    if not is_leader or not (approval or "").strip():
        raise SecondSupplementWithoutLeaderError(field="leader_ground", rule="leader", count=requested_count)


def _names(components: Iterable[Component]) -> str:
    return "; ".join(component.name for component in components)
