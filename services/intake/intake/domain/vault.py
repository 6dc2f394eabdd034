"""What a person's vault keeps, what a kept paper may stand for, and why it may not be used again."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from common.errors import FieldProblem
from regulation.channels import Channel
from regulation.text import fold
from regulation.zone import local_day

VAULT: Final = "vault"
"""The source of a file that was taken from the vault; nobody who uploads may name it."""
_REMARK: Final = re.compile(r"\([^()]*\)|[“”\"]")
_COPY_OF: Final = re.compile(r"^(?:ban (?:sao|chinh|chup|dien tu)(?: va ban (?:sao|chinh))?(?: cua)? )+")
_OR: Final = re.compile(r" hoac | / ")


class Mode(StrEnum):
    """Whether a province keeps papers (`vault.enabled`): not at all, what was given once online, or everything."""

    OFF = "off"
    ONCE_ONLY = "once_only_store"
    FULL = "full_vault"


class Kind(StrEnum):
    """Where a kept paper comes from: given as a component and accepted, or issued as a result."""

    COMPONENT = "component"
    RESULT = "result"


class Signed(StrEnum):
    """What is known of the signature on a kept paper."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    BROKEN = "broken"
    UNCHECKED = "unchecked"

    def said(self, lang: str) -> str:
        """Return it in Vietnamese or English."""
        return _SIGNATURES[self][lang == "en"]


class Fitness(StrEnum):
    """Whether a kept paper may be used again (khả năng dùng lại)."""

    VALID = "valid"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    BROKEN = "broken"
    WITHHELD = "withheld"

    @property
    def reusable(self) -> bool:
        """Whether it is offered; where the expiry is unknown, the officer who checks the dossier decides."""
        return self in (Fitness.VALID, Fitness.UNCERTAIN)


class Kept(Protocol):
    """What the rules ask of a kept paper."""

    name: str
    signature: str
    issued_on: date | None
    expires_on: date | None
    lasting: bool
    revoked_at: datetime | None
    revoked_by: str | None
    replaced: bool
    withheld_at: datetime | None


_SIGNATURES: Final = {
    Signed.SIGNED: ("Có chữ ký số hợp lệ", "Valid digital signature"),
    Signed.UNSIGNED: ("Không có chữ ký số", "No digital signature"),
    Signed.BROKEN: ("Chữ ký số không hợp lệ", "The digital signature does not hold"),
    Signed.UNCHECKED: ("Chưa kiểm tra chữ ký số", "Signature not checked yet"),
}
_REASONS: Final = {
    Fitness.VALID: ("Còn hiệu lực.", "Still valid."),
    Fitness.UNCERTAIN: (
        "Chưa rõ thời hạn hiệu lực; cán bộ kiểm tra hồ sơ quyết định.",
        "The expiry is not known; the officer who checks the dossier decides.",
    ),
    Fitness.EXPIRED: ("Đã hết hiệu lực ngày {on}.", "Expired on {on}."),
    Fitness.REVOKED: (
        "Đã bị thu hồi ngày {on} theo Quyết định số {number}.",
        "Revoked on {on} by decision {number}.",
    ),
    Fitness.REPLACED: (
        "Đã được thay bằng giấy tờ khác ngày {on} theo Quyết định số {number}.",
        "Replaced by another paper on {on} by decision {number}.",
    ),
    Fitness.BROKEN: ("Chữ ký số trên giấy tờ không hợp lệ.", "The digital signature on it does not hold."),
    Fitness.WITHHELD: ("Bạn đã chọn không dùng lại giấy tờ này.", "You chose not to use this paper again."),
}


def keeps(mode: Mode, kind: Kind, channel: str) -> bool:
    """Tell whether a paper of a dossier that came by a channel is kept in the vault of its owner.

    A once-only store keeps of the components what was given online; results are kept wherever there is a vault.

    Source: NB Đ.13.2; TN Đ.21.7; QT Đ.20.1; R-VLT-01; R-VLT-02
    """
    if mode is Mode.OFF:
        return False
    return mode is Mode.FULL or kind is Kind.RESULT or channel == Channel.ONLINE


def paper_type(name: str) -> str:
    """Return what papers of one type have in common: the name without remarks, signs of a copy, case and tones.

    Source: NB Đ.13.2; R-VLT-03
    """
    plain = fold(" ".join(_REMARK.sub(" ", name).split())).strip(" .;,")
    return _COPY_OF.sub("", plain)


def types_of(name: str) -> list[str]:
    """Return the types of paper that satisfy a component: its own, and each of those it names as alternatives.

    Source: NB Đ.13.2; R-VLT-01
    """
    whole = paper_type(name)
    return list(dict.fromkeys([whole, *(paper_type(part) for part in _OR.split(whole))]))


def fitness(paper: Kept, today: date) -> Fitness:
    """Return whether a kept paper may be used again on a local date.

    Source: NB Đ.13.2; R-VLT-04
    """
    if paper.revoked_at is not None:
        return Fitness.REPLACED if paper.replaced else Fitness.REVOKED
    if paper.signature == Signed.BROKEN:
        return Fitness.BROKEN
    if paper.expires_on is not None and paper.expires_on < today:
        return Fitness.EXPIRED
    if paper.withheld_at is not None:
        return Fitness.WITHHELD
    return Fitness.VALID if paper.lasting or paper.expires_on else Fitness.UNCERTAIN


def reason(paper: Kept, today: date, lang: str) -> str:
    """Say in Vietnamese or English why a paper may be used again or not.

    Source: NB Đ.13.2; R-VLT-04
    """
    found = fitness(paper, today)
    day = paper.expires_on if paper.revoked_at is None else local_day(paper.revoked_at)
    said = _REASONS[found][lang == "en"]
    return said.format(on=f"{day:%d/%m/%Y}" if day else "", number=paper.revoked_by or "–")


def unfit_papers(taken: Sequence[tuple[str, Kept, bool]], today: date) -> list[FieldProblem]:
    """Return a problem for each taken (component, paper, whether it is the right person's) that counts no more.

    Source: NB Đ.13.2; R-VLT-04; R-VLT-05
    """
    problems = []
    for component, paper, theirs in taken:
        vi, en = reason(paper, today, "vi"), reason(paper, today, "en")
        if not theirs:
            vi, en = "Giấy tờ thuộc về người khác.", "The paper belongs to somebody else."
        if not theirs or not fitness(paper, today).reusable:
            told = f"“{paper.name}”"
            problems.append(
                FieldProblem(
                    field=component,
                    rule="vaultPaper",
                    vi=f"Giấy tờ {told} lấy từ kho không dùng được nữa. {vi} Hãy bỏ ra và nộp giấy tờ khác.",
                    en=f"The paper {told} from the vault no longer counts. {en} Take it out and give another.",
                )
            )
    return problems
