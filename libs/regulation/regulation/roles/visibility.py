"""What somebody sees: the one rule of visibility, as plain alternatives that any query can apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from regulation.roles.policy import reach_of
from regulation.roles.rights import Right
from regulation.roles.scopes import Reach


class Holder(Protocol):
    """Somebody with roles, as far as visibility asks."""

    @property
    def subject(self) -> str:
        """Who it is."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles held."""

    @property
    def scope(self) -> str | None:
        """The scope of the account."""

    @property
    def agency(self) -> str | None:
        """The agency of an officer."""

    @property
    def unit(self) -> str | None:
        """The unit of an officer."""


class Test(NamedTuple):
    """One test on a row: `is` is equality, `under` is the agency itself and every one below it."""

    name: Literal["agency", "unit", "holder"]
    how: Literal["is", "under"]
    value: str | None

    def holds(self, row: Mapping[str, str | None]) -> bool:
        """Tell whether a row passes."""
        found = row.get(self.name)
        if self.how == "is":
            return found == self.value
        return found is not None and (found == self.value or found.startswith(f"{self.value}."))


Alternatives = tuple[tuple[Test, ...], ...]


@dataclass(frozen=True)
class View:
    """How far one caller sees with one right."""

    reach: Reach
    subject: str
    agency: str | None
    unit: str | None

    def alternatives(self) -> Alternatives:
        """Return what a row must be to be seen: one of these, with all its tests; none means nothing is seen.

        A row has an agency, a unit and a holder, the officer in whose hands it is. Who sees only his own also sees
        what nobody in his unit holds yet, because somebody must take it; a wider scope never sees less.

        Source: QT Đ.11.2.e; R-ACC-18
        """
        if self.reach is Reach.PROVINCE:
            return ((),)
        if self.reach is Reach.NONE or self.agency is None:
            return ()
        here, unit = Test("agency", "is", self.agency), Test("unit", "is", self.unit)
        mine, nobodys = Test("holder", "is", self.subject), Test("holder", "is", None)
        found: dict[Reach, Alternatives] = {
            Reach.SUB_TREE: ((Test("agency", "under", self.agency),),),
            Reach.AGENCY: ((here,),),
            Reach.UNIT: ((here, unit), (here, mine)),
            Reach.OWN: ((here, mine), (here, unit, nobodys)),
        }
        return found[self.reach]

    def sees(self, *, agency: str, unit: str | None = None, holder: str | None = None) -> bool:
        """Tell whether one row is seen."""
        row = {"agency": agency, "unit": unit, "holder": holder}
        return any(all(test.holds(row) for test in tests) for tests in self.alternatives())

    def reaches(self, agency: str) -> bool:
        """Tell whether something of an agency may be seen at all."""
        tests = (test for all_of in self.alternatives() for test in all_of if test.name == "agency")
        first = next(tests, None)
        return first.holds({"agency": agency}) if first else self.reach is Reach.PROVINCE


def view(right: Right, who: Holder) -> View:
    """Return how far a caller sees with a right. Source: requirements C; QT Đ.11.2.e; R-ACC-18"""
    return View(reach_of(right, who.roles, who.scope), who.subject, who.agency, who.unit)
