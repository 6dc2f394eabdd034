"""Places and accounts that take several boxes: an address, a land parcel, a bank account."""

import re
from collections.abc import Mapping
from typing import Any, Final

from regulation.text import one_hyphen
from regulation.units import unit_name

from eforms.definition import Question
from eforms.kinds.base import Kind, is_line, parts_of
from eforms.kinds.people import person_name
from eforms.texts import AnswerRefusedError, Text

ADDRESS: Final = ("province", "commune", "detail")
PARCEL: Final = ("parcel", "sheet", "commune")
ACCOUNT: Final = ("bank", "number", "holder")
LONGEST: Final = 200
_ADDRESS_PARTS: Final = frozenset(ADDRESS)
_CODES: Final = {"province": re.compile("[0-9]{2}"), "commune": re.compile("[0-9]{5}")}
_REQUIRED: Final = {
    "province": Text("Hãy chọn tỉnh, thành phố của “{label}”.", "Choose the province of “{label}”."),
    "commune": Text("Hãy chọn phường, xã của “{label}”.", "Choose the commune of “{label}”."),
    "detail": Text(
        "Hãy ghi số nhà, đường, thôn của “{label}”.", "Enter house, street or hamlet of “{label}”."
    ),
    "parcel": Text("Hãy ghi số thửa của “{label}”.", "Enter the parcel number of “{label}”."),
    "sheet": Text("Hãy ghi số tờ bản đồ của “{label}”.", "Enter the map sheet of “{label}”."),
    "bank": Text("Hãy ghi ngân hàng của “{label}”.", "Enter the bank of “{label}”."),
    "number": Text("Hãy ghi số tài khoản của “{label}”.", "Enter the account number of “{label}”."),
    "holder": Text("Hãy ghi chủ tài khoản của “{label}”.", "Enter the holder of “{label}”."),
}
_UNIT: Final = Text(
    "Hãy chọn đơn vị hành chính có trong danh sách ở “{label}”.", "Choose a listed unit for “{label}”."
)
_LONG: Final = Text("“{label}” dài quá 200 ký tự.", "“{label}” is longer than 200 characters.")
_PARCEL: Final = Text(
    "“{label}”: số thửa và số tờ bản đồ chỉ gồm chữ số, có thể thêm dấu gạch chéo.",
    "“{label}”: parcel and sheet are numbers, perhaps with a slash.",
)
_NUMBER: Final = Text(
    "“{label}”: số tài khoản gồm 6 đến 19 chữ số.", "“{label}”: an account has 6 to 19 digits."
)


def _whole(typed: Any, names: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the boxes that are filled. Raises: AnswerRefusedError (required)."""
    boxes = parts_of(typed, names)
    for name in names:
        if not boxes[name] and name not in optional:
            raise AnswerRefusedError("required", _REQUIRED[name], name)
        if len(boxes[name]) > LONGEST:
            raise AnswerRefusedError("maxLength", _LONG, name)
    return {name: text for name, text in boxes.items() if text}


def read_address(typed: Any, question: Question) -> dict[str, str]:
    """Read an address of two tiers: national codes of province and commune, and the rest in words.

    Raises: AnswerRefusedError (required, unit, maxLength).
    Source: QĐ 19/2025/QĐ-TTg; requirements §0.3.4
    """
    address = _whole(typed, ADDRESS)
    for part, shape in _CODES.items():
        if not shape.fullmatch(address[part]):
            raise AnswerRefusedError("unit", _UNIT, part)
    return address


def _address_stored(value: Any, question: Question) -> bool:
    if not isinstance(value, dict) or value.keys() != _ADDRESS_PARTS:
        return False
    detail = value["detail"]
    return (
        is_line(detail)
        and len(detail) <= LONGEST
        and isinstance(value["province"], str)
        and isinstance(value["commune"], str)
        and _CODES["province"].fullmatch(value["province"]) is not None
        and _CODES["commune"].fullmatch(value["commune"]) is not None
    )


def read_parcel(typed: Any, question: Question) -> dict[str, str]:
    """Read a land parcel: number, map sheet, and the commune when it is told (thửa đất, tờ bản đồ)."""
    parcel = _whole(typed, PARCEL, optional=("commune",))
    for part in ("parcel", "sheet"):
        parcel[part] = one_hyphen(parcel[part])
        if not re.fullmatch(r"[0-9]{1,6}([/-][0-9A-Za-z]{1,6})*", parcel[part]):
            raise AnswerRefusedError("parcel", _PARCEL, part)
    return parcel


def read_account(typed: Any, question: Question) -> dict[str, str]:
    """Read a bank account: bank, number without blanks, holder by the rule of names."""
    account = _whole(typed, ACCOUNT)
    account["number"] = re.sub(r"[ .\-]", "", one_hyphen(account["number"]))
    if not re.fullmatch(r"[0-9]{6,19}", account["number"]):
        raise AnswerRefusedError("account", _NUMBER, "number")
    try:
        account["holder"] = person_name(account["holder"])
    except AnswerRefusedError as refused:
        raise refused.within("holder") from None
    return account


def _boxes(names: tuple[str, ...]) -> Any:
    def written(value: Any, question: Question) -> dict[str, str]:
        return {name: str(value.get(name, "")) for name in names} if isinstance(value, Mapping) else {}

    return written


def told_address(value: Mapping[str, Any]) -> str:
    """Say an address as papers print it: street, commune, province; the codes by the names of the units.

    Source: QĐ 19/2025/QĐ-TTg
    """
    named = {part: unit_name(str(text)) if part in _CODES else str(text) for part, text in value.items()}
    return ", ".join(named[part] for part in reversed(ADDRESS) if named.get(part))


def _told(*names: str) -> Any:
    def told(value: Any, question: Question, lang: str) -> str:
        return ", ".join(str(value[name]) for name in names if value.get(name))

    return told


ADDRESS_KIND: Final = Kind(
    read=read_address,
    write=_boxes(ADDRESS),
    tell=lambda value, question, lang: told_address(value),
    parts=ADDRESS,
    data=("object",),
    rules=("required", "unit", "maxLength"),
    stored=_address_stored,
)
PARCEL_KIND: Final = Kind(
    read=read_parcel,
    write=_boxes(PARCEL),
    tell=_told("parcel", "sheet", "commune"),
    parts=PARCEL,
    data=("object",),
    rules=("required", "parcel"),
)
ACCOUNT_KIND: Final = Kind(
    read=read_account,
    write=_boxes(ACCOUNT),
    tell=_told("number", "bank", "holder"),
    parts=ACCOUNT,
    data=("object",),
    rules=("required", "account"),
)
