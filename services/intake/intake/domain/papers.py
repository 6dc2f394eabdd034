"""What the official papers of the desk say: plain values, ready to be printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from eforms import Text
from eforms.kinds.contacts import told_email, told_phone
from procedures import Component, DeskContact, Procedure
from regulation.channels import OFFERED, Channel
from regulation.letterhead import place_of, superior_line
from regulation.text import form_date
from regulation.zone import local, local_day

from intake.domain.times import spoken

ONLINE_COPY: Final = "Bản điện tử"
PAPER_COPY: Final = "Bản giấy, đã chụp lưu"
AT_BIRTH: Final = frozenset({"confirmation", "cover"})
"""What is printed of a new dossier, by the name of its kind: what it says was fixed before its code was known."""


class Paper(StrEnum):
    """Loại văn bản: the papers a dossier may carry."""

    CONFIRMATION = "confirmation"
    COVER = "cover"
    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    REDIRECTION = "redirection"
    APOLOGY = "apology"
    RESULT = "result"
    REJECTION = "rejection"
    REVOCATION = "revocation"


class PaperState(StrEnum):
    """Whether a paper is printed: decided on, there, or there and not to be released."""

    PENDING = "pending"
    READY = "ready"
    BLOCKED = "blocked"


QUIET_HOURS: Final = range(1, 5)
"""Hours of the night, Vietnam's time, in which papers nobody has opened yet are printed for the archive."""


def is_quiet(at: datetime) -> bool:
    """Tell whether an instant falls into the quiet hours."""
    return local(at).hour in QUIET_HOURS


