"""The rows of the requirement matrix that the portal answers for: languages, guides, uniform and short ways."""

import re
from collections.abc import Callable

import pytest
from portal.domain import account_forms
from portal.domain.texts import Texts
from portal_stage.samples import CODE, DRAFT, at, sample
from portal_stage.site import Visitor
from regulation import profiles

Browse = Callable[..., Visitor]
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
CITIZEN_PAGES = (
    "/",
    "/thu-tuc",
    "/thu-tuc/1.001193",
    "/tra-cuu",
    "/thong-ke",
    "/dang-nhap",
    "/dang-ky",
    "/huong-dan",
)
SERVICE_PAGES = (
    "/thu-tuc/1.001193",
    "/thu-tuc/1.001193/nop",
    f"/ban-nhap/{DRAFT}",
    f"/ban-nhap/{DRAFT}/khai/requester",
    f"/ban-nhap/{DRAFT}/khai/child",
    f"/ban-nhap/{DRAFT}/khai/birth-place",
    f"/ban-nhap/{DRAFT}/khai/papers",
    f"/ban-nhap/{DRAFT}/giay-to",
    f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh",
    f"/ban-nhap/{DRAFT}/nhan-ket-qua",
    f"/ban-nhap/{DRAFT}/xem-lai",
)


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_ux_02_vietnamese_is_everywhere_and_english_where_the_regulation_has_it(
    browse: Browse, profile: str
) -> None:
    english = "en" in profiles.load(profile).listing("ui.languages")
    assert english is (profile == "thai-nguyen")
    visitor = browse(profile=profile)
    for path in CITIZEN_PAGES:
        vietnamese = await visitor.get(path)
        assert '<html lang="vi"' in vietnamese.text
        switch = "/en" + path.rstrip("/")
        assert (f'<a href="{switch}" lang="en" hreflang="en">English</a>' in vietnamese.text) is english
        other = await visitor.get(switch)
        assert other.status_code == (200 if english else 404)
        assert ('<html lang="en"' in other.text) is english


async def test_r_ux_02_english_has_a_domain_of_its_own_where_the_province_wants_one(browse: Browse) -> None:
    visitor = browse(profile="thai-nguyen", english_host="e-services.example")
    page = await visitor.get("/", host="e-services.example")
    assert '<html lang="en"' in page.text
    assert 'href="/thu-tuc"' in page.text


async def test_r_ux_02_what_has_no_translation_is_marked(browse: Browse) -> None:
    visitor = browse(profile="thai-nguyen")
    visitor.fake.answers["GET /api/catalog/procedures/1.001193"] = sample("procedure", name_en="")
    page = (await visitor.get("/en/thu-tuc/1.001193")).text
    assert (
        '<span lang="vi">Thủ tục đăng ký khai sinh</span><span class="mc-vi">Vietnamese only</span>' in page
    )
    assert '<span lang="vi">Văn bản ủy quyền</span>' in page


@pytest.mark.parametrize("path", SERVICE_PAGES)
async def test_r_ux_05_the_guide_of_a_service_is_one_step_from_each_of_its_pages(
    browse: Browse, path: str
) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(path)).text
    assert 'href="/thu-tuc/1.001193/huong-dan"' in page or 'name="next" value="guide"' in page
    assert 'href="/huong-dan"' in page


async def test_r_ux_05_the_guide_of_a_service_names_its_papers_and_leads_to_the_general_one(
    browse: Browse,
) -> None:
    visitor = browse()
    page = (await visitor.get("/thu-tuc/1.001193/huong-dan")).text
    assert all(component["name"] in page for component in sample("procedure")["content"]["components"])
    assert 'href="/huong-dan"' in page
    assert (await visitor.get("/huong-dan")).status_code == 200


async def test_r_ux_09_submitting_begins_within_four_clicks_of_the_home_page(browse: Browse) -> None:
    citizen = await browse().sign_in()
    clicks = ["/"]
    for wanted in ("/thu-tuc/1.001193", "/thu-tuc/1.001193/nop"):
        page = (await citizen.get(clicks[-1])).text
        assert f'href="{wanted}"' in page
        clicks.append(wanted)
    begun = await citizen.post(clicks[-1], clicks[-1], {"agency": "H42.101", "case": "thuong"})
    form = await citizen.get(begun.headers["location"])
    clicks.append(form.headers["location"])
    assert clicks[-1].startswith(f"/ban-nhap/{DRAFT}/khai/")
    assert len(clicks) - 1 <= 4


async def test_r_ux_09_a_prepared_draft_is_submitted_within_four_clicks_of_the_home_page(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    answered = {
        name: "x" for page in sample("draft")["eform"]["definition"]["pages"] for name in _names(page)
    }
    ready = sample("draft", problems=[], result_channel="online", answers=answered)
    citizen.fake.answers[f"GET /api/intake/drafts/{DRAFT}"] = ready
    assert 'href="/ho-so-cua-toi"' in (await citizen.get("/")).text
    assert f'href="/ban-nhap/{DRAFT}/tiep"' in (await citizen.get("/ho-so-cua-toi")).text
    review = (await citizen.get(f"/ban-nhap/{DRAFT}/tiep")).headers["location"]
    assert review == f"/ban-nhap/{DRAFT}/xem-lai"
    fields = {"agree": "true", "declaration_version": "1"}
    done = await citizen.post(review, f"/ban-nhap/{DRAFT}/nop", fields)
    assert done.headers["location"] == f"/ho-so-cua-toi/{CODE}/da-nop"


def _names(page: dict[str, list[dict[str, str]]]) -> list[str]:
    return [field["name"] for field in page["fields"]]


def test_r_ux_09_the_same_question_has_the_same_name_and_words_in_every_form() -> None:
    say = Texts({})
    forms = [
        account_forms.registration(say, {}, {}),
        account_forms.profile(say, {}, {}, ("full_name", "address", "date_of_birth", "phone")),
    ]
    words: dict[str, set[str]] = {}
    for question in [question for form in forms for question in form]:
        words.setdefault(question.name, set()).add(question.label)
    assert {name for name, labels in words.items() if len(labels) > 1} == set()


async def test_r_ux_09_a_person_is_asked_for_in_one_order_everywhere(browse: Browse) -> None:
    order, pages = ["name", "id", "phone", "email"], [await browse().get("/dang-ky")]
    citizen = await browse().sign_in()
    pages.append(await citizen.get(f"/ban-nhap/{DRAFT}/khai/requester"))
    clerk = await browse().sign_in("desk_officer")
    clerk.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("submitted", "desk_officer")
    pages.append(await clerk.get(f"/can-bo/tiep-nhan/{CODE}/lien-he"))
    for page in pages:
        asked = re.findall(r' name="(?:requester_)?(?:full_)?(name|id|phone|email)(?:_number)?"', page.text)
        assert len(asked) > 1
        assert asked == [part for part in order if part in asked]


async def test_r_ux_09_dates_and_addresses_are_asked_in_one_order_everywhere(browse: Browse) -> None:
    citizen = await browse().sign_in()
    child = (await citizen.get(f"/ban-nhap/{DRAFT}/khai/child")).text
    place = (await citizen.get(f"/ban-nhap/{DRAFT}/khai/birth-place")).text
    assert re.findall(r'name="child_born_on-(\w+)"', child) == ["day", "month", "year"]
    assert re.findall(r'<(?:select|input)[^>]* name="birth_place-(\w+)"', place) == [
        "province",
        "commune",
        "detail",
    ]
