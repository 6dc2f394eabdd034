"""How a dossier came in and who handed it in, as it leaves intake."""

from pydantic import BaseModel
from regulation.text import Lang

from intake.domain.entry import CONFIRMATIONS, WAYS, Confirmation, Way
from intake.domain.submitter import STANDINGS, collects, standing_of
from intake.models import Dossier


class EntryOut(BaseModel):
    """How a dossier came in that an officer wrote down, in words; `late` marks what was written down afterwards."""

    way: str
    confirmation: str
    late: bool
    late_form: str
    late_waits: bool


class SubmitterOut(BaseModel):
    """Who handed in for the applicant: in which standing, in words, and whether the result may go to them."""

    standing: str
    name: str
    id_number: str
    phone: str
    email: str
    organisation: str
    collects: bool


def entry_out(dossier: Dossier, lang: Lang) -> EntryOut | None:
    """Return how an officer wrote it down, None for a dossier that came in online."""
    if not (said := dossier.entry):
        return None
    way, confirmation = WAYS[Way(said["way"])], CONFIRMATIONS[Confirmation(said["confirmation"])]
    return EntryOut(
        way=way[lang],
        confirmation=confirmation[lang],
        late=dossier.late_entry,
        late_form=dossier.late_form or "",
        late_waits=dossier.late_waits,
    )


def submitter_out(dossier: Dossier, lang: Lang) -> SubmitterOut | None:
    """Return who handed it in for the applicant, None where the applicant did."""
    if not (said := dossier.submitter):
        return None
    parts = ("name", "id_number", "phone", "email", "organisation")
    told = {part: str(said.get(f"submitter_{part.removesuffix('_number')}") or "") for part in parts}
    return SubmitterOut(standing=STANDINGS[standing_of(said)][lang], collects=collects(said), **told)
