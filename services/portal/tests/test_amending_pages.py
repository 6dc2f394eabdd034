"""The page on which an applicant corrects a submitted dossier, where that is offered."""

from collections.abc import Callable

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
    typed = {"version": "3", "child_name": "Nguyễn Minh Khang", "note": "Sửa tên"}
    done = await citizen.post(PAGE, PAGE, typed)
    assert (done.status_code, done.headers["location"]) == (303, MINE)
    body = citizen.fake.calls("POST", f"{API}/amendment")[0].body
    assert (body["version"], body["note"]) == (3, "Sửa tên")
    assert body["answers"]["child_name"] == "Nguyễn Minh Khang"
