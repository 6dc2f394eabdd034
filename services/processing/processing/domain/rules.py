"""The values a regulation profile gives to handling, gathered once when the service starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from regulation.calendar import WorkingCalendar
from regulation.clock.by_profile import Term
from regulation.clock.reminder import Reminder

from processing.domain.instances import PROVINCE, settled_by
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
    apart: Mapping[str, datetime] = field(default_factory=dict)
    instance: str = PROVINCE

    def settles_here(self, agency: str, accepted_at: datetime) -> bool:
        """Tell whether this instance settles a dossier of an agency. Raises: UnreadableAgencyCodeError."""
        return settled_by(agency, accepted_at, self.apart) == self.instance
