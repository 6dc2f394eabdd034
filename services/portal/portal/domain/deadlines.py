"""Says how urgent a deadline is, in a colour, a sign and words together."""

from dataclasses import dataclass

from regulation.clock import Urgency

from portal.domain.texts import Say

HOUR = 60
URGENCIES = {
    Urgency.PLENTY: "calm",
    Urgency.HALF: "soon",
    Urgency.SOON: "urgent",
    Urgency.OVERDUE: "overdue",
}


@dataclass(frozen=True)
class Deadline:
    """How a deadline is shown: ``level`` picks colour and sign, ``words`` say the same."""

    level: str
    words: str


def deadline(minutes: int | None, urgency: str, say: Say, *, paused: bool = False) -> Deadline:
    """Show the working minutes left (negative when overdue); ``None`` where no clock runs.

    ``urgency`` is the service's own word for how urgent it is; the portal draws no line of its own.
    """
    if paused:
        return Deadline("paused", say("Tạm dừng"))
    if minutes is None:
        return Deadline("none", say("Không tính giờ"))
    words = "Quá hạn {span}" if urgency == Urgency.OVERDUE else "Còn {span}"
    return Deadline(URGENCIES[Urgency(urgency)], say(words).format(span=span(abs(minutes), say)))


def span(minutes: int, say: Say) -> str:
    """Say a span of working time in hours and minutes."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return say("{minutes} phút làm việc").format(minutes=rest)
    if not rest:
        return say("{hours} giờ làm việc").format(hours=hours)
    return say("{hours} giờ {minutes} phút làm việc").format(hours=hours, minutes=rest)