TITLES: Final[dict[Paper, dict[str, str]]] = {
    Paper.CONFIRMATION: {"vi": "Xác nhận nộp hồ sơ", "en": "Submission confirmation"},
    Paper.COVER: {"vi": "Bìa hồ sơ", "en": "Cover sheet"},
    Paper.RECEIPT: {
        "vi": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "en": "Receipt with appointment",
    },
    Paper.SUPPLEMENT: {"vi": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "en": "Supplement request"},
    Paper.REFUSAL: {"vi": "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "en": "Refusal slip"},
    Paper.REDIRECTION: {"vi": "Thông báo hồ sơ không thuộc thẩm quyền", "en": "Redirection notice"},
    Paper.APOLOGY: {
        "vi": "Văn bản xin lỗi và hẹn lại ngày trả kết quả",
        "en": "Letter of apology with a new date",
    },
    Paper.RESULT: {"vi": "Kết quả giải quyết", "en": "Result"},
    Paper.REJECTION: {"vi": "Thông báo không đủ điều kiện giải quyết", "en": "Rejection notice"},
    Paper.REVOCATION: {"vi": "Quyết định thu hồi kết quả", "en": "Decision to revoke the result"},
}
OF_THE_UNIT: Final = (Paper.RESULT, Paper.REJECTION, Paper.REVOCATION)
"""What a dossier may end with; the newest that counts is handed over."""
_NUMBERS: Final = {
    Paper.CONFIRMATION: "XNNHS",
    Paper.COVER: "BHS",
    Paper.RECEIPT: "TNHS",
    Paper.SUPPLEMENT: "YCBS",
    Paper.REFUSAL: "TCTN",
    Paper.REDIRECTION: "HDHS",
}


AT_THE_DESK: Final = (
    Text("Giấy tiếp nhận hoặc mã hồ sơ", "The receipt or the dossier code"),
    Text("Giấy tờ tùy thân của người nhận kết quả", "Identity paper of the person who collects"),
)


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is: agency, the body above it, the desk's contact and the place of issue."""

    agency: str
    superior: str
    place: str
    contact: str


def letterhead(name: str, superior: str, desk: DeskContact | None) -> Letterhead:
    """Return the heading of an agency's papers; the place is what its name names."""
    contact = [one for one in (desk.address, desk.phone, desk.email) if one] if desk else []
    return Letterhead(name, superior_line(name, superior), place_of(name, superior), " · ".join(contact))


def paper_number(kind: Paper, code: str, number: int) -> str:
    """Return the registered number of a paper: the dossier code, its kind, and which one of several it is.

    Source: TN Đ.11.6.c; R-TRK-10
    """
    return f"{code}/{_NUMBERS[kind]}" + (f"-{number}" if number > 1 else "")


def frame(head: Letterhead, kind: Paper, at: datetime, tracking_url: str) -> dict[str, Any]:
    """Return what every paper shows: heading, title, date in words, tracking address for the QR code.

    Source: NB Đ.16.2; TN Đ.11.6.c; R-TRK-02, R-TRK-10
    """
    return {
        "kind": kind.value,
        "title": TITLES[kind]["vi"],
        "agency": head.agency,
        "superior": head.superior,
        "place": head.place,
        "contact": head.contact,
        "date": form_date(local_day(at)),
        "tracking_url": tracking_url,
    }


def parties(
    procedure: Procedure, applicant: Mapping[str, str], channel: str, submitter: str
) -> dict[str, Any]:
    """Return procedure, applicant, who acts for the applicant, if anybody, and result channel as papers name them."""
    return {
        "procedure": procedure.name,
        "procedure_code": procedure.code,
        "field": procedure.field_name,
        "applicant": contact(applicant),
        "submitter": submitter,
        "channel": channel,
    }


def present_components(
    procedure: Procedure, case: str | None, files: Iterable[tuple[str, str]]
) -> list[tuple[Component, list[str]]]:
    """Return each component that is present, with its file names; the e-form counts as present.

    `files` are (component id, file name) in the order they came.
    """
    named: dict[str, list[str]] = {}
    for component_id, name in files:
        named.setdefault(component_id, []).append(name)
    return [
        (component, named.get(component.id, []))
        for component in procedure.papers(case)
        if component.id in named or procedure.filled_by_form(component)
    ]


def received(
    components: Iterable[tuple[Component, Sequence[str]]], channel: str = Channel.ONLINE
) -> list[dict[str, Any]]:
    """Return the list of components received, each with its files.

    Source: NB Đ.16.2; R-INT-09
    """
    kind = ONLINE_COPY if channel == Channel.ONLINE else PAPER_COPY
    return [{"name": component.name, "files": list(names), "kind": kind} for component, names in components]


def confirmation(
    procedure: Procedure, filed: Mapping[str, Any], files: Iterable[tuple[str, str, str]], at: datetime
) -> dict[str, Any]:
    """Return what a confirmation says of the instant of submission; nothing that happens later changes it.

    Numbers are kept as they are and written for people when it is printed: this is the hot path.
    `filed` is the dossier as handed in by the names of its row, `files` are (component id, source, name).

    Source: NB Đ.16.2; R-SUB-15, R-INT-09
    """
    named = [(component_id, name) for component_id, _, name in files]
    return {
        "applicant": {part: filed["applicant"].get(part, "") for part in CONTACT},
        "channel": OFFERED[filed["result_channel"]]["vi"],
        "result_address": filed["result_address"] or "",
        "submitted_at": spoken(at),
        "check_due_at": spoken(filed["check_due_at"]),
        "components": received(present_components(procedure, filed["case_id"], named), filed["channel"]),
        "fee": None,
    }


def cover(
    said: Mapping[str, Any], way: str, confirmation: str, declaration: str, *, to_sign: bool
) -> dict[str, Any]:
    """Return what the cover sheet of a dossier says that an officer wrote down, beside what a confirmation says.

    Source: NB Đ.14.3.a; TN Đ.11.6.c; R-INT-16, R-TRK-10
    """
    return {**said, "way": way, "confirmation": confirmation, "declaration": declaration, "to_sign": to_sign}


CONTACT: Final = ("name", "address", "phone", "email")
"""What papers say about the applicant."""


def contact(applicant: Mapping[str, str]) -> dict[str, str]:
    """Return the applicant as papers name them."""
    return {
        "name": applicant.get("name", ""),
        "address": applicant.get("address", ""),
        "phone": told_phone(applicant.get("phone", "")),
        "email": told_email(applicant.get("email", "")),
    }


def papers_to_bring(procedure: Procedure, case: str | None, channel: str, compare: bool) -> tuple[Text, ...]:
    """Return what who collects the result brings; nothing for a result that comes electronically.

    `compare` is true where the regulation has the form signed and
    originals compared at pick-up.

    Source: NB Đ.22.3.c; NB Đ.14.2.a; R-INT-10
    """
    if channel == Channel.ONLINE:
        return ()
    found = [*AT_THE_DESK] if channel == Channel.COUNTER else []
    if compare:
        found.append(Text("Ký đơn, tờ khai tại quầy", "Sign the form at the desk"))
        found += [
            Text(f"Bản chính để đối chiếu: {item.name}", f"Original to compare: {item.label('en')}")
            for item in procedure.papers(case)
            if item.required and not procedure.filled_by_form(item)
        ]
    return tuple(found)


def supplement_lines(
    asked: Iterable[tuple[Component, str]], free_items: Iterable[tuple[str, str]]
) -> list[dict[str, str]]:
    """Return the numbered lines of a supplement request: component with note, free item with legal basis.

    Source: NB Đ.16.1.a; R-INT-05, R-INT-22
    """
    listed = [{"name": component.name, "note": note, "basis": ""} for component, note in asked]
    return listed + [{"name": text, "note": "", "basis": basis} for text, basis in free_items]
