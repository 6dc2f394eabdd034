"""What a written row means to who looks at a page: which dossier or order it is about, in whose lists that stands."""

from live import place, thing

from processing.models.assignment import Assignment
from processing.models.bulk import Bulk, BulkItem
from processing.models.consultation import Consultation
from processing.models.dossier import Dossier
from processing.models.extension import Extension
from processing.models.revocation import Revocation
from processing.models.step_record import StepRecord
from processing.models.supplement import Supplement


def topics(row: object) -> tuple[str, ...]:
    """Return the topics of a row, none where no page of a dossier shows it."""
    match row:
        case Dossier():
            return (thing(row.code), place(row.agency))
        case Consultation():
            return (thing(row.dossier_code), place(row.agency))
        case StepRecord() | Revocation() | Extension() | Assignment() | Supplement():
            return (thing(row.dossier_code),)
        case Bulk():
            return (thing(str(row.id)),)
        case BulkItem():
            return (thing(str(row.bulk_id)),)
        case _:
            return ()
