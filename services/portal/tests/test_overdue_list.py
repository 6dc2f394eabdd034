"""The list of overdue dossiers: by day or period, printed, and the instruction recorded."""

from collections.abc import Callable

from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
LIST = "/can-bo/qua-han"
DAYS = {"first": "2026-11-01", "last": "2026-11-27"}
WORD = DAYS | {
    "reported_on": "26/11/2026",
    "received_on": "27/11/2026",
    "given_by": "Chủ tịch UBND tỉnh",
    "words": "Giải quyết dứt điểm.",
}


async def test_r_prc_15_the_centre_reads_prints_and_records_the_instruction(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    page = (await officer.get(f"{LIST}?tu=2026-11-01&den=2026-11-27")).text
    for words in (
        "H42.101-261121-0001",
        "UBND phường Hoa Lư",
        "Giải quyết dứt điểm trong tuần.",
        "chưa xong",
    ):
        assert words in page
    assert officer.fake.calls("GET", "/api/stats/overdue")[-1].query == DAYS
    assert (await officer.get(f"{LIST}/in?tu=2026-11-01&den=2026-11-27")).status_code == 200
    assert officer.fake.calls("GET", "/api/stats/overdue.pdf")[-1].query == DAYS
    silent = await officer.post(LIST, LIST, WORD | {"words": " ", "given_by": ""})
    assert [f'href="#{name}"' in silent.text for name in ("given_by", "words")] == [True, True]
    answer = await officer.post(LIST, LIST, WORD)
    assert answer.headers["location"].startswith(LIST)
    [sent] = officer.fake.calls("POST", "/api/stats/instructions")
    assert sent.body == WORD | {"reported_on": "2026-11-26", "received_on": "2026-11-27"}


async def test_days_are_written_as_everywhere_and_one_that_is_none_is_told(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    page = (await officer.get(f"{LIST}?tu=01/11/2026&den=27/11/2026")).text
    assert officer.fake.calls("GET", "/api/stats/overdue")[-1].query == DAYS
    assert ('type="date"' in page, 'id="tu-error"' in page) == (False, False)
    page = (await officer.get(f"{LIST}?tu=31/02/2026&den=27/11/2026")).text
    assert officer.fake.calls("GET", "/api/stats/overdue")[-1].query == {"last": DAYS["last"]}
    assert ('id="tu-error"' in page, 'value="31/02/2026"' in page) == (True, True)
    wrong = (await officer.post(LIST, LIST, WORD | {"reported_on": "hôm qua"})).text
    assert ('href="#reported_on"' in wrong, 'value="hôm qua"' in wrong) == (True, True)
    assert officer.fake.calls("POST", "/api/stats/instructions") == []
