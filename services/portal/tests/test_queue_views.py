"""The officers' queues: the address is the view, says in words what it narrows, and counts what it shows."""

import re
from collections.abc import Callable

import pytest
from portal.domain.addresses import Page
from portal.domain.queue_files import with_names
from portal.domain.queue_view import HEADINGS, KEYS, LABELS, View
from portal_stage.fakes import problem
from portal_stage.samples import CODE, sample
from portal_stage.site import Visitor
from portal_stage.world import page_of
from regulation.queues import DESK, HANDLING, Column, DeskList, Narrowed, Queue, WorkFilter
from starlette.datastructures import QueryParams

Browse = Callable[..., Visitor]
QUEUE, WORK, SIGN = "/can-bo/tiep-nhan", "/can-bo/giai-quyet", "/can-bo/ky"
ASKED = {
    QUEUE: "/api/intake/desk",
    WORK: "/api/processing/agencies/H42.101",
    SIGN: "/api/processing/agencies/H42.101",
}
FILTERED = (
    "thu-tuc=1.001193&can-bo=o-1&hinh-thuc=online&trang-thai=in_process"
    "&tu-ngay=01/11/2026&den-ngay=20/11/2026&xep=newest"
)
SENT = {
    "procedure": "1.001193",
    "officer": "o-1",
    "channel": "online",
    "state": "in_process",
    "since": "2026-11-01",
    "until": "2026-11-20",
    "sort": "newest",
}


def say(words: str) -> str:
    return words


async def at_work(browse: Browse) -> Visitor:
    return await browse().sign_in("desk_officer", "specialist", "signer")


@pytest.mark.parametrize("path", ASKED)
async def test_r_int_01_the_address_is_the_view_and_says_it_in_words(browse: Browse, path: str) -> None:
    officer = await at_work(browse)
    page = (await officer.get(f"{path}?{FILTERED}")).text
    for route in ("dossiers", "dossiers/counts" if path != QUEUE else "counts"):
        query = officer.fake.calls("GET", f"{ASKED[path]}/{route}")[-1].query
        assert query.items() >= SENT.items(), route
    told = page[page.index("Đang lọc") : page.index("Bỏ lọc")]
    for words in (
        "Thủ tục đăng ký khai sinh",
        "Phạm Thị Thu",
        "Trực tuyến",
        "Đang giải quyết",
        "01/11/2026",
        "20/11/2026",
    ):
        assert words in told
    assert '<details class="govuk-details" open>' in page
    tabs = re.findall(r'<li><a href="([^"]+)"', page[page.index('class="mc-tabs"') : page.index("Đang lọc")])
    assert tabs
    assert [tab for tab in tabs if "thu-tuc=1.001193" not in tab or "xep=newest" not in tab] == []


async def test_the_next_page_and_the_file_keep_the_view(browse: Browse) -> None:
    officer = await at_work(browse)
    page = (await officer.get(f"{QUEUE}?muc=qua-han&{FILTERED}")).text
    further = re.search(r'role="button" href="([^"]+cursor=abc)"', page)
    assert further is not None
    await officer.get(further[1].replace("&amp;", "&"))
    asked = officer.fake.calls("GET", "/api/intake/desk/dossiers")[-1].query
    assert asked.items() >= {**SENT, "list": "overdue", "cursor": "abc"}.items()
    file = re.search(r'href="([^"]+\.csv[^"]*)"', page)
    assert file is not None
    assert "muc=qua-han" in file[1]
    assert "tu-ngay=01/11/2026" in file[1]


@pytest.mark.parametrize(
    ("days", "field"),
    [("tu-ngay=31/02/2026", "tu-ngay"), ("tu-ngay=2/11/2026&den-ngay=1/11/2026", "den-ngay")],
)
async def test_a_day_that_is_none_narrows_nothing_and_is_told(browse: Browse, days: str, field: str) -> None:
    officer = await at_work(browse)
    page = (await officer.get(f"{QUEUE}?{days}")).text
    assert f'id="{field}-error"' in page
    assert "until" not in officer.fake.calls("GET", "/api/intake/desk/dossiers")[-1].query


async def test_nothing_found_says_why_and_where_there_is_work(browse: Browse) -> None:
    officer = await at_work(browse)
    officer.fake.answers["GET /api/processing/agencies/H42.101/dossiers"] = {**page_of(), "capped": False}
    bare = (await officer.get(WORK)).text
    assert "Không có hồ sơ nào ở nhóm này." in bare
    assert "Mới chuyển đến (2)</a>" in bare[bare.index("Đang có việc ở") :]
    narrowed = (await officer.get(f"{WORK}?thu-tuc=1.001193")).text
    assert "Không có hồ sơ nào hợp với điều kiện lọc." in narrowed


@pytest.mark.parametrize("path", [WORK, SIGN])
async def test_r_prc_16_each_row_tells_whose_dossier_it_is_and_the_list_stands_without_names(
    browse: Browse, path: str
) -> None:
    officer = await at_work(browse)
    assert "Nguyễn Thị Ánh</td>" in (await officer.get(path)).text
    assert officer.fake.calls("GET", "/api/intake/desk/applicants")[-1].query == {"code": CODE}
    for route in ("desk/applicants", "desk/choices"):
        officer.fake.answers[f"GET /api/intake/{route}"] = problem(503, "unavailable", "Bận.")
    page = await officer.get(path)
    assert (page.status_code, CODE in page.text, "Nguyễn Thị Ánh" in page.text) == (200, True, False)


