"""The desk copies on paper what is electronic; nobody else is offered it, and what counts no more has no copy."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at, revoked
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK, INTAKE = f"/can-bo/tiep-nhan/{CODE}", f"/api/intake/dossiers/{CODE}"


async def test_r_res_16_the_desk_prints_a_copy_of_a_paper_and_of_a_file(browse: Browse) -> None:
    clerk = await browse().sign_in("desk_officer")
    clerk.fake.answers[f"GET {INTAKE}"] = at("result_ready", "desk_officer", documents=revoked())
    page = (await clerk.get(DESK)).text
    assert f'href="{DESK}/van-ban/d-3/tai-ve?ban-giay=1"' in page
    assert f"{DESK}/van-ban/d-2/tai-ve?ban-giay=1" not in page, "what counts no more"
    answer = await clerk.get(f"{DESK}/van-ban/d-3/tai-ve?ban-giay=1")
    assert answer.headers["content-type"] == "application/pdf"
    assert clerk.fake.calls("GET", f"{INTAKE}/documents/d-3/paper-copy")
    assert clerk.fake.calls("GET", f"{INTAKE}/documents/d-3") == []


async def test_r_res_16_who_handles_a_dossier_or_owns_it_is_offered_no_copy(browse: Browse) -> None:
    for visitor, place in (
        (await browse().sign_in("specialist"), f"/can-bo/giai-quyet/{CODE}"),
        (await browse().sign_in(), f"/ho-so-cua-toi/{CODE}"),
    ):
        text = (await visitor.get(place)).text
        assert CODE in text
        assert "ban-giay" not in text


async def test_r_res_17_a_copy_brought_to_the_counter_is_scanned_and_its_source_shown(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    form = f"/can-bo/quay/{DRAFT}"
    assert 'name="copy" value="giay-chung-sinh"' in (await officer.get(form)).text
    empty = await officer.post(form, form, {"copy": "giay-chung-sinh"})
    assert (empty.status_code, "Quét hoặc gõ mã trên bản giấy" in empty.text) == (422, True)
    typed = {"copy": "giay-chung-sinh", "copy-giay-chung-sinh": "https://dvc.example/xac-minh/V-9"}
    page = (await officer.post(form, form, typed)).text
    path = f"/api/intake/counter/drafts/{DRAFT}/paper-copies"
    sent = {"component": "giay-chung-sinh", "scanned": "https://dvc.example/xac-minh/V-9"}
    assert officer.fake.calls("POST", path)[-1].body == sent
    for words in ("Kết quả giải quyết", "Lê Văn Lãnh Đạo", "không có gì thay đổi", 'href="/xac-minh/V-9"'):
        assert words in page
    why = "Văn bản điện tử của bản giấy này đã hết giá trị."
    officer.fake.answers[f"POST {path}"] = lambda _: problem(409, "copy-source-revoked", why)
    refused = await officer.post(form, form, typed)
    assert (refused.status_code, why in refused.text) == (422, True)
    assert 'id="copy-giay-chung-sinh"' in refused.text
