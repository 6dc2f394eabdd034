"""Somebody hands in for another: online on a page of its own, at the counter on the one page, and both are named."""

from collections.abc import Callable

from portal_stage.samples import CODE, DRAFT, at
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PAGE, API = f"/ban-nhap/{DRAFT}/nguoi-nop", f"/api/intake/drafts/{DRAFT}/submitter"
COUNTER = f"/can-bo/quay/{DRAFT}"
ACTS = {"submitter_standing": "authorised", "submitter_name": "Trần Văn Đức", "submitter_collects": "false"}
TOLD = {
    "standing": "Được người khác ủy quyền",
    "name": "Trần Văn Đức",
    "id_number": "037085004321",
    "phone": "+84987654321",
    "email": "",
    "organisation": "",
    "collects": False,
}


async def test_r_sub_18_who_acts_for_another_says_so_on_a_page_of_its_own(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(PAGE)).text
    assert 'value="self" checked' in page
    assert 'value="Nguyễn Thị Ánh"' in page, "the own name is filled in from the account"
    assert PAGE in (await citizen.get(f"/ban-nhap/{DRAFT}")).text
    wrong = await citizen.post(PAGE, PAGE, ACTS)
    assert (wrong.status_code, 'href="#submitter_phone"' in wrong.text) == (422, True)
    assert "Trần Văn Đức" in wrong.text
    done = await citizen.post(PAGE, PAGE, {**ACTS, "submitter_phone": "0987654321"})
    assert done.status_code == 303
    told = citizen.fake.calls("PUT", API)[-1].body["values"]
    assert (told["submitter_standing"], told["submitter_name"]) == ("authorised", "Trần Văn Đức")
    assert PAGE in (await citizen.get(f"/ban-nhap/{DRAFT}/xem-lai")).text


async def test_r_sub_18_at_the_counter_it_stands_on_the_one_page(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    assert 'name="submitter_standing"' in (await officer.get(COUNTER)).text
    await officer.post(COUNTER, COUNTER, {"submitter_standing": "self", "next": ""})
    assert officer.fake.calls("PUT", f"/api/intake/counter/drafts/{DRAFT}/submitter") == []
    await officer.post(COUNTER, COUNTER, {**ACTS, "next": ""})
    [said] = officer.fake.calls("PUT", f"/api/intake/counter/drafts/{DRAFT}/submitter")
    assert said.body["values"]["submitter_name"] == "Trần Văn Đức"


async def test_r_sub_18_desk_and_citizen_read_who_applies_and_who_submits(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    told = at("submitted", "desk_officer", submitter=TOLD)
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = told
    citizen = await browse().sign_in()
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("in_process", submitter=TOLD)
    for page in (
        (await officer.get(f"/can-bo/tiep-nhan/{CODE}")).text,
        (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text,
    ):
        for words in ("Người đứng đơn", "Trần Văn Đức", "Kết quả chỉ trao cho người đứng đơn."):
            assert words in page
