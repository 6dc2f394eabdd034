"""One thing an officer may do with a question or feedback: its place, its words, what it asks and what it sends."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.form_page import Filled, needed
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain.addresses.address import Address
from portal.domain.fields import Field

YES, NO = "true", "false"
REASON = {"reason": "Ghi lý do"}
NULLED = frozenset(("better_agency",))
"""Answers that are sent as nothing where they stay empty."""
SEEN = "doubts_seen"
"""The tick that sends what was doubted."""
DOUBTED = frozenset(("publication-doubtful",))
"""The refusals that the tick answers."""
Ask = Callable[[Visit, Any], Awaitable[list[Field]]]
Check = Callable[[Visit, Any, Posted], Awaitable[None]]


async def _nothing(visit: Visit, about: Any) -> list[Field]:
    return []


async def _anything(visit: Visit, about: Any, form: Posted) -> None:
    return None


@dataclass(frozen=True)
class Deed:
    """One thing an officer may do, by the name its service gives it."""

    action: str
    slug: str
    """Its place in the address."""
    heading: str
    done: str
    """What is said afterwards."""
    ask: Ask = _nothing
    needed: Mapping[str, str] = field(default_factory=dict)
    """Answers that must be given, with the complaint where they are not."""
    says: str = ""
    """What follows, said before it is done."""
    shows: str = ""
    """What the page shows beside the question: the draft, or what everybody would read."""
    method: str = "POST"
    leaves: bool = False
    """Whether the question leaves the officer's hands, so that the way leads back to the board."""
    main: bool = False
    """Whether it is what usually comes next."""
    button: str = ""
    """What stands on the button that does it, where that is not the heading."""
    check: Check = _anything
    """What the page itself asks once more before it is sent."""
    tick: str = ""
    """The words of the tick that sends what was doubted."""
    kept_here: frozenset[str] = frozenset()
    """Answers that are asked of whoever does it and sent nowhere."""

    keeps: Address | None = None
    """Where what is typed is kept meanwhile."""

    async def fields(self, visit: Visit, about: Any, filled: Filled) -> list[Field]:
        """Ask what it needs, and once it was doubted for the tick."""
        asked = await self.ask(visit, about)
        doubted = SEEN in filled.wrong or filled.typed.get(SEEN) == YES
        return asked + ([Field(SEEN, visit.say(self.tick), "agree")] if self.tick and doubted else [])

    async def body(self, visit: Visit, about: Any, form: Posted) -> Json:
        """Read the answers. Raises: WrongInputError."""
        given = {name: form.text(name) for name in self.needed}
        needed(visit, given, self.needed)
        await self.check(visit, about, form)
        asked = [one for one in await self.ask(visit, about) if one.name not in self.kept_here]
        seen = {SEEN: True} if self.tick and SEEN not in self.kept_here and form.text(SEEN) == YES else {}
        return {**{one.name: _read(form.text(one.name), one) for one in asked}, **seen}


def _read(text: str, asked: Field) -> str | bool | None:
    if asked.kind == "agree" or {choice.value for choice in asked.choices} == {YES, NO}:
        return text == YES
    return text or None if asked.name in NULLED else text


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at its field; a doubt also at the tick that sends all the same."""
    errors = visit.problems(refusal)
    tick = [FormError(SEEN, visit.say("Đánh dấu ô này nếu vẫn làm như đang ghi"))]
    return errors + (tick if refusal.code in DOUBTED else [])
