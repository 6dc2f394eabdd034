"""What is asked of a dossier that was received on paper while the system was down."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from answers.intake import OutageOut
from eforms import Form, read_form
from regulation.text import short_instant
from regulation.zone import HERE

from portal.domain.texts import Say

LATE, OUTAGE = "late", "late_outage"
NAMES = {"received_at": "late_on", "outage": OUTAGE, "form_number": "late_form"}
"""The service's names of the fields, and ours."""


def late_form(outages: tuple[OutageOut, ...], say: Say, lang: str) -> Form:
    """Return the questions, in one language: in which outage, when, and on which form."""
    options = [{"value": one.number, **_both(f"{one.number}: {_times(one, lang)}")} for one in outages]
    asked = [
        {
            **_asked(OUTAGE, "one_of", say("Hồ sơ đã nhận trên giấy trong lần gián đoạn nào?")),
            "options": options,
        },
        _asked("late_on", "date", say("Ngày nhận ghi trên phiếu giấy")),
        _asked("late_at", "time", say("Giờ nhận ghi trên phiếu giấy")),
        _asked("late_form", "text", say("Số in sẵn của phiếu giấy")),
    ]
    title = _both(say("Nhập bù hồ sơ nhận khi hệ thống gián đoạn"))
    return read_form({"pages": [{"id": LATE, "title": title, "fields": asked}]})


def _both(words: str) -> dict[str, str]:
    return {"vi": words, "en": words}


def _asked(name: str, widget: str, words: str) -> dict[str, Any]:
    return {"name": name, "widget": widget, "label": _both(words)}


def _times(one: OutageOut, lang: str) -> str:
    return " – ".join(short_instant(at, lang) for at in (one.began_at, one.ended_at) if at)


def late_body(typed: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what was answered as the service takes it, None where nothing was. Raises: ValueError."""
    if not any(typed.get(name) for name in (OUTAGE, "late_on", "late_at", "late_form")):
        return None
    day, at = date.fromisoformat(str(typed.get("late_on"))), time.fromisoformat(str(typed.get("late_at")))
    told = {"outage": str(typed.get(OUTAGE) or ""), "form_number": str(typed.get("late_form") or "")}
    if not all(told.values()):
        raise ValueError(OUTAGE)
    return {"received_at": datetime.combine(day, at, HERE).isoformat(), **told}
