"""Says how urgent a deadline is, in a colour, a sign and words together."""

from dataclasses import dataclass

from portal.domain.texts import Say

URGENT_MINUTES = 120
SOON_MINUTES = 480
HOUR = 60
URGENCIES = {"plenty": "calm", "half": "soon", "soon": "urgent"}


@dataclass(frozen=True)
class Deadline:
    """How a deadline is shown: ``level`` picks colour and sign, ``words`` say the same."""

    level: str
    words: str


def deadline(minutes: int | None, say: Say, *, paused: bool = False, urgency: str = "") -> Deadline:
    """Show the working minutes left (negative when overdue); ``None`` where no clock runs.

    ``urgency`` is the service's own word for how urgent it is; without it the minutes decide.
    """
    if paused:
        return Deadline("paused", say("Tạm dừng"))
    if minutes is None:
        return Deadline("none", say("Không tính giờ"))
    if minutes < 0:
        return Deadline("overdue", say("Quá hạn {span}").format(span=span(-minutes, say)))
    left = say("Còn {span}").format(span=span(minutes, say))
    if urgency in URGENCIES:
        return Deadline(URGENCIES[urgency], left)
    if minutes <= URGENT_MINUTES:
        return Deadline("urgent", left)
    return Deadline("soon" if minutes <= SOON_MINUTES else "calm", left)


def span(minutes: int, say: Say) -> str:
    """Say a span of working time in hours and minutes."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return say("{minutes} phút làm việc").format(minutes=rest)
    if not rest:
        return say("{hours} giờ làm việc").format(hours=hours)
    return say("{hours} giờ {minutes} phút làm việc").format(hours=hours, minutes=rest)
