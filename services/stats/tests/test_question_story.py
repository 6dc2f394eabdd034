"""The story of a question: in whose hands it was, whatever order the facts come in."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from question_stage import HERE, OTHER, at
from stats.domain.accounts import Figure, QuestionFigures
from stats.domain.questions import CENTRE, QuestionTold, Subject, Turn, tell_question


def told(
    version: int, turn: Turn, hours: float, agency: str | None = None, due: float | None = None
) -> QuestionTold:
    due_at = at(due) if due is not None else None
    return QuestionTold(version, turn, at(hours), Subject.QUESTION, "policies", at(0), agency, due_at)


WHOLE = (
    told(1, Turn.RECEIVED, 0, due=4),
    told(2, Turn.FORWARDED, 1, HERE, due=73),
    told(3, Turn.TIMED, 2, HERE, due=121),
    told(4, Turn.RETURNED, 3, None, due=7),
    told(5, Turn.FORWARDED, 8, OTHER, due=80),
    told(6, Turn.FORWARDED, 9, HERE, due=81),
    told(7, Turn.ANSWERED, 90, HERE, due=81),
)


@given(st.permutations(WHOLE), st.lists(st.sampled_from(WHOLE), max_size=6))
def test_r_sta_15_order_and_repetition_change_nothing(
    order: list[QuestionTold], again: list[QuestionTold]
) -> None:
    assert tell_question([*order, *again]) == tell_question(WHOLE)


@given(st.sets(st.sampled_from(WHOLE), min_size=1))
def test_r_sta_15_whatever_has_arrived_is_in_one_pair_of_hands_at_a_time(arrived: set[QuestionTold]) -> None:
    held = tell_question(arrived).holdings
    assert all(one.until == after.since for one, after in itertools.pairwise(held))
    assert all(one.ending is not None for one in held[:-1])


def test_r_sta_15_every_time_in_somebodys_hands_has_its_due_time_and_its_end() -> None:
    held = tell_question(WHOLE).holdings
    assert [(one.holder, one.due_at, one.ending) for one in held] == [
        (CENTRE, at(4), Turn.FORWARDED),
        (HERE, at(121), Turn.RETURNED),
        (CENTRE, at(7), Turn.FORWARDED),
        (OTHER, at(80), Turn.RECALLED),
        (HERE, at(81), Turn.ANSWERED),
    ]
    story = tell_question(WHOLE)
    assert (story.ending, story.closed_at, story.late) == (Turn.ANSWERED, at(90), True)


@pytest.mark.parametrize("turn", [Turn.REFUSED, Turn.MOVED])
def test_r_sta_15_what_is_refused_or_moved_is_in_nobodys_hands(turn: Turn) -> None:
    story = tell_question([WHOLE[0], told(2, turn, 5), told(3, Turn.FORWARDED, 6, HERE, due=9)])
    assert (story.ending, story.closed_at, story.late, len(story.holdings)) == (turn, at(5), True, 1)


def test_r_sta_15_an_answer_waits_for_the_forwarding_it_follows() -> None:
    early = tell_question([WHOLE[0], told(3, Turn.ANSWERED, 9, HERE, due=8)])
    assert early.ending is None
    whole = tell_question(
        [WHOLE[0], told(2, Turn.FORWARDED, 1, HERE, due=8), told(3, Turn.ANSWERED, 9, HERE, due=8)]
    )
    assert (whole.ending, whole.late) == (Turn.ANSWERED, True)


def test_a_story_needs_a_fact() -> None:
    with pytest.raises(ValueError, match="at least one fact"):
        tell_question([])


def test_an_account_says_by_how_many_it_does_not_hold() -> None:
    right = QuestionFigures(
        carried_over=1, received=4, answered_in_time=1, answered_late=1, refused=1, open=2
    )
    assert (right.breach, (right + right).breach, (right + QuestionFigures(moved=1)).breach) == (0, 0, -1)
    assert {one.value for one in Figure} < set(QuestionFigures.__dataclass_fields__)
