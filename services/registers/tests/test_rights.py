"""Each book is read and kept by exactly the roles that the policy gives its rights."""

from registers.adapters.book_files import declared_books
from registers_stage import BOOKS
from regulation.roles import Right, Role, who_may
from suite.testing.rights import left_open, let_in


async def test_r_acc_18_each_book_lets_in_who_may_read_and_who_may_keep_it(app):
    for key, book in declared_books().items():
        assert await let_in(app, "GET", f"{BOOKS}/{key}/entries") == who_may(book.reads)
        assert await let_in(app, "GET", f"{BOOKS}/{key}/entries.csv") == who_may(book.reads)
        body = {"version": 1, "values": {}, "reason": "Thử quyền"}
        place = f"{BOOKS}/{key}/entries/{book.prefix}-2026-0009/corrections"
        assert await let_in(app, "POST", place, body) == who_may(book.keeps)


async def test_everybody_is_told_of_what_everybody_may_know(app):
    assert await let_in(app, "GET", "/api/registers/notices") == frozenset(Role)
    assert await let_in(app, "GET", "/api/registers/status") == frozenset(Role)
    watchers = who_may(Right.READ_OPERATIONS)
    assert await let_in(app, "GET", "/api/registers/status/inside") == watchers


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(app):
    everybody = {"GET /api/registers/notices", "GET /api/registers/status"}
    signed_in = {"GET /api/registers/reports", "POST /api/registers/reports"}
    assert await left_open(app, everybody | signed_in) == []
