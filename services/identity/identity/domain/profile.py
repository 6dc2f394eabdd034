"""Which parts of a profile a person may correct, and in which form they are kept."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from common.errors import DomainError
from regulation.text import LANGUAGES, cleaned_line

from identity.domain.contacts import CHANNELS, e164
from identity.domain.people import person_name
from identity.domain.registration import Checks

ADDRESS_LONGEST = 300


class ProfileFieldFixedError(DomainError):
    """What an authority or a code vouched for is not typed over."""

    code = "profile-field-fixed"
    vi = "Mục “{name}” không thể tự sửa tại đây."
    en = "“{name}” cannot be changed here."


class ProfileValueInvalidError(DomainError):
    """A value of the profile is not one of those allowed."""

    code = "profile-value-invalid"
    vi = "Giá trị không hợp lệ. {hint_vi}"
    en = "The value is not valid. {hint_en}"


def _address(text: Any) -> str | None:
    value = cleaned_line(str(text or ""))
    if len(value) > ADDRESS_LONGEST:
        raise ProfileValueInvalidError(
            field="address", rule="length", hint_vi="Tối đa 300 ký tự.", hint_en="At most 300 characters."
        )
    return value or None


def _date_of_birth(value: Any, today: date) -> date | None:
    if value is None or (isinstance(value, date) and value <= today):
        return value
    raise ProfileValueInvalidError(
        field="date_of_birth",
        rule="date",
        hint_vi="Ngày sinh không sau hôm nay.",
        hint_en="A date of birth is not after today.",
    )


def _language(value: Any) -> str:
    if value not in LANGUAGES:
        raise ProfileValueInvalidError(
            field="language", rule="choice", hint_vi="Chọn vi hoặc en.", hint_en="Choose vi or en."
        )
    return str(value)


def _channels(values: Any) -> list[str]:
    # The portal inbox is the record of what was said and cannot be turned off.
    chosen = {"portal", *values}
    if not chosen.issubset(CHANNELS):
        raise ProfileValueInvalidError(
            field="channels",
            rule="choice",
            hint_vi="Chọn portal, email, sms.",
            hint_en="Choose portal, email, sms.",
        )
    return [channel for channel in CHANNELS if channel in chosen]


CHANGEABLE: Mapping[str, Callable[[Any], Any]] = {
    "full_name": person_name,
    "phone": e164,
    "address": _address,
    "language": _language,
    "channels": _channels,
}


def moves_phone(before: str | None, values: Mapping[str, Any]) -> bool:
    """Tell whether new values bring another telephone; one that is refused anyway moves nothing."""
    if "phone" not in values:
        return False
    try:
        return e164(str(values["phone"] or "")) != before
    except DomainError:
        return False


def correctable(*, officer: bool, vouched: bool) -> tuple[str, ...]:
    """Return which fields a person may correct.

    Whoever declared the name corrects it. What somebody else vouched for is not typed over: an officer's name stands in
    the agency's request, and whoever came by an electronic identity has the name that stands there.

    Source: TN PL.B1; TN Đ.9.2; QT Đ.11.2; QT Đ.14.1; R-ACC-09; R-ACC-11
    """
    named = officer or vouched
    return tuple(name for name in (*CHANGEABLE, "date_of_birth") if not (named and name == "full_name"))


def _fixed(name: str) -> None:
    raise ProfileFieldFixedError(field=name, rule="fixed", name=name)


def profile_values(values: Mapping[str, Any], free: Collection[str], today: date) -> dict[str, Any]:
    """Check new profile values and give them as they are kept; `free` may be corrected, `today` is the local day.

    Raises: InvalidInputError naming every field and rule.
    Source: TN PL.B1; TN Đ.9.3; R-ACC-09; R-ACC-11
    """
    checks = Checks()
    kept: dict[str, Any] = {}
    rules: dict[str, Callable[[Any], Any]] = {
        **CHANGEABLE,
        "date_of_birth": partial(_date_of_birth, today=today),
    }
    for name, value in values.items():
        check = rules.get(name) if name in free else None
        if check is None:
            checks.keep(_fixed, name)
        else:
            kept[name] = checks.keep(check, value)
    checks.finish()
    return kept
