"""Lists an officer saved stand beside the queues: with filters and columns, renamed, removed; columns are chosen."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
QUEUE, VIEWS, API = "/can-bo/tiep-nhan", "/can-bo/danh-sach-da-luu", "/api/intake/desk/views"
KEPT = "0193a1b2-0000-7000-8000-00000000abcd"
ASKED = f"{QUEUE}?muc=xong&thu-tuc=1.001193&tu-ngay=01/11/2026&xep=newest&cot=code,applicant,state"


async def test_r_int_01_a_saved_list_leads_to_its_filters_order_and_columns(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    page = (await officer.get(QUEUE)).text
    link = next(part.split('"')[0] for part in page.split('href="') if ">Khai sinh đã xong<" in part)
    query = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    assert query == parse_qs(urlsplit(ASKED).query)
    shown = (await officer.get(link.replace("&amp;", "&"))).text
    sent = officer.fake.calls("GET", "/api/intake/desk/dossiers")[-1].query
    assert sent.items() >= {"list": "closed", "procedure": "1.001193", "since": "2026-11-01"}.items()
    heads = [part.split("<")[0] for part in shown.split('class="govuk-table__header">')[1:]]
    assert heads[:3] == ["Mã hồ sơ", "Người nộp", "Trạng thái"]


async def test_r_int_01_the_list_that_is_looked_at_is_saved_under_a_name(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    assert "Lưu danh sách này" in (await officer.get(ASKED)).text
    done = await officer.post(ASKED, VIEWS, {"asked": ASKED, "name": "Của tôi"})
    assert (done.status_code, done.headers["location"].partition("?")[0]) == (303, QUEUE)
    assert officer.fake.calls("POST", API)[-1].body == {
        "name": "Của tôi",
        "list": "closed",
        "chosen": {"procedure": "1.001193", "since": "2026-11-01", "sort": "newest"},
        "columns": ["code", "applicant", "state"],
    }
    nameless = await officer.post(ASKED, VIEWS, {"asked": ASKED, "name": " "})
    assert (nameless.status_code, "Đặt tên cho danh sách" in nameless.text) == (422, True)
    full = problem(409, "too-many-saved-views", "Mỗi người lưu tối đa 30 danh sách.")
    officer.fake.answers[f"POST {API}"] = lambda _: full
    refused = await officer.post(ASKED, VIEWS, {"asked": ASKED, "name": "Của tôi"})
    assert (refused.status_code, "tối đa 30 danh sách" in refused.text) == (422, True)
    assert 'value="Của tôi"' in refused.text, "what was typed stays"


async def test_r_int_01_a_saved_list_is_renamed_and_removed(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    assert "Khai sinh đã xong" in (await officer.get(VIEWS)).text
    renamed = await officer.post(VIEWS, f"{VIEWS}/{KEPT}", {"name": "Tuần này"})
    assert renamed.headers["location"] == VIEWS
    assert officer.fake.calls("PATCH", f"{API}/{KEPT}")[-1].body == {"name": "Tuần này"}
    removed = await officer.post(VIEWS, f"{VIEWS}/{KEPT}/bo", {})
    assert removed.headers["location"] == VIEWS
    assert officer.fake.calls("DELETE", f"{API}/{KEPT}")
    officer.fake.answers["GET /api/intake/desk/choices"] = sample("choices", views=[])
    assert "Bạn chưa lưu danh sách nào" in (await officer.get(VIEWS)).text


@pytest.mark.parametrize(
    ("asked", "heads"),
    [
        ("cot=state&cot=code", ["Mã hồ sơ", "Trạng thái"]),
        ("cot=nonsense", ["Thời gian còn lại", "Mã hồ sơ", "Người nộp"]),
        ("cot=code", ["Thời gian còn lại", "Mã hồ sơ", "Người nộp"]),
    ],
)
async def test_r_int_01_columns_are_chosen_and_the_code_always_stands(
    browse: Browse, asked: str, heads: list[str]
) -> None:
    officer = await browse().sign_in("desk_officer")
    page = (await officer.get(f"{QUEUE}?{asked}")).text
    found = [part.split("<")[0] for part in page.split('class="govuk-table__header">')[1:]]
    assert found[: len(heads)] == heads
