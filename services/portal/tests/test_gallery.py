"""Every page in a real browser, small and large, in both languages: no accessibility fault, nothing cut off."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from portal.api.questions import feedback_desk
from portal.api.questions.deeds import BY_SLUG
from portal.domain.bulk import MANY
from portal_stage import asked, surveyed, told
from portal_stage.books import NOTICE, NUMBER
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import FakeServices
from portal_stage.samples import BULK, CODE, DRAFT, OPINION, at, revoked, sample
from portal_stage.site import running
from portal_stage.world import services

pytestmark = pytest.mark.browser
SIZES = (ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900))
PUBLIC = (
    "/",
    "/thu-tuc?q=khai+sinh",
    "/thu-tuc/1.001193",
    "/thu-tuc/1.001193/huong-dan",
    "/thu-tuc/1.001193/dien-va-in",
    "/tra-cuu",
    f"/tra-cuu/{CODE}",
    "/tra-cuu/khong-co",
    "/xac-minh",
    "/xac-minh/V-1",
    "/thong-ke",
    "/thong-ke/hoi-dap",
    "/thong-ke/hoi-dap?subject=feedback&group=topic",
    "/hoi-dap",
    "/hoi-dap?q=khai+sinh",
    f"/hoi-dap/tra-loi/{asked.OTHER}",
    "/hoi-dap/dat-cau-hoi",
    f"/hoi-dap/theo-doi/{asked.KEY}",
    f"/hoi-dap/theo-doi/{asked.KEY}/da-gui",
    "/hoi-dap/tra-loi/HD-2026-999999",
    "/hoi-dap/dat-cau-hoi?procedure=1.001193&q=khai+sinh",
    "/tra-cuu/HD-2026-000123",
    "/phan-anh-kien-nghi",
    "/phan-anh-kien-nghi/gui",
    "/phan-anh-kien-nghi/noi-nhan",
    "/danh-gia",
    "/danh-gia-tai-quay",
    "/danh-gia-tai-quay/cam-on",
    f"/phan-anh-kien-nghi/theo-doi/{asked.KEY}",
    f"/phan-anh-kien-nghi/theo-doi/{asked.KEY}/da-gui",
    "/khao-sat",
    f"/khao-sat/{surveyed.NUMBER}",
    f"/khao-sat/{surveyed.NUMBER}/cam-on",
    f"/khao-sat/{surveyed.CLOSED}/ket-qua",
    "/trang-thai",
    "/dang-nhap",
    "/dang-ky",
    "/dang-ky/reg-1",
    "/quen-mat-khau",
    "/quen-mat-khau/res-1",
    "/huong-dan",
    "/lien-he",
    "/kha-nang-tiep-can",
    "/quyen-rieng-tu",
    "/dieu-khoan",
    "/khong-co-trang-nay",
    "/can-bo/dang-nhap",
)
OWN = (
    "/",
    "/thu-tuc/1.001193/nop",
    f"/ban-nhap/{DRAFT}",
    f"/ban-nhap/{DRAFT}/khai/requester",
    f"/ban-nhap/{DRAFT}/khai/child",
    f"/ban-nhap/{DRAFT}/khai/birth-place",
    f"/ban-nhap/{DRAFT}/khai/papers",
    f"/ban-nhap/{DRAFT}/nguoi-nop",
    f"/ban-nhap/{DRAFT}/giay-to",
    f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh",
    f"/ban-nhap/{DRAFT}/nhan-ket-qua",
    f"/ban-nhap/{DRAFT}/xem-lai",
    "/ho-so-cua-toi",
    f"/ho-so-cua-toi/{CODE}",
    f"/ho-so-cua-toi/{CODE}/da-nop",
    f"/ho-so-cua-toi/{CODE}/bo-sung",
    f"/ho-so-cua-toi/{CODE}/nhan-ket-qua",
    f"/ho-so-cua-toi/{CODE}/sua",
    f"/ho-so-cua-toi/{CODE}/chuyen-den-co-quan-dung",
    "/hoi-dap/cua-toi",
    "/phan-anh-kien-nghi/cua-toi",
    f"/ho-so-cua-toi/{CODE}/danh-gia/result",
    f"/hoi-dap/cua-toi/{asked.NUMBER}/da-gui",
    "/thong-bao",
    "/tai-khoan",
    "/tai-khoan/sua",
    "/thong-bao/kenh",
    *(
        f"/tai-khoan{path}"
        for path in ("/thu-dien-tu", "/thu-dien-tu/ch-1", "/dien-thoai", "/dien-thoai/pr-1")
    ),
    "/tai-khoan/lich-su-truy-cap",
    "/tai-khoan/mat-kiem-soat",
    "/bao-su-co",
    "/tai-khoan/kho",
    "/tai-khoan/dong",
    "/doi-mat-khau",
    "/doc-va-xac-nhan",
)
ASKED = f"/can-bo/hoi-dap/{asked.NUMBER}"
DESK, HANDLING = f"/can-bo/tiep-nhan/{CODE}", f"/can-bo/giai-quyet/{CODE}"
OFFICER = (
    "/can-bo",
    "/can-bo/doc-va-xac-nhan",
    "/can-bo/tai-khoan/thu-dien-tu",
    "/can-bo/tai-khoan/thu-dien-tu/ch-1",
    "/can-bo/tiep-nhan",
    "/can-bo/danh-sach-da-luu",
    "/can-bo/quay",
    f"/can-bo/quay/{DRAFT}",
    f"{DESK}/kho",
    f"/can-bo/ho-so/{CODE}/thong-bao",
    f"/can-bo/tong-dai?code={CODE}",
    "/can-bo/don-doc",
    "/can-bo/nhan-tin-ho-so",
    "/can-bo/qua-han?tu=2026-11-01&den=2026-11-27",
    "/can-bo/nhap-bu",
    DESK,
    f"{DESK}/nhan",
    f"{DESK}/da-nhan",
    f"{DESK}/giai-quyet-ngay",
    f"{DESK}/bo-sung",
    f"{DESK}/tu-choi",
    f"{DESK}/dong-y-bo-sung",
    f"{DESK}/lien-he",
    f"{DESK}/chuyen-huong",
    f"{DESK}/doi-chieu",
    f"{DESK}/tra-ket-qua",
    f"{DESK}/danh-gia-tai-quay",
    "/can-bo/giai-quyet",
    "/can-bo/ky",
    HANDLING,
    f"{HANDLING}/de-xuat",
    f"{HANDLING}/tra-lai",
    f"{HANDLING}/duyet",
    f"{HANDLING}/ky",
    f"{HANDLING}/thu-hoi",
    f"{HANDLING}/ky-thu-hoi",
    f"{HANDLING}/tra-lai-thu-hoi",
    f"{HANDLING}/hen-lai",
    f"{HANDLING}/tra-lai-hen-lai",
    f"{HANDLING}/ky-hen-lai",
    f"{HANDLING}/lay-y-kien",
    f"{HANDLING}/bo-sung",
    f"{HANDLING}/lay-y-kien/1/rut-lai",
    f"{HANDLING}/ban-giao",
    "/can-bo/ban-giao",
    "/can-bo/hang-loat",
    f"/can-bo/hang-loat/{BULK}",
    *(f"/can-bo/hang-loat/chon?viec={deed}&ho-so={CODE}" for deed in MANY),
    "/can-bo/vang-mat",
    "/can-bo/lay-y-kien",
    f"/can-bo/lay-y-kien/{OPINION}",
    "/can-bo/hoi-dap",
    ASKED,
    f"{ASKED}/du-thao",
    f"{ASKED}/sua-du-thao",
    "/can-bo/hoi-dap/HD-2026-999999",
    "/can-bo/phan-anh",
    "/can-bo/phan-anh/nhap",
    "/can-bo/hoi-dap/bao-cao",
    "/can-bo/hoi-dap/bao-cao/danh-sach?ky=2026-11&so=late_open&co-quan=H42.101",
    "/can-bo/hoi-dap/bao-cao/danh-sach?ky=2026-11&so=moved",
    "/can-bo/phan-anh/bao-cao?ky=2026",
    "/can-bo/phan-anh/bao-cao/danh-sach?ky=2026",
    "/can-bo/danh-gia",
    "/can-bo/danh-gia?xong=1",
    f"/can-bo/danh-gia/{told.TASK}",
    f"/can-bo/phan-anh/{told.NUMBER}",
    *(f"/can-bo/phan-anh/{told.NUMBER}/viec/{slug}" for slug in feedback_desk.BY_SLUG),
    "/can-bo/hoi-dap/huong-dan",
    "/can-bo/tep-bi-giu",
    *(f"/can-bo/quan-tri/khong-duoc-hoi{path}" for path in ("", "/moi", f"/{asked.BAR['id']}/cham-dut")),
    *(f"{ASKED}/viec/{slug}" for slug in BY_SLUG),
    *(f"/can-bo/khao-sat{path}" for path in ("", "/moi", *surveyed.PAGES)),
    "/can-bo/danh-gia-co-quan",
    f"/can-bo/danh-gia-co-quan/{surveyed.EVALUATED}",
    "/can-bo/thong-bao",
    "/can-bo/tai-khoan/lich-su-truy-cap",
    "/can-bo/tai-khoan/mat-kiem-soat",
    "/can-bo/bao-su-co",
    *(f"/can-bo/xac-thuc{path}" for path in ("", "/dang-ky", "/ma-khoi-phuc", "/khoa", "/khoa/k-1/go")),
    "/can-bo/nhat-ky-truy-cap",
    "/can-bo/van-hanh",
    "/can-bo/so",
    "/can-bo/so/incidents",
    "/can-bo/so/incidents/ghi",
    f"/can-bo/so/incidents/muc/{NUMBER}",
    f"/can-bo/so/incidents/muc/{NUMBER}/sua",
    f"/can-bo/so/incidents/muc/{NUMBER}/ket-thuc",
    *(f"/can-bo/quan-tri/tam-ngung{path}" for path in ("", "/moi", "/sus-1/xac-nhan", "/sus-1/cham-dut")),
    *(
        f"/can-bo/quan-tri/can-bo{path}"
        for path in ("", "/o-7", "/o-7/mat-khau", "/o-7/xac-thuc", "/o-7/mo-khoa", "/o-7/vai-tro")
    ),
    *(f"/can-bo/quan-tri/can-bo/o-7/van-ban{path}" for path in ("", "/thong-bao", "/cam-ket")),
    "/can-bo/quan-tri/dang-ky-quyen",
    "/can-bo/quan-tri/dang-ky-quyen/moi",
    "/can-bo/quan-tri/ra-soat",
    "/can-bo/quan-tri/can-bo/nhap-bang",
    "/can-bo/quan-tri/vai-tro-tinh",
    "/can-bo/quan-tri/vai-tro-tinh/moi",
    "/can-bo/cam-ket",
    *(f"/can-bo/quan-tri/can-bo/o-7/uy-quyen{path}" for path in ("", "/moi", "/a-1/rut")),
    *(f"/can-bo/quan-tri/quyet-dinh{path}" for path in ("", "/moi")),
    *(f"/can-bo/quan-tri/de-nghi{path}" for path in ("", "/moi", "/c-1/gui", "/c-2/nhan", "/c-2/xong")),
    "/can-bo/quan-tri/de-nghi/c-2/tra-lai",
    "/can-bo/quan-tri/do-phu",
    *(f"/can-bo/quan-tri/thu-tuc{path}" for path in ("", "/moi", "/1.001193/4", "/1.001193/4/kiem-soat")),
    *(f"/can-bo/quan-tri/thu-tuc/1.001193/{path}" for path in ("4/cong-bo", "5/dong-y", "5/tra-lai")),
)
OVERLAP = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ALONE = "main li > a, main th > a, .mc-card > a, .govuk-task-list__link, .govuk-button-group > a"
SMALL_TARGETS = """alone => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, nav a, summary, ' + alone)]
  .filter(e => e.offsetParent && !e.closest('.govuk-radios, .govuk-checkboxes')).map(e => [e.outerHTML.slice(0, 90),
  e.getBoundingClientRect()]).filter(([, r]) => r.height < 24 || r.width < 24).map(([html]) => html)"""
FACTS = """() => ({title: document.title, lang: document.documentElement.lang,
  headings: document.querySelectorAll('h1').length,
  switched: (link => link.href || link.formAction)(
    document.querySelector('.mc-header__tools a[hreflang], .mc-header__tools [formaction]')),
  nowhere: [...document.querySelectorAll('a[href^="#"]')].map(a => a.hash).filter(h => !document.querySelector(h))})"""


def plain_faults(page: Page, twin: str, lang: str, titles: dict[str, str]) -> list[Any]:
    """Return what makes a page hard to tell or to use: name, language, heading, its own links, targets.

    `twin` is the same page in the other language; `titles` remembers which page has which name.
    """
    facts, small = page.evaluate(FACTS), page.evaluate(SMALL_TARGETS, ALONE)
    found: list[Any] = [("small targets", small)] if small else []
    if facts["headings"] != 1 or facts["lang"] != lang or facts["nowhere"]:
        found.append(facts)
    if facts["switched"].rstrip("/") != twin.rstrip("/"):
        found.append(("the switch leads to", facts["switched"]))
    if titles.setdefault(facts["title"], page.url) != page.url:
        found.append(("named like", titles[facts["title"]]))
    return found


def world() -> FakeServices:
    """Give the province with a dossier that waits for a supplement and one with a proposal."""
    fake = services()
    everybody = ("desk_officer", "specialist", "signer")
    papers = {"documents": revoked(), "requests": [sample("request")]}
    asked = at("submitted", *everybody, needs_leader=True, **papers)
    fake.answers[f"GET /api/intake/dossiers/{CODE}"] = asked
    asked["actions"] += ["amendment", "passing-on"]
    asked["passing_on"] = {"agency": "H42.102", "agency_name": "UBND xã Gia Viễn"}
    asked["passing_on"] |= {"draft_id": None, "dossier": None}
    handled = f"GET /api/processing/agencies/H42.101/dossiers/{CODE}"
    actions = [
        "claim",
        "assignment",
        "proposal",
        "step-completion",
        "consultation",
        "sending-back",
        "approval",
        "signature",
        "extension-proposal",
        "extension-sending-back",
        "extension",
        "supplement-draft",
        "transfer",
    ]
    wrong = {
        "revoking": True,
        "revocations": [sample("revocation"), sample("revocation", number=2, decided_at=None)],
    }
    wrong["assignments"], wrong["absent_until"] = [sample("assignment")], "2026-11-27"
    wrong["extensions"] = [sample("extension")]
    wrong["supplements"] = [sample("supplement"), sample("supplement", number=2)]
    wrong |= {"paused_at": "2026-11-21T02:00:00Z", "answer_by_on": "2026-12-20"}
    wrong["consultations"] = [sample("consultation"), sample("consultation", number=2, standing="no_answer")]
    wrong["result_actions"] = ["revocation-proposal", "revocation-sending-back", "revocation"]
    fake.answers["GET /api/registers/notices"] = {"items": [NOTICE]}
    fake.answers[handled] = sample("handled", proposal=sample("proposal"), actions=actions, **wrong)
    return fake


@pytest.fixture(scope="module")
def fake() -> FakeServices:
    return world()


@pytest.fixture(scope="module")
def address(fake: FakeServices) -> Iterator[str]:
    with running(fake) as where:
        yield where


def seen(page: Page, twin: str, lang: str, titles: dict[str, str]) -> list[Any]:
    """Return what is wrong with the page at its present size."""
    over = page.evaluate(OVERLAP)
    return [
        *faults(page),
        *plain_faults(page, twin, lang, titles),
        *([("sideways scroll", over)] if over else []),
    ]


@pytest.mark.parametrize(
    ("home", "paths"), [(None, PUBLIC), ("", OWN), ("/can-bo", OFFICER)], ids=["all", "own", "officer"]
)
def test_r_ux_03_every_page_is_free_of_accessibility_faults(
    chromium: Browser, address: str, fake: FakeServices, home: str | None, paths: tuple[str, ...]
) -> None:
    page = chromium.new_page()
    if home is not None:
        sign_in(page, address, fake, home)
    wrong: dict[str, object] = {}
    titles: dict[str, str] = {}
    for prefix, sizes in (("", SIZES), ("/en", SIZES[:1])):
        for path in paths:
            page.set_viewport_size(sizes[0])
            page.goto(address + prefix + path.rstrip("/") if prefix else address + path)
            twin = address + ("" if prefix else "/en") + (path if prefix or path != "/" else "")
            for size in sizes:
                page.set_viewport_size(size)
                if found := seen(page, twin, prefix.strip("/") or "vi", titles):
                    wrong[f"{prefix}{path} {size['width']}"] = found
    page.close()
    assert wrong == {}


def test_the_reading_sees_a_page_with_faults(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address + "/lien-he")
    page.evaluate(
        """() => { document.documentElement.lang = 'fr'; document.title = 'x';
        document.querySelector('.mc-header__tools a[hreflang]').href = '/en';
        document.querySelector('main').innerHTML = '<h1>a</h1><h1>b</h1><ul><li><a href="#nowhere"'
        + ' style="display:block;min-height:0;height:9px">c</a></li></ul>'; }"""
    )
    small, facts, switch, name = plain_faults(
        page, f"{address}/en/lien-he", "vi", {"x": f"{address}/dieu-khoan"}
    )
    assert "#nowhere" in str(small)
    assert (facts["headings"], facts["lang"], facts["nowhere"]) == (2, "fr", ["#nowhere"])
    assert (switch[0], name[0]) == ("the switch leads to", "named like")
    page.close()


def test_r_ux_03_the_keyboard_alone_finds_and_sends_a_form(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    page = chromium.new_page()
    page.goto(address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    for _ in range(3):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("khai sinh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc?q=khai+sinh")
    page.close()


def test_r_ux_03_a_mistake_takes_the_focus_to_the_summary_and_its_link_to_the_field(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    page = chromium.new_page()
    sign_in(page, address, fake, "")
    page.goto(f"{address}/ban-nhap/{DRAFT}/khai/child")
    page.fill("#child_name", "")
    page.click("main button.govuk-button")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert faults(page) == []
    page.click(".govuk-error-summary a")
    assert page.evaluate("document.activeElement.id") == "child_name"
    page.close()


def test_r_ux_03_a_session_does_not_end_without_warning_and_can_be_extended(
    chromium: Browser, address: str
) -> None:
    fake = world()
    with running(fake) as where:
        page = chromium.new_page()
        page.clock.install()
        sign_in(page, where, fake, "")
        page.goto(f"{where}/ho-so-cua-toi")
        assert not page.locator("#session-dialog").is_visible()
        page.clock.fast_forward(25 * 60_000 + 1_000)  # the profile ends a session after 30 minutes
        page.locator("#session-dialog").wait_for(state="visible")
        assert faults(page) == []
        page.click("#session-dialog button")
        page.locator("#session-dialog").wait_for(state="hidden")
        page.close()


@pytest.mark.parametrize("path", ["/thu-tuc/1.001193", "/thong-ke", "/dang-ky"])
def test_r_ux_03_text_can_be_four_times_as_large(chromium: Browser, address: str, path: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 256})
    page.goto(address + path)
    assert page.evaluate(OVERLAP) == 0
    page.close()


def test_r_ux_04_every_citizen_page_fits_a_phone_and_a_thumb(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, address, fake, "")
    wrong = {}
    for path in (*PUBLIC, *OWN):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.clientWidth") == 360  # laid out for the phone itself
        if page.evaluate(OVERLAP) > 0 or page.evaluate(SMALL_TARGETS, ALONE):
            wrong[path] = (page.evaluate(OVERLAP), page.evaluate(SMALL_TARGETS, ALONE))
    context.close()
    assert wrong == {}


def test_r_ux_04_a_phone_offers_its_camera_for_each_paper(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, address, fake, "")
    page.goto(f"{address}/ban-nhap/{DRAFT}/giay-to/giay-to-tuy-than")
    camera = page.locator("#photo")
    assert camera.is_visible()
    assert (camera.get_attribute("capture"), camera.get_attribute("accept")) == ("environment", "image/*")
    camera.set_input_files({"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"})
    page.click("main button.govuk-button:has-text('Tải lên')")
    page.wait_for_url(f"**/ban-nhap/{DRAFT}/giay-to")
    context.close()
    assert b'filename="anh.jpg"' in fake.calls("POST", f"/api/intake/drafts/{DRAFT}/attachments")[-1].body


def test_a_conditional_question_appears_with_its_answer(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    page = chromium.new_page()
    sign_in(page, address, fake, "")
    page.goto(f"{address}/ban-nhap/{DRAFT}/khai/birth-place")
    page.check("#born_at_facility-2")
    assert not page.locator("#facility_name").is_visible()
    page.check("#born_at_facility")
    assert page.locator("#facility_name").is_visible()
    page.fill("#facility_name", "Bệnh viện")
    page.locator("#facility_name").blur()
    page.locator("#saved:has-text('Đã lưu lúc')").wait_for()
    page.close()


def test_without_javascript_the_same_question_says_when_to_answer(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, fake, "")
    page.goto(f"{address}/ban-nhap/{DRAFT}/khai/birth-place")
    assert page.locator("#facility_name").is_visible()
    assert page.locator("#facility_name-when").inner_text().startswith("Chỉ trả lời nếu")
    page.click("main button.govuk-button:has-text('Lưu và tiếp tục')")
    page.wait_for_url("**/khai/papers")
    context.close()
