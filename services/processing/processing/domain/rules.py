"""The values a regulation profile gives to handling, gathered once when the service starts."""

from dataclasses import dataclass

from regulation.calendar import WorkingCalendar
from regulation.clock.by_profile import Term
from regulation.clock.reminder import Reminder
from regulation.instances import PROVINCE, Turn

from processing.domain.signing import Authority


@dataclass(frozen=True)
class HandlingRules:
    """Calendar, reminders, signing authority and approver in force for a province.

    Source: requirements §A.2, §A.6; R-PRC-01; R-PRC-11; R-PRC-16
    """

    calendar: WorkingCalendar
    authority: Authority
    result_signature: str
    process_approver: str
    reminder: Reminder
    idle: Term
    max_extensions: int = 1
    max_extension_percent: int = 100
    apology: frozenset[str] = frozenset()
    """What goes with an extension, as the profile says: the letter, the slip, a text message."""
    agreed: tuple[Turn, ...] = ()
    """The turns of instances that were agreed upon before this one started."""
    instance: str = PROVINCE
