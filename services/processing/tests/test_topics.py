"""Which pages are told when a row is written."""

import pytest
from live import place, thing
from processing.models import Agency, Assignment, Consultation, Dossier, Revocation, StepRecord, topics
from sqlalchemy.orm import DeclarativeBase

CODE = "H42.101-261121-0001"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Dossier(code=CODE, agency="H42.15"), (thing(CODE), place("H42.15"))),
        (StepRecord(dossier_code=CODE), (thing(CODE),)),
        (Revocation(dossier_code=CODE), (thing(CODE),)),
        (Consultation(dossier_code=CODE, agency="H42.16"), (thing(CODE), place("H42.16"))),
        (Assignment(dossier_code=CODE), (thing(CODE),)),
        (Agency(code="H42.15"), ()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_row_is_about_its_dossier_and_stands_in_the_lists_of_its_agency(
    row: DeclarativeBase, told: tuple[str, ...]
) -> None:
    assert topics(row) == told
