"""What an applicant may be asked to add: published components, and nothing beside them without its legal basis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procedures.parts import Component


@dataclass(frozen=True)
class FreeItem:
    """Something outside the published list, with the article that allows asking for it."""

    text: str
    legal_basis: str


@dataclass(frozen=True)
class AskingFaults:
    """What keeps a request from being sent: components that are not published or named twice,
    a missing basis, nothing asked."""

    unpublished: tuple[str, ...]
    repeated: bool
    without_basis: bool
    nothing: bool


def asking_faults(
    papers: Sequence[Component], asked: Iterable[str], free_items: Sequence[FreeItem]
) -> AskingFaults:
    """Return what is wrong with asking for components by id and for things beside them.

    `papers` are the published components of the dossier's case.

    Source: BD Đ.18.1; NB Đ.12.1.c; HN Đ.4.4; NB Đ.16.1.a; R-INT-05; R-INT-22; R-PRC-10
    """
    known, wanted = {paper.id for paper in papers}, tuple(asked)
    return AskingFaults(
        unpublished=tuple(one for one in wanted if one not in known),
        repeated=len({*wanted}) < len(wanted),
        without_basis=any(not item.legal_basis.strip() for item in free_items),
        nothing=not wanted and not free_items,
    )
