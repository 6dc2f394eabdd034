"""Figures of agencies are opened step by step, from the top of the tree down."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from portal.domain.agency_tree import step
from portal_stage import reported, told
from portal_stage.fakes import Asked
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]


class Row(NamedTuple):
    key: str
    parent: str | None


ROWS = [
    Row("T", None),
    Row("T.1", "T"),
    Row("T.1.a", "T.1"),
    Row("T.2", "T"),
    Row("S", "unknown"),
    Row("S.1", "S"),
]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("", [("T", False), ("T.1", True), ("T.2", False), ("S", False), ("S.1", False)]),
        ("T.1", [("T.1", False), ("T.1.a", False)]),
        ("gone", [("T", False), ("T.1", True), ("T.2", False), ("S", False), ("S.1", False)]),
    ],
)
def test_an_agency_and_those_right_below_it_are_shown(chosen: str, shown: list[tuple[str, bool]]) -> None:
    found = step(ROWS, chosen, lambda row: row.key)
    assert [(one.row.key, one.opens) for one in found] == shown


async def test_r_sta_15_everybody_opens_the_figures_of_an_agency(browse: Browse) -> None:
    def deep(asked: Asked) -> Any:
        found = reported.figures(asked)
        for key, parent in (("H42.101.01", "H42.101"), ("H42.101.01.1", "H42.101.01")):
            found["rows"].append({**reported.row(key, f"Tổ {key}"), "parent": parent})
        return found

    visitor = browse()
    visitor.fake.answers["GET /api/stats/public/questions"] = deep
    page = (await visitor.get("/thong-ke/hoi-dap")).text
    assert "agency=H42.101.01" in page
    assert "Tổ H42.101.01.1" not in page
    opened = (await visitor.get("/thong-ke/hoi-dap?agency=H42.101.01")).text
    assert "Tổ H42.101.01.1" in opened


async def test_r_sat_03_everybody_opens_the_ratings_of_an_agency(browse: Browse) -> None:
    def deep(asked: Asked) -> Any:
        found = told.figures(asked)
        if isinstance(found, dict):
            found["agencies"].append({**found["agencies"][1], "agency": "H42.15.1", "parent": "H42.15"})
        return found

    visitor = browse()
    visitor.fake.answers["GET /api/qa/ratings"] = deep
    page = (await visitor.get("/danh-gia")).text
    assert "/danh-gia?ngay=2026-07-01&amp;co-quan=H42.15" in page
    opened = (await visitor.get("/danh-gia?ngay=2026-07-01&co-quan=H42.15")).text
    assert 'href="/danh-gia?ngay=2026-07-01"' in opened
