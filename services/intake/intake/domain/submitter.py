"""Who hands a dossier in for the applicant: somebody authorised or hired, or a person of the organisation."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from common.errors import FieldProblem, InvalidInputError
from eforms import read_form, tidy
from eforms.kinds.contacts import told_email, told_phone
from procedures import Component, Procedure
from regulation.text import number_key

from intake.domain.declaration import judge


class Standing(StrEnum):
    """In whose name somebody hands a dossier in (tư cách người nộp). Source: NB Đ.1.2.d; R-SUB-18"""

    SELF = "self"
    AUTHORISED = "authorised"
    HIRED = "hired"
    MEMBER = "member"


STANDINGS: Final[Mapping[Standing, Mapping[str, str]]] = MappingProxyType(
    {
        Standing.SELF: {"vi": "Nộp cho chính mình", "en": "For myself"},
        Standing.AUTHORISED: {"vi": "Được người khác ủy quyền", "en": "Authorised by somebody else"},
        Standing.HIRED: {"vi": "Được thuê làm dịch vụ", "en": "Hired to do it"},
        Standing.MEMBER: {"vi": "Nộp thay tổ chức của mình", "en": "For my organisation"},
    }
)
_OTHERS: Final = [one.value for one in Standing if one is not Standing.SELF]
_PERSON: Final = ["submitter_name", "submitter_id", "submitter_phone", "submitter_collects"]
_BODY: Final = ["submitter_organisation", "submitter_tax_code"]


def _asked(name: str, widget: str, vi: str, en: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "widget": widget, "label": {"vi": vi, "en": en}, **more}


def _shown(standings: list[str], shown: list[str], required: list[str]) -> dict[str, Any]:
    asked = {"field": "submitter_standing", "operator": "in", "value": standings}
    return {"when": {"all": [asked]}, "then": {"show": shown, "require": required}}


DEFINITION: Final[dict[str, Any]] = {
    "id": "submitter",
    "data": {"type": "object", "properties": {}, "required": ["submitter_standing"]},
    "pages": [
        {
            "id": "submitter",
            "title": {"vi": "Bạn nộp hồ sơ cho ai?", "en": "For whom do you submit?"},
            "fields": [
                _asked(
                    "submitter_standing",
                    "one_of",
                    "Tư cách người nộp",
                    "Who submits",
                    options=[{"value": one.value, **words} for one, words in STANDINGS.items()],
                ),
                _asked(
                    "submitter_name",
                    "person_name",
                    "Họ, chữ đệm và tên người nộp thay",
                    "Full name of who submits",
                    prefill="account.full_name",
                ),
                _asked(
                    "submitter_id",
                    "identity_number",
                    "Số định danh của người nộp thay",
                    "Identity number of who submits",
                    prefill="account.id_number",
                ),
                _asked(
                    "submitter_phone",
                    "phone",
                    "Số điện thoại của người nộp thay",
                    "Telephone of who submits",
                    prefill="account.phone",
                ),
                _asked(
                    "submitter_email",
                    "email",
                    "Thư điện tử của người nộp thay",
                    "E-mail of who submits",
                    prefill="account.email",
                ),
                _asked(
                    "submitter_organisation", "organisation_name", "Tên tổ chức", "Name of the organisation"
                ),
                _asked("submitter_tax_code", "tax_code", "Mã số thuế của tổ chức", "Its tax code"),
                _asked(
                    "submitter_collects",
                    "yes_no",
                    "Người nộp thay có được nhận kết quả không?",
                    "May who submits also receive the result?",
                    hint={
                        "vi": "Kết quả thuộc về người đứng đơn; chỉ chọn “Có” khi giấy tờ cho phép nhận thay.",
                        "en": "The result belongs to the applicant; say yes only where the papers allow it.",
                    },
                ),
            ],
        }
    ],
    "logic": [
        _shown(_OTHERS, [*_PERSON, "submitter_email"], _PERSON),
        _shown([Standing.MEMBER.value], _BODY, _BODY),
    ],
}
"""What is asked of who hands a dossier in, as an e-form: one rule per kind of answer, here as everywhere."""
FORM: Final = read_form(DEFINITION)
Submitter = Mapping[str, Any]
"""The answers; empty where the applicant hands in himself."""

AUTHORISATION: Final = Component(
    "uy-quyen-nop-ho-so",
    "Văn bản ủy quyền hoặc hợp đồng dịch vụ nộp hồ sơ",
    "Authorisation or service contract to submit",
)
INTRODUCTION: Final = Component(
    "gioi-thieu-cua-to-chuc", "Giấy giới thiệu của tổ chức", "Letter of introduction", required=False
)
_PAPERS: Final = {
    Standing.AUTHORISED: AUTHORISATION,
    Standing.HIRED: AUTHORISATION,
    Standing.MEMBER: INTRODUCTION,
}


def standing_of(submitter: Submitter) -> Standing:
    """Return in whose name it is handed in; who says nothing acts for himself."""
    return Standing(submitter.get("submitter_standing") or Standing.SELF)


def kept(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of answers as typed; of who acts for himself nothing is.

    Raises:
        InvalidInputError: a standing that there is not, which must not pass for acting for oneself.
    """
    told = tidy(FORM, {name: value for name, value in typed.items() if name in FORM.questions})
    standing = told.get("submitter_standing") or Standing.SELF.value
    if standing not in (*_OTHERS, Standing.SELF.value):
        vi, en = "Chọn bạn nộp hồ sơ cho ai.", "Choose for whom you submit."
        raise InvalidInputError([FieldProblem("submitter_standing", "enum", vi, en)])
    return {} if standing == Standing.SELF else told


