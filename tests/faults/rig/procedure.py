"""A published procedure whose only paper is its form, so that one request is a whole dossier."""

from datetime import UTC, datetime
from typing import Any

from catalog.events import AgencyChanged, DeskContact, ProcedurePublished

FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
AGENCY = "H42.101"
CODE = "9.999001"
DECLARATION = "1"


def _label(text: str) -> dict[str, str]:
    return {"vi": text, "en": text}


def _question(name: str, widget: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "widget": widget, "label": _label(name), **more}


FORM: dict[str, Any] = {
    "id": "faults",
    "data": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "full_name": {"type": "string", "minLength": 2, "maxLength": 120},
            "phone": {"type": "string", "pattern": "^[+][0-9]{8,15}$"},
            "matter": {"type": "string", "minLength": 2, "maxLength": 200},
        },
        "required": ["full_name", "phone", "matter"],
    },
    "pages": [
        {
            "id": "who",
            "fields": [
                _question("full_name", "person_name", prefill="account.full_name"),
                _question("phone", "phone"),
                _question("matter", "text"),
            ],
        },
    ],
    "logic": [],
    "declaration": {"version": DECLARATION, **_label("Tôi cam đoan")},
}


def announced_agency() -> AgencyChanged:
    """Return what the catalogue tells of the agency, held against what it promises to tell."""
    return AgencyChanged(
        aggregate_id=AGENCY,
        aggregate_version=1,
        agency=AGENCY,
        occurred_at=FOUNDED,
        code=AGENCY,
        name="UBND phường Hoa Lư",
        name_en="Hoa Lư Ward People's Committee",
        level="commune",
        kind="ward",
        parent="H42",
        desk=DeskContact(address="Số 1", phone="02293871234", email="motcua@hoalu.example"),
        units=["tu-phap-ho-tich", "lanh-dao"],
        valid_from=FOUNDED.date(),
        valid_to=None,
    )


PAPER = {
    "id": "to-khai",
    "name": "Tờ khai",
    "name_en": "Form",
    "required": True,
    "originals": 1,
    "copies": 0,
    "group": None,
    "case": None,
    "form_id": "faults",
    "accepts": [],
}
CHECK = {
    "id": "tham-tra",
    "name": "Thẩm tra",
    "name_en": "Check",
    "unit": "tu-phap-ho-tich",
    "role": "specialist",
    "hours": "4 wh",
    "kind": "task",
    "condition": None,
}
SIGNING = {
    **CHECK,
    "id": "ky",
    "name": "Ký",
    "name_en": "Sign",
    "unit": "lanh-dao",
    "role": "signer",
    "kind": "sign",
}
LIMIT = {"case": None, "channel": None, "rule": "working_days", "amount": "3 wd", "text": "3 ngày làm việc"}


def announced_procedure() -> ProcedurePublished:
    """Return what the catalogue tells of the procedure, held against what it promises to tell."""
    about = {"aggregate_id": CODE, "aggregate_version": 1, "agency": None, "occurred_at": FOUNDED}
    return ProcedurePublished.model_validate({**about, **_procedure()})


def _procedure() -> dict[str, Any]:
    return {
        "code": CODE,
        "version": 1,
        "name": "Thủ tục thử lỗi",
        "name_en": "Fault test",
        "field": "G15-TP07",
        "field_name": "Hộ tịch",
        "route": "own",
        "route_url": None,
        "effective_from": "2026-01-01",
        "effective_to": None,
        "cases": [],
        "limits": [LIMIT],
        "fees": [],
        "components": [PAPER],
        "forms": [],
        "eform": {"definition": FORM},
        "process": {
            "version": 1,
            "decision_number": "1/QĐ",
            "decision_on": "2026-01-01",
            "steps": [CHECK, SIGNING],
        },
        "offers": [{"agency": AGENCY, "service_level": "full", "desk": None, "unit": "tu-phap-ho-tich"}],
        "result": None,
        "legal_basis": [],
    }


def submission(matter: str) -> dict[str, Any]:
    """Return the body of one whole submission, told apart by its matter."""
    return {
        "procedure_code": CODE,
        "procedure_version": 1,
        "agency": AGENCY,
        "declaration_accepted": True,
        "declaration_version": DECLARATION,
        "answers": {"full_name": "Nguyễn Thị Ánh", "phone": "0900000001", "matter": matter},
    }
