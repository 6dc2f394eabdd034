"""What is signed and compared at pick-up, as officers see it."""

from collections.abc import Sequence
from datetime import datetime

from procedures import Procedure
from pydantic import BaseModel

from intake.api.deps import Visit
from intake.domain.pickup import WORDS, Item, open_items
from intake.models import Attachment, Dossier, PickupFinding
from intake.queries.choices import officer_names
from intake.queries.pickup import found_at_pickup, items_of


class PickupChoiceOut(BaseModel):
    """Something that may be found of an item, in words."""

    id: str
    name: str


class PickupItemOut(BaseModel):
    """One thing to sign or compare when the result is fetched, what was found, by whom and when."""

    component: str
    name: str
    is_form: bool
    choices: list[PickupChoiceOut]
    finding: str | None
    note: str
    found_by: str | None
    found_at: datetime | None
    is_open: bool


async def pickup_out(
    visit: Visit, dossier: Dossier, procedure: Procedure, files: Sequence[Attachment]
) -> list[PickupItemOut]:
    """Return what is signed and compared at pick-up; empty where the regulation asks for nothing."""
    items = items_of(visit.means.rules, procedure, dossier, files)
    if not items:
        return []
    found = await found_at_pickup(visit.session, dossier.code)
    names = await officer_names(visit.session, {one.found_by for one in found.values()})
    left = {item.component.id for item in open_items(items, {k: one.finding for k, one in found.items()})}
    return [_item(visit, item, found.get(item.component.id), names, left) for item in items]


def _item(
    visit: Visit, item: Item, found: PickupFinding | None, names: dict[str, str], left: set[str]
) -> PickupItemOut:
    lang, component = visit.lang, item.component
    return PickupItemOut(
        component=component.id,
        name=component.label(lang),
        is_form=item.is_form,
        choices=[PickupChoiceOut(id=one, name=getattr(WORDS[one], lang)) for one in item.findings],
        finding=found.finding if found else None,
        note=found.note if found else "",
        found_by=names.get(found.found_by, found.found_by) if found else None,
        found_at=found.found_at if found else None,
        is_open=component.id in left,
    )
