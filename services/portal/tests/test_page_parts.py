"""Deadlines, charts, queues, terms: the small pure parts behind the pages."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from answers.intake import DeskCountsOut, DraftOut
from answers.processing import WorkCountsOut
from portal.adapters.formats import period
from portal.domain.charts import columns, shares
from portal.domain.deadlines import deadline
from portal.domain.journey import first_open, neighbours, page_of, stops
from portal.domain.queues import beside, desk_tabs, work_tabs
from portal.domain.texts import Texts, named
from portal_stage.samples import sample
from regulation.clock import Urgency
from regulation.roles import Right

SAY = Texts({})
TEMPLATES = Path(__file__).parent.parent / "portal" / "templates"
MACRO = re.compile(r"{%-? *macro +(\w+)")


@pytest.mark.parametrize(
    ("minutes", "urgency", "level", "words"),
    [
        (-35, Urgency.OVERDUE, "overdue", "Quá hạn 35 phút làm việc"),
        (0, Urgency.OVERDUE, "overdue", "Quá hạn 0 phút làm việc"),
        (0, Urgency.SOON, "urgent", "Còn 0 phút làm việc"),
        (900, Urgency.SOON, "urgent", "Còn 15 giờ làm việc"),
        (30, Urgency.HALF, "soon", "Còn 30 phút làm việc"),
        (150, Urgency.PLENTY, "calm", "Còn 2 giờ 30 phút làm việc"),
        (None, Urgency.PLENTY, "none", "Không tính giờ"),
    ],
)
def test_the_service_says_how_urgent_a_deadline_is_whatever_the_minutes(
    minutes: int | None, urgency: Urgency, level: str, words: str
) -> None:
    shown = deadline(minutes, urgency, SAY)
    assert (shown.level, shown.words) == (level, words)


def test_a_paused_clock_says_so() -> None:
    assert deadline(90, Urgency.SOON, SAY, paused=True).level == "paused"


@pytest.mark.parametrize(
    ("thing", "lang", "found"),
    [
        ({"name": "Khai sinh", "name_en": "Birth"}, "en", ("Birth", "en")),
        ({"name": "Khai sinh", "name_en": ""}, "en", ("Khai sinh", "vi")),
        ({"name": "Đăng ký"}, "en", ("Đăng ký", "vi")),
        ({"name": "Birth registration"}, "en", ("Birth registration", "en")),
        ({"name": "Khai sinh", "name_en": "Birth"}, "vi", ("Khai sinh", "vi")),
    ],
)
def test_a_record_tells_its_name_and_the_language_of_it(
    thing: dict[str, object], lang: str, found: object
) -> None:
    assert named(SimpleNamespace(**thing), "name", lang) == found


def test_the_journey_leads_to_what_is_left() -> None:
    draft = DraftOut.model_validate(sample("draft"))
    assert [stop.state for stop in stops(draft, "vi", SAY)] == [
        "problem",
        "done",
        "done",
        "done",
        "done",
        "todo",
        "todo",
        "todo",
    ]
    root = f"/ban-nhap/{draft.id}"
    assert first_open(draft, "vi", SAY) == f"{root}/khai/requester"
    assert neighbours(draft, "child", "vi", SAY) == (f"{root}/khai/requester", f"{root}/khai/birth-place")
    assert neighbours(draft, "requester", "vi", SAY)[0] == root
    assert neighbours(draft, "papers", "vi", SAY)[1] == f"{root}/giay-to", "nobody has to pass who applies"
    assert page_of(draft, "birth_place.detail") == f"{root}/khai/birth-place"
    assert page_of(draft, "giay-chung-sinh") == f"{root}/giay-to/giay-chung-sinh"


def test_bars_are_as_long_as_their_share() -> None:
    chart = shares([("A", 100.0, "100 %"), ("B", 50.0, "50 %"), ("C", None, "–")])
    assert [bar.width for bar in chart.bars] == [360.0, 180.0, 0.0]


def test_columns_stand_on_one_zero_line() -> None:
    chart = columns([("2026-10", (10, 5)), ("2026-11", (20, 0))])
    assert {bar.y + bar.height for bar in chart.bars} == {280}
    assert [bar.height for bar in chart.bars] == [120.0, 60.0, 240.0, 0.0]


def test_the_neighbours_of_a_dossier_are_those_of_the_list() -> None:
    assert beside(["a", "b", "c"], "b") == ("a", "c")
    assert beside(["a"], "a") == ("", "")
    assert beside(["a"], "z") == ("", "")


def test_the_tabs_of_the_desk_count_their_lists() -> None:
    counts = DeskCountsOut.model_validate(sample("desk_counts", capped=["at_the_unit"]))
    tabs = desk_tabs(counts, "moi")
    assert [(t.path.partition("?")[2], t.count, t.current, t.more) for t in tabs] == [
        ("muc=moi", 4, True, False),
        ("muc=bo-sung", 1, False, False),
        ("muc=dang-giai-quyet", 7, False, True),
        ("muc=cho-tra", 2, False, False),
        ("muc=xong", None, False, False),
        ("muc=hom-nay", 3, False, False),
        ("muc=sap-den-han", 2, False, False),
        ("muc=qua-han", 1, False, False),
    ]


def test_only_who_decides_has_a_list_to_sign() -> None:
    counts = WorkCountsOut(lists={"to_sign": 3}, cap=3, capped=("to_sign",))
    read, decide = Right.READ_HANDLING, Right.DECIDE_DOSSIER
    leading, working = (work_tabs(counts, "to_sign", rights=held) for held in ((read, decide), (read,)))
    assert [(t.path, t.count, t.more) for t in leading if t.current] == [("/can-bo/ky", 3, True)]
    assert [t.path for t in working] == [t.path for t in leading][1:]
    assert leading[0].path == "/can-bo/ky"


@pytest.mark.parametrize(
    ("sorted_name", "words"), [("2026-11", "11/2026"), ("2026-Q4", "Q4/2026"), ("2026", "2026")]
)
def test_a_period_of_the_statistics_is_written_as_people_do(sorted_name: str, words: str) -> None:
    assert period(sorted_name, "vi") == words


def test_no_part_is_written_over_by_another_of_its_name() -> None:
    """Of two parts of one name in one file the second counts everywhere: pages that meant the first fail."""
    twice = [
        f"{file.name}: {name}"
        for file in TEMPLATES.rglob("*.html")
        for name, count in Counter(MACRO.findall(file.read_text("utf-8"))).items()
        if count > 1
    ]
    assert twice == []
