"""The page on which an applicant corrects a submitted dossier, where that is offered."""

import re
from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
MINE, API = f"/ho-so-cua-toi/{CODE}", f"/api/intake/dossiers/{CODE}"
PAGE = f"{MINE}/sua"


async def test_r_sub_16_the_page_is_offered_where_the_profile_lets_applicants_and_sends_what_changed(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    assert f'href="{PAGE}"' not in (await citizen.get(MINE)).text
    assert (await citizen.get(PAGE)).headers["location"] == MINE
    citizen.fake.answers[f"GET {API}"] = sample("dossier", state="submitted", actions=["amendment"])
    assert f'href="{PAGE}"' in (await citizen.get(MINE)).text
    page = (await citizen.get(PAGE)).text
    for words in ('name="child_name"', 'name="file-giay-chung-sinh"', "Bản cũ vẫn được giữ"):
        assert words in page, words
    typed = {"version": "3", "child_name": "Nguyễn Minh Khang", "to-desk": "Sửa tên", "note": "Hai bản"}
    done = await citizen.post(PAGE, PAGE, typed)
    assert (done.status_code, done.headers["location"]) == (303, MINE)
    body = citizen.fake.calls("POST", f"{API}/amendment")[0].body
    assert (body["version"], body["note"]) == (3, "Sửa tên")
    assert (body["answers"]["child_name"], body["answers"]["note"]) == ("Nguyễn Minh Khang", "Hai bản")


async def test_r_sub_16_a_province_loads_its_communes_and_hands_nothing_in(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers[f"GET {API}"] = sample("dossier", state="submitted", actions=["amendment"])
    page = (await citizen.get(PAGE)).text
    assert (page.count('name="note"'), page.count('name="to-desk"')) == (1, 1)
    asked = re.findall(r'id="(\w+)-province"', page)[0]
    typed = {"version": "3", "child_name": "Trần Văn Dở", "to-desk": "Đang viết", "reload": asked}
    loaded = await citizen.post(PAGE, PAGE, {**typed, f"{asked}-province": "37"})
    assert (loaded.status_code, citizen.fake.calls("POST", f"{API}/amendment")) == (200, [])
    for kept in ('value="Trần Văn Dở"', ">Đang viết</textarea>"):
        assert kept in loaded.text, kept
    assert re.search(rf'id="{asked}-commune"[^>]* autofocus', loaded.text)


async def test_r_sub_16_what_is_wrong_is_told_where_it_is_put_right(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers[f"GET {API}"] = sample("dossier", state="submitted", actions=["amendment"])
    told = [{"field": "child_born_on.day", "rule": "format", "message": "Tháng 2 chỉ có 28 ngày."}]
    citizen.fake.answers[f"POST {API}/amendment"] = problem(422, "invalid-input", "Sai", told)
    refused = (await citizen.post(PAGE, PAGE, {"version": "3", "child_born_on-day": "31"})).text
    assert ('href="#child_born_on-day"' in refused, 'id="child_born_on-day"' in refused) == (True, True)
    assert 'id="child_born_on-error"' in refused
    citizen.fake.answers[f"POST {API}/attachments"] = problem(422, "file-damaged", "Tệp “a.pdf” bị hỏng.")
    file = {"file-giay-chung-sinh": ("a.pdf", b"%PDF-1.4", "application/pdf")}
    refused = (await citizen.post(PAGE, PAGE, {"version": "3"}, files=file)).text
    assert 'aria-describedby="hint-file-giay-chung-sinh file-giay-chung-sinh-error"' in refused
