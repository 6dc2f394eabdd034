"""The values a regulation profile gives to handling, gathered once when the service starts."""

from dataclasses import dataclass, field
from fractions import Fraction

from regulation.calendar import WorkingCalendar
from regulation.durations import Duration, Unit

from processing.domain.deadlines import Reminder
from processing.domain.signing import Authority


@dataclass(frozen=True)
class HandlingRules:
    """Calendar, reminders, signing authority and approver in force for a province.

    Source: requirements §A.2, §A.6; R-PRC-01; R-PRC-11; R-PRC-16
    """

    calendar: WorkingCalendar
    day_hours: Fraction
    authority: Authority
    result_signature: str
    process_approver: str
    reminder: Reminder = field(default_factory=Reminder)
    idle: Duration = field(default_factory=lambda: Duration(Fraction(1), Unit.WORKING_DAY))
