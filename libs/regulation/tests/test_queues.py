"""The queues are declared once: each with a right, what must hold, an order and columns."""

from dataclasses import fields
from datetime import date

import pytest
from regulation.queues import DESK, EVERYTHING, HANDLING, Column, DeskList, Narrowed, WorkFilter
from regulation.roles import Right, Role, who_may
from regulation.states import State


def test_every_list_is_declared_and_nothing_else_is() -> None:
    assert list(map(set, (DESK, HANDLING))) == [set(DeskList), set(WorkFilter)]


def test_every_state_stands_in_exactly_one_list_of_the_desk() -> None:
    assert sorted(state for queue in DESK.values() for state in queue.states) == sorted(State)


@pytest.mark.parametrize("queue", [*DESK.values(), *HANDLING.values()])
def test_every_queue_leads_to_the_dossier_and_tells_whose_it_is_and_how_long_there_is(queue) -> None:
    assert {Column.CODE, Column.APPLICANT, Column.REMAINING} <= set(queue.columns)
    assert len(set(queue.columns)) == len(queue.columns)


def test_a_queue_is_open_to_some_and_shut_to_others() -> None:
    for queue in (*DESK.values(), *HANDLING.values()):
        assert set() < who_may(queue.right) < set(Role), queue
    assert HANDLING[WorkFilter.TO_SIGN].right is Right.DECIDE_DOSSIER


def test_whatever_narrows_counts_as_narrowing() -> None:
    assert not EVERYTHING
    said = {"since": date(2026, 12, 7), "until": date(2026, 12, 7), "states": ("returned",)}
    for one in fields(Narrowed):
        assert Narrowed(**{one.name: said.get(one.name, "x")}), one.name
