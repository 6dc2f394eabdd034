"""Many dossiers at once: ticked in a queue, shown before anything is done, ordered, followed to the last one."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import BULK, CODE, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PROCESSING = "/api/processing/agencies/H42.101"
CHOSEN, ORDER = (
    f"/can-bo/hang-loat/chon?viec={{}}&ho-so={CODE}&ho-so=H42.101-261121-0009",
    "/can-bo/hang-loat",
)


async def test_rows_are_ticked_and_only_what_the_visitor_has_a_right_to_is_offered(browse: Browse) -> None:
    specialist = await browse().sign_in("specialist")
    page = (await specialist.get("/can-bo/giai-quyet")).text
    assert f'form="many" id="tick-{CODE}" name="ho-so" value="{CODE}">' in page
    offered = [
        deed for deed in ("signature", "assignment", "claim", "step-completion") if f'value="{deed}"' in page
    ]
    assert offered == ["claim", "step-completion"]
    assert f'value="{CODE}" checked>' in (await specialist.get("/can-bo/giai-quyet?chon=het")).text
    leader = await browse().sign_in("signer")
    assert 'name="viec" value="signature"' in (await leader.get("/can-bo/ky")).text
    desk = await browse().sign_in("desk_officer")
    assert 'form="many"' not in (await desk.get("/can-bo/tiep-nhan")).text


async def test_r_prc_11_what_is_signed_is_shown_and_only_what_stays_ticked_is_ordered(browse: Browse) -> None:
    leader = await browse().sign_in("signer")
    where = CHOSEN.format("signature")
    page = (await leader.get(where)).text
    for words in (
        "Ký số các văn bản này?",
        "Nguyễn Minh Anh",
        "Mở đúng văn bản sẽ ký",
        "H42.101-261121-0009",
    ):
        assert words in page
    [asked] = leader.fake.calls("GET", f"{PROCESSING}/bulks/preview")
    assert asked.query["deed"] == "signature"
    nothing = await leader.post(where, where, {})
    assert (nothing.status_code, "Hãy chọn ít nhất một hồ sơ" in nothing.text) == (422, True)
    given = await leader.post(where, where, {"item": f"{CODE}:2"})
    assert given.headers["location"] == f"{ORDER}/{BULK}"
    [sent] = leader.fake.calls("POST", f"{PROCESSING}/bulks/signature")
    assert sent.body == {"items": [{"code": CODE, "version": 2}]}


async def test_a_second_factor_asked_for_in_between_leads_back_to_the_same_choice(browse: Browse) -> None:
    leader = await browse().sign_in("signer")
    leader.fake.answers[f"POST {PROCESSING}/bulks/*"] = problem(403, "step-up-required", "Xác thực lại.")
    where = CHOSEN.format("signature")
    led = await leader.post(where, where, {"item": f"{CODE}:2"})
    assert "ho-so%3DH42.101-261121-0009" in led.headers["location"].replace("%253D", "%3D")


async def test_what_cannot_be_done_is_not_offered_and_words_go_along_with_the_order(browse: Browse) -> None:
    both = await browse().sign_in("specialist", "signer")
    both.fake.answers[f"GET {PROCESSING}/bulks/preview"] = {"items": [sample("chosen", possible=False)]}
    assert 'name="item"' not in (await both.get(CHOSEN.format("claim"))).text
    both.fake.answers[f"GET {PROCESSING}/bulks/preview"] = {"items": [sample("chosen")]}
    for deed, said in (
        ("assignment", {"officer_id": "o-8", "reason": "Chia lại việc."}),
        ("step-completion", {"remarks": "Đủ."}),
    ):
        where = CHOSEN.format(deed)
        await both.post(where, where, {"item": f"{CODE}:2", **said})
        [sent] = both.fake.calls("POST", f"{PROCESSING}/bulks/{deed}")
        assert sent.body == {"items": [{"code": CODE, "version": 2}], **said}


async def test_the_progress_says_of_each_dossier_what_became_of_it_and_offers_the_rest_again(
    browse: Browse,
) -> None:
    leader = await browse().sign_in("signer")
    page = (await leader.get(f"{ORDER}/{BULK}")).text
    for words in ("Đã xong 1 trên 3 hồ sơ", "Hãy tải lại trang rồi thực hiện lại.", "Tải lại để xem tiến độ"):
        assert words in page
    assert "data-follows" in page
    leader.fake.answers[f"GET {PROCESSING}/bulks/{BULK}"] = sample("bulk", waiting=0, done=2)
    ended = (await leader.get(f"{ORDER}/{BULK}")).text
    assert "viec=signature&amp;ho-so=H42.101-261121-0002" in ended
    assert "1" in (await leader.get(ORDER)).text
    empty = await leader.get("/can-bo/hang-loat/chon?viec=signature")
    assert (empty.status_code, "Hãy chọn ít nhất một hồ sơ" in empty.text) == (422, True)
