"""What a written row means to who looks at a page: which dossier it is about, and in whose lists that stands."""

from live import place, thing

from intake.models.desk import ChecklistItem, Document, SupplementRequest
from intake.models.dossier import Dossier
from intake.models.draft import Attachment


def topics(row: object) -> tuple[str, ...]:
    """Return the topics of a row, none where no page of a dossier shows it."""
    match row:
        case Dossier():
            places = {row.receiving_point, row.competent_agency}
            return (thing(row.code), *(place(code) for code in sorted(places)))
        case ChecklistItem() | Document() | SupplementRequest():
            return (thing(row.dossier_code),)
        case Attachment() if row.dossier_code:
            return (thing(row.dossier_code),)
        case _:
            return ()
