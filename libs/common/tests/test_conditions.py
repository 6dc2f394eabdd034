"""Alternatives as SQL: read as text, without a database."""

from typing import NamedTuple

import pytest
from common.conditions import matching
from sqlalchemy import column


class Asked(NamedTuple):
    """One test on a column."""

    name: str
    how: str
    value: str | None


HERE, ROOM = Asked("house", "is", "A.1"), Asked("room", "is", "x")
MINE, FREE, BELOW = Asked("hand", "is", "me"), Asked("hand", "is", None), Asked("house", "under", "A_1")
COLUMNS = {name: column(name) for name in ("house", "room", "hand")}


@pytest.mark.parametrize(
    ("alternatives", "sql"),
    [
        ((), "false"),
        (((),), "true"),
        (((HERE,),), "house = 'A.1' AND true"),
        (((HERE, ROOM), (HERE, MINE)), "house = 'A.1' AND (room = 'x' OR hand = 'me')"),
        (
            ((HERE, MINE), (HERE, ROOM, FREE)),
            "house = 'A.1' AND (hand = 'me' OR room = 'x' AND hand IS NULL)",
        ),
        (((BELOW,),), "(house = 'A_1' OR (house LIKE 'A/_1.' || '%' ESCAPE '/')) AND true"),
    ],
)
def test_a_row_passes_all_tests_of_one_alternative(alternatives, sql):
    condition = matching(alternatives, **COLUMNS)
    assert str(condition.compile(compile_kwargs={"literal_binds": True})) == sql


def test_a_test_without_a_column_always_passes():
    condition = matching(((HERE, MINE), (HERE, ROOM, FREE)), house=column("house"), hand=column("hand"))
    assert str(condition.compile(compile_kwargs={"literal_binds": True})) == (
        "house = 'A.1' AND (hand = 'me' OR hand IS NULL)"
    )
