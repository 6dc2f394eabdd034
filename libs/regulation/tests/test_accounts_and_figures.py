"""The accounting identity over histories, and sums that agree from the bottom to the top."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regulation.lateness import (
    AgencyNotPlacedError,
    Entry,
    Figures,
    HistoryRefusedError,
    Move,
    Totals,
    account,
    by_level,
    disagreeing_sums,
    follows,
    roll_up,
)
from regulation.profiles import PROVINCES, load

START = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
R, P, B, F, W = Move.RECEIVED, Move.PAUSED, Move.RESUMED, Move.FINISHED, Move.WITHDRAWN


def at(hour: int) -> dt.datetime:
    return START + dt.timedelta(hours=hour)


def history(*moves: tuple[int, Move]) -> list[Entry]:
    return [Entry(at(hour), move) for hour, move in moves]


HISTORIES = {
    "closed before": history((-9, R), (-1, F)),
    "carried, finished": history((-5, R), (3, F)),
    "carried, still paused": history((-5, R), (-2, P)),
    "carried, resumed": history((-5, R), (-2, P), (1, B)),
    "received at the first instant": history((0, R)),
    "received, withdrawn": history((1, R), (2, W)),
    "received, finished after": history((1, R), (10, F)),
    "received at the end": history((10, R)),
    "nothing yet": [],
}


def test_an_account_puts_every_dossier_into_one_column_on_each_side() -> None:
    found = account(HISTORIES, at(0), at(10))
    assert found.carried_over == {"carried, finished", "carried, still paused", "carried, resumed"}
    assert found.received == {
        "received at the first instant",
        "received, withdrawn",
        "received, finished after",
    }
    assert found.finished == {"carried, finished"}
    assert found.in_progress == {
        "carried, resumed",
        "received at the first instant",
        "received, finished after",
    }
    assert found.paused == {"carried, still paused"}
    assert found.withdrawn == {"received, withdrawn"}
    assert found.totals == Totals(3, 3, 1, 3, 1, 1)
    assert found.totals.holds


def test_a_breach_says_how_many_dossiers_are_nowhere() -> None:
    assert Totals(3, 3, 1, 3, 1, 0).breach == 1
    assert Totals(3, 3, 2, 3, 1, 1).breach == -1
    assert not Totals(3, 3, 1, 3, 1, 0).holds
    assert Figures(carried_over=1, received=2, early=1, on_time=1, late=0, paused=1).breach == 0
    assert Figures(received=1).breach == 1


@pytest.mark.parametrize(
    "moves",
    [
        ((0, F),),
        ((0, R), (1, R)),
        ((0, R), (1, F), (2, P)),
        ((0, R), (1, W), (2, F)),
        ((0, R), (1, B)),
        ((0, R), (1, P), (2, P)),
        ((2, R), (1, F)),
    ],
)
def test_a_history_that_does_not_hold_is_refused(moves: tuple[tuple[int, Move], ...]) -> None:
    with pytest.raises(HistoryRefusedError) as refused:
        account({"H42-260901-0001": history(*moves)}, at(0), at(9))
    assert "H42-260901-0001" in refused.value.message("vi")


def test_a_move_follows_from_the_one_before() -> None:
    open_ends = {(before, after) for before in (R, B) for after in (P, F, W)}
    expected = {(None, R), *open_ends, (P, B), (P, F), (P, W)}
    assert {(one, two) for one in (None, *Move) for two in Move if follows(one, two)} == expected


def test_an_interval_does_not_end_before_it_starts() -> None:
    assert account({}, at(1), at(1)).totals == Totals(0, 0, 0, 0, 0, 0)
    with pytest.raises(ValueError, match=r"^an interval ends after it starts$"):
        account({}, at(1), at(0))


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    allowed = {None: [R], R: [P, F, W], B: [P, F, W], P: [B, F, W]}
    hours = sorted(draw(st.lists(st.integers(0, 50), max_size=6)))
    moves: list[Entry] = []
    last = None
    for hour in hours:
        if last not in allowed:
            break
        last = draw(st.sampled_from(allowed[last]))
        moves.append(Entry(at(hour), last))
    return moves


cuts = st.lists(st.integers(0, 51), min_size=2, max_size=5).map(sorted)


@given(st.lists(histories(), max_size=12), cuts)
def test_the_identity_holds_for_every_interval_and_intervals_join(
    dossiers: list[list[Entry]], hours: list[int]
) -> None:
    named = {str(number): moves for number, moves in enumerate(dossiers)}
    accounts = [account(named, at(start), at(end)) for start, end in pairwise(hours)]
    for found in accounts:
        assert found.totals.holds
        assert not found.carried_over & found.received
    for earlier, later in pairwise(accounts):
        assert later.carried_over == earlier.in_progress | earlier.paused
    whole = account(named, at(hours[0]), at(hours[-1]))
    assert whole.totals.received == sum(found.totals.received for found in accounts)
    assert whole.totals.finished == sum(found.totals.finished for found in accounts)


PARENTS = {"H42": None, "H42.01": "H42", "H42.15": "H42", "H42.101": "H42.01", "H42.102": "H42.01"}
OWN = {
    "H42.15": Figures(received=5, on_time=3, in_progress=2),
    "H42.101": Figures(carried_over=1, received=2, early=1, late=1, in_progress=1),
    "H42.102": Figures(received=4, on_time=4),
}


def test_r_sta_20_sums_agree_from_the_bottom_to_the_top() -> None:
    totals = roll_up(OWN, PARENTS)
    assert totals["H42.01"] == OWN["H42.101"] + OWN["H42.102"]
    assert totals["H42"] == totals["H42.01"] + totals["H42.15"]
    assert totals["H42"].finished == 9
    assert disagreeing_sums(OWN, totals, PARENTS) == ()
    wrong = {**totals, "H42": totals["H42.01"]}
    assert disagreeing_sums(OWN, wrong, PARENTS) == ("H42",)
    del wrong["H42.01"]
    assert disagreeing_sums(OWN, wrong, PARENTS) == ("H42", "H42.01")


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_sta_20_figures_stand_per_level_and_kind_of_agency(profile: str) -> None:
    levels = load(profile).listing("scope.levels")
    groups = {"H42.15": ("province", "department"), "H42.101": ("district", "committee")}
    own = {agency: OWN[agency] for agency in groups}
    assert by_level(own, groups, levels) == {
        ("province", "department"): OWN["H42.15"],
        ("district", "committee"): OWN["H42.101"],
    }
    groups["H42.102"] = ("commune", "committee")
    if "commune" in levels:
        assert by_level(OWN, groups, levels)["commune", "committee"] == OWN["H42.102"]
        return
    with pytest.raises(AgencyNotPlacedError) as refused:
        by_level(OWN, groups, levels)
    assert refused.value.params == {"agency": "H42.102", "what": "level commune"}


def test_r_sta_20_agencies_of_one_group_are_added_up() -> None:
    groups = dict.fromkeys(OWN, ("commune", "committee"))
    assert by_level(OWN, groups, ["commune"]) == {
        ("commune", "committee"): OWN["H42.15"] + OWN["H42.101"] + OWN["H42.102"]
    }
    with pytest.raises(AgencyNotPlacedError) as refused:
        by_level(OWN, {}, ["commune"])
    assert refused.value.params["what"] == "level unknown"


@pytest.mark.parametrize(
    ("parents", "what"),
    [({"A": "B"}, "B is unknown"), ({}, "A is unknown"), ({"A": "B", "B": "A"}, "A stands below itself")],
)
def test_an_agency_without_a_place_stops_the_report(parents: dict[str, str | None], what: str) -> None:
    with pytest.raises(AgencyNotPlacedError) as refused:
        roll_up({"A": Figures(received=1)}, parents)
    assert refused.value.params == {"agency": "A", "what": what}
