"""Who asks: the fields a province wants of a person and of an organisation, and what follows from them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from common.errors import FieldProblem, InvalidInputError
from eforms import Form, judge, read_form
from regulation.text import fold

Values = dict[str, Any]
LONGEST: Final = 300
EMAILS: Final = ("email", "asker_email", "organisation_email", "reply_email")
PHONES: Final = ("asker_phone", "representative_phone", "organisation_phone", "reply_phone")
NUMBERS: Final = ("id_number", "establishment_number")
NAMES: Final = ("full_name", "name", "asker_name", "representative_name", "organisation_name")


class AskerKind(StrEnum):
    """Who asks (người hỏi): a person or an organisation."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"

    def said(self, lang: str) -> str:
        """Return the kind in Vietnamese or English."""
        return _KINDS[self][lang == "en"]


_KINDS: Final = {
    AskerKind.INDIVIDUAL: ("Cá nhân", "A person"),
    AskerKind.ORGANISATION: ("Tổ chức, doanh nghiệp", "An organisation or enterprise"),
}
_FIELDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "name": ("text", "Họ tên hoặc tên tổ chức", "Name"),
    "full_name": ("person_name", "Họ và tên", "Full name"),
    "nationality": ("text", "Quốc tịch", "Nationality"),
    "id_number": ("identity_number", "Số căn cước, CMND hoặc hộ chiếu", "Identity card or passport number"),
    "address": ("text", "Nơi ở, học tập hoặc làm việc", "Address of living, study or work"),
    "email": ("email", "Thư điện tử", "E-mail"),
    "organisation_name": ("organisation_name", "Tên tổ chức", "Name of the organisation"),
    "organisation_phone": ("phone", "Số điện thoại của tổ chức", "Telephone of the organisation"),
    "organisation_email": ("email", "Thư điện tử của tổ chức", "E-mail of the organisation"),
    "representative_name": (
        "person_name",
        "Họ tên người đại diện theo pháp luật hoặc người được giao đặt câu hỏi",
        "Full name of the legal representative or the authorised asker",
    ),
    "representative_position": ("text", "Chức vụ của người đại diện", "Position of the representative"),
    "representative_phone": (
        "phone",
        "Số điện thoại của người đại diện",
        "Telephone of the representative",
    ),
    "establishment_number": (
        "text",
        "Số quyết định thành lập, giấy phép hoặc giấy chứng nhận",
        "Number of the establishment decision, licence or certificate",
    ),
    "head_office_address": ("text", "Địa chỉ trụ sở chính", "Head-office address"),
    "asker_name": ("person_name", "Họ tên người hỏi", "Full name of the asker"),
    "asker_position": ("text", "Chức vụ của người hỏi", "Position of the asker"),
    "asker_phone": ("phone", "Số điện thoại của người hỏi", "Telephone of the asker"),
    "asker_email": ("email", "Thư điện tử của người hỏi", "E-mail of the asker"),
    "reply_email": (
        "email",
        "Thư điện tử nhận thông báo về câu hỏi",
        "E-mail for notices about the question",
    ),
    "reply_phone": ("phone", "Số điện thoại", "Telephone"),
}

_KNOWN: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("full_name", "name"),
    "full_name": ("full_name", "name"),
    "asker_name": ("full_name", "name"),
    "nationality": ("", "country-name"),
    "id_number": ("id_number", "off"),
    "address": ("address", "street-address"),
    "email": ("email", "email"),
    "asker_email": ("email", "email"),
    "reply_email": ("email", "email"),
    "asker_phone": ("phone", "tel"),
    "reply_phone": ("phone", "tel"),
    "organisation_name": ("organisation_name", "organization"),
    "organisation_phone": ("", "tel"),
    "organisation_email": ("", "email"),
    "asker_position": ("", "organization-title"),
    "head_office_address": ("", "street-address"),
}
"""What an account knows of these, and what a browser keeps them under."""


def _asked(fields: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """Return the questions a province's fields mean, those that must be answered, and whether one way back must be."""
    needed = [name for name in fields if name != "contact"]
    ways = [
        name
        for name, others in (("reply_email", EMAILS), ("reply_phone", PHONES))
        if not set(others) & set(needed)
    ]
    return [*needed, *ways], needed, "contact" in fields


def _known(name: str) -> dict[str, str]:
    source, kept = _KNOWN.get(name, ("", ""))
    told = {"prefill": f"account.{source}" if source else "", "autocomplete": kept}
    return {key: said for key, said in told.items() if said}


def asker_definition(kind: AskerKind, fields: Sequence[str]) -> dict[str, object]:
    """Return the e-form in which an asker says who it is.

    Source: NB Đ.18.1.b; NB Đ.18.2.b; TN Đ.13.2; TN Đ.14.1.b; R-QNA-02, R-QNA-05, R-QNA-06
    """
    asked, needed, one_way = _asked(fields)
    described = [
        {
            "name": name,
            "widget": _FIELDS[name][0],
            "label": {"vi": _FIELDS[name][1], "en": _FIELDS[name][2]},
            **_known(name),
        }
        for name in asked
    ]
    none = {"all": [{"field": "reply_email", "operator": "not_answered"}]}
    return {
        "data": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": "string", "maxLength": LONGEST} for name in asked},
            "required": needed,
        },
        "pages": [
            {
                "id": kind.value,
                "title": dict(zip(("vi", "en"), _KINDS[kind], strict=True)),
                "fields": described,
            }
        ],
        "logic": [{"when": none, "then": {"require": ["reply_phone"]}}] if one_way else [],
    }


def asker_form(kind: AskerKind, fields: Sequence[str]) -> Form:
    """Return the same, ready to read answers."""
    return read_form(asker_definition(kind, fields))


def settled_asker(form: Form, typed: Mapping[str, Any], today: date) -> Values:
    """Return what an asker says of itself, each in its stored form.

    Raises:
        InvalidInputError: something is missing or wrong, each field named.

    Source: NB Đ.18.1.b; TN Đ.13.2; R-QNA-02
    """
    settled, problems = judge(form, typed, today)
    if problems:
        raise InvalidInputError([FieldProblem(p.field, p.rule, p.vi, p.en) for p in problems])
    return dict(settled.answers)


def contact_of(values: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the e-mail address and the telephone number by which an asker is reached."""
    return _first(values, (*EMAILS[::-1],)), _first(values, (*PHONES[::-1],))


def identity_of(values: Mapping[str, Any]) -> str:
    """Return by what an asker without an account is known again: number, e-mail, telephone or name."""
    found = (_first(values, names) for names in (NUMBERS, EMAILS, PHONES))
    return next((one for one in found if one), fold(name_of(values)))


def name_of(values: Mapping[str, Any]) -> str:
    """Return the name of whoever asks."""
    return _first(values, NAMES) or ""


def sameness(who: str, text: str) -> str:
    """Return a mark that two questions share when the same asker asked the same, whatever marks and blanks."""
    said = " ".join(fold(text).split())
    return hashlib.sha256(f"{who}\n{said}".encode()).hexdigest()


def _first(values: Mapping[str, Any], names: Sequence[str]) -> str | None:
    return next((str(values[name]) for name in names if values.get(name)), None)
