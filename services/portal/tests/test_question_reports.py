"""Figures and reports of questions and feedback on pages: for everybody, and for who watches over the deadlines."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from portal.domain.reports import offered_periods, report_period
from portal_stage import reported, surveyed
from portal_stage.site import Visitor
from registers.adapters.book_files import declared_books
from registers.api.shapes import book_out

Browse = Callable[..., Visitor]
NOW = datetime(2026, 11, 30, 18, tzinfo=UTC)  # the first of December already, local time


async def test_r_sta_15_everybody_reads_the_figures_of_questions_and_feedback(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get("/thong-ke/hoi-dap")).text
    for words in (
        "Trả lời trễ hạn",
        "1.140",
        "Cơ quan đầu mối",
        reported.WARD,
        "Sổ sách khớp",
        "Lượt trả lại",
    ):
        assert words in page
    await visitor.get("/thong-ke/hoi-dap?subject=feedback&group=topic&period=decade&year=x&agency=H42.15")
    asked = visitor.fake.calls("GET", "/api/stats/public/questions")[-1].query
    assert (asked["subject"], asked["group"], asked["period"]) == ("feedback", "topic", "month")
    assert ("year" in asked, asked["agency"]) == (False, "H42.15")
    file = await visitor.get("/thong-ke/hoi-dap.csv?subject=feedback")
    assert file.headers["content-type"].startswith("text/csv")
    assert 'href="/thong-ke/hoi-dap"' in (await visitor.get("/thong-ke")).text


@pytest.mark.parametrize(("place", "what"), [("hoi-dap", "questions"), ("phan-anh", "feedback")])
async def test_r_qna_21_who_watches_reads_the_report_of_a_month_and_takes_it_along(
    browse: Browse, place: str, what: str
) -> None:
    visitor = await browse().sign_in("coordinator")
    root = f"/can-bo/{place}/bao-cao"
    assert f'href="{root}"' in (await visitor.get(f"/can-bo/{place}")).text
    page = (await visitor.get(f"{root}?ky=2026-10")).text
    for words in ("10/2026", "Trả lời đúng hạn", "Đang mở, đã quá hạn", "Trả lại đầu mối", "96,6 %", "1.140"):
        assert words in page
    assert "chưa kết thúc" not in page
    asked = visitor.fake.calls("GET", f"/api/stats/{what}/report")[-1].query
    assert (asked["period"], asked["day"]) == ("month", "2026-10-01")
    assert f"{root}/danh-sach?ky=2026-10&amp;co-quan=H42.101&amp;so=late_open" in page
    assert f"{root}.csv?ky=2026-10" in page
    assert (await visitor.get(f"{root}.csv?ky=2026")).headers["content-type"].startswith("text/csv")
    assert visitor.fake.calls("GET", f"/api/stats/{what}/report.csv")[-1].query["period"] == "year"
    assert "chưa kết thúc" in (await visitor.get(f"{root}?ky=2026-11")).text


async def test_r_qna_21_behind_a_number_stands_the_list_with_how_late_each_is(browse: Browse) -> None:
    visitor = await browse().sign_in("coordinator")
    root = "/can-bo/hoi-dap/bao-cao/danh-sach"
    page = (await visitor.get(f"{root}?ky=2026-11&so=late&co-quan=H42.101")).text
    for words in (
        reported.NUMBER,
        "16 ngày",
        "Đã trả lời",
        reported.WARD,
        f"/can-bo/hoi-dap/{reported.NUMBER}",
    ):
        assert words in page
    asked = visitor.fake.calls("GET", "/api/stats/questions")[-1].query
    assert (asked["figure"], asked["agency"], asked["day"]) == ("late", "H42.101", "2026-11-01")
    await visitor.get(f"{root}?so=nothing")
    assert visitor.fake.calls("GET", "/api/stats/questions")[-1].query["figure"] == "late_open"
    opened = (await visitor.get(f"{root}?ky=2026-11&so=open&co-quan=H42.101")).text
    assert f"{root}?ky=2026-11&amp;co-quan=H42.101&amp;so=open&amp;cursor=further" in opened
    assert "Không có việc nào." in (await visitor.get(f"{root}?so=moved")).text


async def test_r_qna_21_nobody_reads_a_report_without_signing_in(browse: Browse) -> None:
    for path in (
        "/can-bo/hoi-dap/bao-cao",
        "/can-bo/phan-anh/bao-cao.csv",
        "/can-bo/hoi-dap/bao-cao/danh-sach",
    ):
        assert (await browse().get(path)).headers["location"].startswith("/can-bo/dang-nhap")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("2026-10", {"period": "month", "day": "2026-10-01"}),
        ("2025", {"period": "year", "day": "2025-01-01"}),
        ("", {"period": "month", "day": "2026-12-01"}),
        ("2026-13", {"period": "month", "day": "2026-12-01"}),
        ("x2026", {"period": "month", "day": "2026-12-01"}),
    ],
)
def test_an_address_names_a_month_or_a_year_and_else_it_is_this_month(
    written: str, asked: dict[str, str]
) -> None:
    assert report_period(written, NOW).asked == asked


def test_the_newest_month_is_offered_first_and_an_older_one_that_is_chosen_too() -> None:
    choices = [one.value for one in offered_periods(report_period("2020-02", NOW), NOW)]
    assert (choices[0], choices[1], choices[-1]) == ("2026-12", "2026-11", "2020-02")
    assert {"2025", "2026"} < set(choices)
    assert len(choices) == len(set(choices))


async def test_r_sat_04_an_evaluation_shows_how_dossiers_went_and_is_taken_along_whole(
    browse: Browse,
) -> None:
    visitor = await browse().sign_in("coordinator")
    place = f"/can-bo/danh-gia-co-quan/{surveyed.EVALUATED}"
    page = (await visitor.get(place)).text
    for words in ("Hồ sơ giải quyết đúng hạn (%)", "98,2", "trên 1.100 việc", f"{place}/bang.csv"):
        assert words in page
    asked = visitor.fake.calls("GET", "/api/stats/shares")[-1].query
    assert (asked["period"], asked["day"]) == ("quarter", "2026-07-01")
    file = await visitor.get(f"{place}/bang.csv")
    assert f"motcua-{surveyed.EVALUATED}.csv" in file.headers["content-disposition"]
    head, *rows = csv.reader(io.StringIO(file.text.removeprefix("\ufeff")), delimiter=";")
    assert all(len(row) == len(head) for row in rows)
    ward, centre = rows
    assert (ward[0], ward[head.index("Hồ sơ giải quyết đúng hạn (%)")]) == ("H42.101", "98,2")
    assert (centre[1], set(centre[2:12])) == ("Trung tâm", {""}), "what is not told of an agency is left out"
    visitor.fake.answers["GET /api/stats/shares"] = []
    assert "Kỳ này không có hồ sơ nào." in (await visitor.get(place)).text


async def test_r_fbk_14_a_theme_is_entered_in_the_book_with_the_counts_of_statistics(browse: Browse) -> None:
    visitor = await browse().sign_in("coordinator")
    book = book_out(declared_books()["improvements"], "vi", can_keep=True).model_dump(mode="json")
    visitor.fake.answers["GET /api/registers/books/improvements"] = book
    page = (await visitor.get("/can-bo/phan-anh/bao-cao?ky=2026-10")).text
    assert "Thái độ, cách làm việc" in page
    assert "Kỳ trước chuyển sang 3; trả lời 800, không tiếp nhận 40, chuyển 3, đang mở 60" in page
    link = re.search(r'href="(/can-bo/so/improvements/ghi[^"]*theme=conduct[^"]*)"', page)
    assert link is not None
    form = (await visitor.get(html.unescape(link[1]))).text
    for name, value in (("question_count", "900"), ("feedback_count", "12")):
        assert re.search(rf'name="{name}"[^>]*value="{value}"|value="{value}"[^>]*name="{name}"', form), name
    assert re.search(r'value="conduct"[^>]*checked|<option value="conduct" selected', form)
    assert all(words in form for words in ("01/10/2026", "28/10/2026")) or 'value="10"' in form
    assert "improvements/ghi" not in (await visitor.get("/can-bo/phan-anh/bao-cao?ky=2026-11")).text
    head = await browse().sign_in("agency_head")
    assert "theo nhóm" not in (await head.get("/can-bo/phan-anh/bao-cao?ky=2026-10")).text
