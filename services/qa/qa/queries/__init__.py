"""Named reads of questions."""

from qa.queries.asking import born
from qa.queries.board import Board, BoardPage, Queue, agency_counts, board, found_counts, queue_counts
from qa.queries.handing import place_of, places_of
from qa.queries.names import agencies, agency_names, names_of, procedure_names, reachable
from qa.queries.people import coordinators, leader_line, leaders_of, may_be_mailed, people_of
from qa.queries.questions import (
    by_key,
    clocks_of,
    expect_patience,
    given_back,
    last_deed,
    lines_of,
    next_publication,
    own_page,
    own_question,
    question_for,
    running_clocks,
    same_question,
    supplements_of,
)

__all__ = [
    "Board",
    "BoardPage",
    "Queue",
    "agencies",
    "agency_counts",
    "agency_names",
    "board",
    "born",
    "by_key",
    "clocks_of",
    "coordinators",
    "expect_patience",
    "found_counts",
    "given_back",
    "last_deed",
    "leader_line",
    "leaders_of",
    "lines_of",
    "may_be_mailed",
    "names_of",
    "next_publication",
    "own_page",
    "own_question",
    "people_of",
    "place_of",
    "places_of",
    "procedure_names",
    "question_for",
    "queue_counts",
    "reachable",
    "running_clocks",
    "same_question",
    "supplements_of",
]
