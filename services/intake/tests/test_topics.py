"""Which pages are told when a row is written."""

import pytest
from intake.models import ChecklistItem, Document, Dossier, Look, Step, SupplementRequest, topics
from live import Board, place, thing, watch
from sqlalchemy.orm import DeclarativeBase

CODE = "H42.101-261121-0001"
DOSSIER = Dossier(code=CODE, receiving_point="H42.101", competent_agency="H42.15")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (DOSSIER, (thing(CODE), place("H42.101"), place("H42.15"))),
        (
            Dossier(code=CODE, receiving_point="H42.1", competent_agency="H42.1"),
            (thing(CODE), place("H42.1")),
        ),
        (Document(dossier_code=CODE), (thing(CODE),)),
        (SupplementRequest(dossier_code=CODE), (thing(CODE),)),
        (ChecklistItem(dossier_code=CODE), (thing(CODE),)),
        (Step(dossier_code=CODE), ()),  # its dossier is written with it
        (Look(dossier_code=CODE), ()),  # looking changes nothing that is shown
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_row_is_about_its_dossier_and_stands_in_the_lists_of_its_agencies(
    row: DeclarativeBase, told: tuple[str, ...]
) -> None:
    assert topics(row) == told


async def test_every_change_of_a_dossier_is_told(stage):
    board = Board()
    watch(stage.database, board, topics)
    with board.ear([place("H42.101")]) as desk:
        code = await stage.dossier()
        assert await desk.news(0)  # born in one statement, without a session
        with board.ear([thing(code)]) as page:
            assert (await stage.judged(code)).status_code == 200
            assert await page.news(0)
            await stage.act(code, "acceptance", stage.desk())
            assert await page.news(0)
            await stage.unit_tells(code, "in_process", 1)
            assert await page.news(0)
            assert await desk.news(0)
            await stage.read(code)
            assert not await page.news(0)