async def test_the_way_back_leads_to_the_place_one_came_from(browse: Browse) -> None:
    officer = await at_work(browse)
    for path, dossier in (
        (f"{QUEUE}?muc=xong&xep=newest", f"{QUEUE}/{CODE}"),
        (f"/en{SIGN}?cursor=abc", f"/en{WORK}/{CODE}"),
    ):
        await officer.get(path)
        page = (await officer.get(dossier)).text
        assert (
            f'<a href="{path.replace("&", "&amp;")}#{CODE}" class="govuk-back-link" data-key="l">' in page
        ), path


@pytest.mark.parametrize(
    ("path", "queue"),
    [
        (f"{QUEUE}?muc=dang-giai-quyet", DESK[DeskList.AT_THE_UNIT]),
        (QUEUE, DESK[DeskList.TO_CHECK]),
        (WORK, HANDLING[WorkFilter.MINE]),
    ],
)
async def test_the_columns_are_those_declared(browse: Browse, path: str, queue: Queue) -> None:
    officer = await at_work(browse)
    page = (await officer.get(path)).text
    head = page[page.index("<thead") : page.index("</thead>")]
    told = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', head)
    assert told == [HEADINGS[column] for column in queue.columns]


def test_whatever_narrows_has_a_word_in_addresses_and_on_pages() -> None:
    names = {"state" if one == "states" else one for one in Narrowed.__dataclass_fields__}
    assert names | {"sort"} == set(KEYS) == set(LABELS)
    assert set(HEADINGS) == set(Column)


def test_an_address_that_nobody_wrote_does_no_harm() -> None:
    view = View.read(
        Page.QUEUE, {}, DESK[DeskList.TO_CHECK], QueryParams("xep=name&thu-tuc=" + "x" * 500), say
    )
    assert "sort" not in view.wish
    assert len(view.wish["procedure"]) == 100
    (asked,) = (one for one in view.questions({"procedure": []}, say) if one.name == "xep")
    assert asked.value == "due"


NEXT = "H42.101-261121-0009"


async def test_the_next_dossier_is_found_over_the_end_of_a_page_and_the_way_back_turns(
    browse: Browse,
) -> None:
    officer = await at_work(browse)
    queue = f"{QUEUE}?muc=moi&xep=oldest"
    await officer.get(queue)
    last = sample("queue")["items"][-1]["code"]
    further = {**sample("queue"), "items": [{**sample("queue")["items"][0], "code": NEXT}], "next": None}
    officer.fake.answers["GET /api/intake/desk/dossiers"] = further
    for code in (last, NEXT):
        officer.fake.answers[f"GET /api/intake/dossiers/{code}"] = sample("dossier", code=code)
    page = (await officer.get(f"{QUEUE}/{last}")).text
    asked = officer.fake.calls("GET", "/api/intake/desk/dossiers")[-1].query
    assert (asked["cursor"], asked["list"], asked["sort"]) == ("abc", "to_check", "oldest")
    assert f'rel="next" data-key="n" href="{QUEUE}/{NEXT}?sang=1"' in page
    assert f'{queue.replace("&", "&amp;")}#{last}"' in page
    crossed = (await officer.get(f"{QUEUE}/{NEXT}?sang=1")).text
    assert f'rel="prev" data-key="p" href="{QUEUE}/{last}"' in crossed
    assert f'{queue.replace("&", "&amp;")}&amp;cursor=abc#{NEXT}"' in crossed
    assert "Hồ sơ sau" not in crossed


async def test_the_work_lists_read_on_as_well(browse: Browse) -> None:
    officer = await at_work(browse)
    route = "/api/processing/agencies/H42.101/dossiers"
    rows = [{**sample("handled_row"), "code": code} for code in (CODE, NEXT)]
    officer.fake.answers[f"GET {route}"] = {**page_of(rows[0]), "capped": False, "next": "abc"}
    await officer.get(f"{SIGN}?hinh-thuc=post")
    officer.fake.answers[f"GET {route}"] = {**page_of(rows[1]), "capped": False, "next": None}
    page = (await officer.get(f"{WORK}/{CODE}")).text
    assert f'href="{WORK}/{NEXT}?sang=1"' in page
    asked = officer.fake.calls("GET", route)[-1].query
    assert (asked["filter"], asked["channel"], asked["cursor"]) == ("to_sign", "post", "abc")


async def test_the_file_of_a_work_list_holds_the_list_and_whose_each_dossier_is(browse: Browse) -> None:
    officer = await at_work(browse)
    page = (await officer.get(f"{WORK}?loc=overdue&thu-tuc=1.001193")).text
    link = re.search(r'href="([^"]+\.csv[^"]*)"', page)
    assert link is not None
    file = await officer.get(link[1].replace("&amp;", "&"))
    asked = officer.fake.calls("GET", "/api/processing/agencies/H42.101/dossiers.csv")[-1].query
    assert asked == {"filter": "overdue", "procedure": "1.001193"}
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.text == f"\ufeffMã hồ sơ;Người nộp;Hẹn trả\r\n{CODE};Nguyễn Thị Ánh;x\r\n"


def test_no_cell_of_the_file_begins_like_a_formula() -> None:
    told = with_names("a;b\r\nH1;'=1\r\n", {"H1": "=cmd()"}, "Người nộp", "vi")
    assert told.endswith("H1;'=cmd();'=1\r\n")


@pytest.mark.parametrize("path", [f"{QUEUE}/{CODE}", f"{WORK}/{CODE}"])
async def test_a_key_presses_only_what_asks_again(browse: Browse, path: str) -> None:
    officer = await at_work(browse)
    page = (await officer.get(path)).text
    keyed = re.findall(r'<(a|button)[^>]*data-key="([a-z])"[^>]*>([^<]*)', page)
    assert keyed
    assert [words for tag, _, words in keyed if tag == "button" and not words.endswith("…")] == []
    told = re.findall(r"<kbd>([a-z])</kbd>", page[page.index('id="keys-dialog"') :])
    assert {key for _, key, _ in keyed} <= set(told)
