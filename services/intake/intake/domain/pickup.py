"""What is signed and compared when the result of a dossier sent from afar is fetched, and what is still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from common.errors import ConflictError, DomainError
from eforms import Text
from procedures import Component, Procedure
from regulation.channels import Channel

from intake.domain.paper_copies import COPY
from intake.domain.vault import VAULT

SELF_EVIDENT: Final = frozenset({VAULT, COPY, "certified_e_copy", "master_register_e_copy"})
"""Sources of files that need no original beside them: who issued or certified them stands behind them."""


class Finding(StrEnum):
    """Kết quả ký, đối chiếu một mục khi nhận kết quả. Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10"""

    SIGNED = "signed"
    ORIGINAL = "original"
    CERTIFIED = "certified"
    DIFFERS = "differs"


WORDS: Final[Mapping[Finding, Text]] = {
    Finding.SIGNED: Text("Đã ký tại quầy", "Signed at the desk"),
    Finding.ORIGINAL: Text("Khớp bản chính", "Matches the original"),
    Finding.CERTIFIED: Text("Khớp bản sao chứng thực", "Matches a certified copy"),
    Finding.DIFFERS: Text("Không khớp", "Does not match"),
}
OF_A_FORM: Final = (Finding.SIGNED,)
OF_A_PAPER: Final = (Finding.ORIGINAL, Finding.CERTIFIED, Finding.DIFFERS)


class ComparisonOpenError(ConflictError):
    """The result waits for signatures and originals. Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10."""

    code = "comparison-open"
    vi = "Chưa trao kết quả được: còn phải ký hoặc đối chiếu {items}."
    en = "The result cannot be handed over yet: still to be signed or compared: {items}."


class NothingToCompareError(ConflictError):
    """Nothing of this dossier is signed or compared at pick-up."""

    code = "nothing-to-compare"
    vi = "Hồ sơ này không có mục nào phải ký hoặc đối chiếu khi nhận kết quả."
    en = "Nothing of this dossier is signed or compared when the result is fetched."


class FindingDoesNotFitError(DomainError):
    """A form is signed, a paper is compared; nothing else is found of them."""

    code = "finding-does-not-fit"
    vi = "Kết quả không phù hợp với mục “{item}” của hồ sơ này."
    en = "The finding does not fit the item “{item}” of this dossier."


class DifferenceUnexplainedError(DomainError):
    """What does not match is described, so that the applicant can act on it."""

    code = "difference-unexplained"
    vi = "Ghi rõ “{item}” không khớp ở điểm nào."
    en = "Say in which point “{item}” does not match."


@dataclass(frozen=True)
class Item:
    """One thing to do at pick-up: a form to sign or a sent paper to compare with its original."""

    component: Component
    is_form: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What may be found of it."""
        return OF_A_FORM if self.is_form else OF_A_PAPER


def to_compare(
    procedure: Procedure, case: str | None, channel: str, files: Iterable[tuple[str, str]], *, compares: bool
) -> tuple[Item, ...]:
    """Return what is signed and compared when the result is fetched, in the order of the published papers.

    `files` are (component id, source) of the files that count; `compares` is what the regulation says of the service
    level. Who came to the desk, or sent the papers there, has signed and shown them. A procedure may name the law
    that excepts it.

    Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10
    """
    if not compares or channel != Channel.ONLINE or procedure.pickup_exempt:
        return ()
    wanting = {component for component, source in files if source not in SELF_EVIDENT}
    return tuple(
        Item(component, procedure.filled_by_form(component))
        for component in procedure.papers(case)
        if component.id in wanting or procedure.filled_by_form(component)
    )


def must_fit(items: Sequence[Item], found: Iterable[tuple[str, Finding, str]]) -> None:
    """Let pass findings, each (component id, finding, note), of things that are to be signed or compared.

    Raises: NothingToCompareError, FindingDoesNotFitError, DifferenceUnexplainedError.

    Source: NB Đ.14.2.a; R-SUB-10
    """
    if not items:
        raise NothingToCompareError
    known = {item.component.id: item for item in items}
    for name, finding, note in found:
        item = known.get(name)
        if item is None or finding not in item.findings:
            raise FindingDoesNotFitError(field="items", rule="finding", item=name)
        if finding is Finding.DIFFERS and not note.strip():
            raise DifferenceUnexplainedError(field="items", rule="note", item=item.component.name)


def open_items(items: Sequence[Item], found: Mapping[str, str]) -> list[Item]:
    """Return what is not done: nothing found of it yet, or that it differs."""
    done = {name for name, finding in found.items() if finding != Finding.DIFFERS}
    return [item for item in items if item.component.id not in done]


def must_be_compared(items: Sequence[Item], found: Mapping[str, str]) -> None:
    """Let a result go only when everything is signed and compared.

    Raises: ComparisonOpenError.

    Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10
    """
    if left := open_items(items, found):
        raise ComparisonOpenError(rule="R-SUB-10", items="; ".join(item.component.name for item in left))