def judged(
    submitter: Submitter, applicant: Mapping[str, str], today: date
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """Return the answers that count and what is wrong with them; nobody is his own representative.

    Source: NB Đ.1.2.d; R-SUB-18
    """
    if not submitter:
        return {}, []
    settled, problems = judge(FORM, submitter, today)
    found = dict(settled.answers)
    own = number_key(str(found.get("submitter_id") or "")) == number_key(applicant.get("id_number") or "-")
    if own and standing_of(found) is not Standing.MEMBER:
        problems.append(
            FieldProblem(
                "submitter_id",
                "anotherPerson",
                "Người nộp thay trùng số định danh với người đứng đơn. Hãy chọn “Nộp cho chính mình”.",
                "Who submits has the applicant's identity number. Choose “For myself”.",
            )
        )
    return found, problems


def with_papers(procedure: Procedure, submitter: Submitter) -> Procedure:
    """Return the procedure with the paper that acting for another asks for as one of its components.

    Source: NB Đ.1.2.d; NĐ 61/2018 Đ.16; R-SUB-18
    """
    paper = _PAPERS.get(standing_of(submitter))
    if paper is None:
        return procedure
    return procedure.model_copy(update={"components": (*procedure.components, paper)})


def applicant_with(applicant: Mapping[str, str], submitter: Submitter) -> dict[str, str]:
    """Return the applicant: for a person of an organisation it is the organisation."""
    if standing_of(submitter) is not Standing.MEMBER:
        return dict(applicant)
    return {**applicant, "name": submitter["submitter_organisation"]}


def addresses(applicant: Mapping[str, str], submitter: Submitter) -> frozenset[str]:
    """Return the telephones and mail addresses of who stands behind a dossier: the applicant and who hands it in."""
    told = [applicant.get("phone"), applicant.get("email")]
    told += [submitter.get("submitter_phone"), submitter.get("submitter_email")]
    return frozenset(one for one in told if one)


def collects(submitter: Submitter) -> bool:
    """Tell whether who hands in may receive the result, which belongs to the applicant.

    Source: NB Đ.1.2.d; R-SUB-18
    """
    return not submitter or submitter.get("submitter_collects") is True


def line(submitter: Submitter) -> str:
    """Return who hands in as papers name them, "" where the applicant does."""
    if not submitter:
        return ""
    words = STANDINGS[standing_of(submitter)]["vi"]
    reached = (
        told_phone(submitter.get("submitter_phone", "")),
        told_email(submitter.get("submitter_email", "")),
    )
    told = " · ".join(one for one in reached if one)
    return f"{submitter['submitter_name']} ({words[0].lower()}{words[1:]}) · {told}"
