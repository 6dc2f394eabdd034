"""What became of an agency: mergers, splits and renamings with their dates, so that old codes keep resolving."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from regulation.codes.agency import AgencyCode
from regulation.errors import RegulationError


class Change(StrEnum):
    """What a decision does to agencies: sáp nhập, chia tách, đổi tên (or a new code for the same body)."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"


class SuccessionRefusedError(RegulationError):
    """A merger has several agencies before and one after, a split one and several, a renaming one and one."""

    code = "succession-refused"
    vi = "Không thể {change}: {before} thành {after}."
    en = "{before} cannot be {change} into {after}."


class AgencyNotKnownError(RegulationError):
    """No naming of that code covers that day."""

    code = "agency-not-known"
    vi = "Không có cơ quan mã {agency} vào ngày {on}."
    en = "There is no agency {agency} on {on}."


@dataclass(frozen=True)
class Naming:
    """The name an agency bears from one local day to another, both included; no end means still."""

    agency: AgencyCode
    name: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    def covers(self, on: dt.date) -> bool:
        """Say whether the name is borne on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Succession:
    """One decision: from `on` the agencies `after` stand in the place of the agencies `before`.

    A code may stand on both sides: Ninh Bình kept H42 when Hà Nam joined it.
    Raises: SuccessionRefusedError when the counts do not fit the change.
    Source: R-CAT-03; NQ 202/2025/QH15; law-facts §11
    """

    change: Change
    on: dt.date
    before: tuple[AgencyCode, ...]
    after: tuple[AgencyCode, ...]
    basis: str = ""

    def __post_init__(self) -> None:
        several = {
            Change.MERGED: (len(self.before) > 1, len(self.after) == 1),
            Change.SPLIT: (len(self.before) == 1, len(self.after) > 1),
            Change.RENAMED: (len(self.before) == 1, len(self.after) == 1),
        }
        if not all(several[self.change]):
            raise SuccessionRefusedError(
                change=self.change, before=", ".join(self.before), after=", ".join(self.after)
            )


class AgencyHistory:
    """The names and successions of all agencies; nothing in it is ever rewritten."""

    def __init__(self, namings: Iterable[Naming], successions: Iterable[Succession] = ()) -> None:
        self._namings = tuple(namings)
        self._successions = tuple(sorted(successions, key=lambda one: one.on))

    def name(self, agency: AgencyCode, on: dt.date) -> str:
        """Give the name the agency bore on that day, whatever became of it since.

        Raises: AgencyNotKnownError.
        Source: R-CAT-03
        """
        for naming in self._namings:
            if naming.agency == agency and naming.covers(on):
                return naming.name
        raise AgencyNotKnownError(agency=agency, on=on)

    def resolve(self, agency: AgencyCode, since: dt.date, on: dt.date) -> tuple[AgencyCode, ...]:
        """Give who stands on `on` in the place of a code written on `since`, sorted; several after a split."""
        current = {agency}
        for succession in self._successions:
            if since < succession.on <= on and current & set(succession.before):
                current = (current - set(succession.before)) | set(succession.after)
        return tuple(sorted(current))

    def predecessors(self, agency: AgencyCode, on: dt.date) -> tuple[AgencyCode, ...]:
        """Give every other code that leads to this agency by `on`, sorted."""
        found = {agency}
        for succession in reversed(self._successions):
            if succession.on <= on and found & set(succession.after):
                found |= set(succession.before)
        return tuple(sorted(found - {agency}))
