"""The page where forms are signed and sent papers compared, and the hand-over that waits for it."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, at
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK, INTAKE = f"/can-bo/tiep-nhan/{CODE}", f"/api/intake/dossiers/{CODE}"
COMPARE = f"{DESK}/doi-chieu"
ALL = {"version": "3", "finding-to-khai": "signed", "finding-giay-chung-sinh": "original"}


async def desk(browse: Browse) -> Visitor:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET {INTAKE}"] = at("result_ready", "desk_officer")
    return officer


async def test_r_sub_10_the_desk_is_led_to_compare_before_it_hands_over(browse: Browse) -> None:
    officer = await desk(browse)
    assert f'href="{COMPARE}"' in (await officer.get(DESK)).text
    page = (await officer.get(f"{DESK}/tra-ket-qua")).text
    assert "<li>Giấy chứng sinh</li>" in page
    assert f'href="{COMPARE}"' in page
    form = (await officer.get(COMPARE)).text
    assert "Đinh Thị Hoa ghi lúc" in form
    for words in ("Khớp bản chính", "Khớp bản sao chứng thực", "Không khớp", "Đã ký tại quầy"):
        assert words in form
    refusal = problem(409, "comparison-open", "Còn phải đối chiếu Giấy chứng sinh.")
    officer.fake.answers[f"POST {INTAKE}/handover"] = refusal
    shut = await officer.post(
        f"{DESK}/tra-ket-qua", f"{DESK}/tra-ket-qua", {"way": "counter", "version": "3"}
    )
    assert (shut.status_code, "Còn phải đối chiếu Giấy chứng sinh." in shut.text) == (422, True)


async def test_r_sub_10_what_was_found_is_sent_item_by_item(browse: Browse) -> None:
    officer = await desk(browse)
    path = f"PUT {INTAKE}/comparison"
    officer.fake.answers[path] = at("result_ready", "desk_officer")
    empty = await officer.post(COMPARE, COMPARE, {"version": "3"})
    assert (empty.status_code, "Chọn kết quả cho ít nhất một mục" in empty.text) == (422, True)
    half = await officer.post(COMPARE, COMPARE, ALL)
    assert half.headers["location"] == COMPARE, "an item is still open"
    assert officer.fake.calls("PUT", f"{INTAKE}/comparison")[-1].body == {
        "version": 3,
        "items": [
            {"component": "to-khai", "finding": "signed", "note": ""},
            {"component": "giay-chung-sinh", "finding": "original", "note": ""},
        ],
    }
    done = at("result_ready", "desk_officer")
    done["pickup"] = [{**item, "is_open": False} for item in done["pickup"]]
    officer.fake.answers[f"GET {INTAKE}"] = done
    assert (await officer.post(COMPARE, COMPARE, ALL)).headers["location"] == f"{DESK}/tra-ket-qua"
    officer.fake.answers[path] = problem(422, "difference-unexplained", "Ghi rõ điểm không khớp.")
    typed = {**ALL, "finding-giay-chung-sinh": "differs", "note-giay-chung-sinh": ""}
    refused = await officer.post(COMPARE, COMPARE, typed)
    assert (refused.status_code, "Ghi rõ điểm không khớp." in refused.text) == (422, True)
    assert 'value="differs" checked' in refused.text
