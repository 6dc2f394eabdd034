"""How dates are written in notices, in Vietnamese and English."""

from datetime import datetime

from regulation.text import Lang, short_date
from regulation.zone import local as local_time

SMS_LENGTH = 160


def moment(at: datetime, lang: Lang) -> str:
    """Write an instant in local time: `10 giờ 30 ngày 21/11/2026`, `10:30 on 21 November 2026`."""
    local = local_time(at)
    on = short_date(local.date(), lang)
    return f"{local:%H:%M} on {on}" if lang == "en" else f"{local.hour} giờ {local.minute:02d} ngày {on}"
