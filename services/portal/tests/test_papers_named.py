"""What a dossier's page calls its papers, its numbers and its terms: one word for one thing, no two links alike."""

import re
from collections.abc import Callable

import pytest
from portal.adapters.formats import phone
from portal_stage.fakes import problem
from portal_stage.samples import CODE, revoked, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
LINK = re.compile(r'<a class="govuk-link" href="([^"]+)">(.+?)</a>')


def links(page: str) -> dict[str, str]:
    """Give where each link to a paper or file leads, by its words."""
    found = [(re.sub("<[^>]+>", "", words), to) for to, words in LINK.findall(page) if "/tai-ve" in to]
    assert len({words for words, _ in found}) == len(found), found
    return dict(found)


async def test_the_valid_result_comes_first_by_its_name_and_the_void_one_is_marked(browse: Browse) -> None:
    citizen = await browse().sign_in()
    papers = revoked()
    again = [{**papers[1], "id": "d-0"}, *papers, {**papers[0], "id": "d-9"}]
    file = sample("dossier")["components"][0]["files"][0]
    components = [{**part, "files": [file, file]} for part in sample("dossier")["components"]]
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = sample(
        "dossier", documents=again, components=components
    )
    page = (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text
    shown = [words for words, to in links(page[page.index("Văn bản</h2>") :]).items() if "/van-ban/" in to]
    receipt = papers[0]["name"]
    assert shown == [
        "Tải kết quả: Kết quả giải quyết (PDF)",
        f"{receipt} (PDF)",
        f"{receipt} (PDF) – 2",
        "Kết quả giải quyết – hết giá trị (PDF)",
        "Kết quả giải quyết – hết giá trị (PDF) – 2",
    ]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("+84900000001", "0900 000 001"),
        ("0900000001", "0900 000 001"),
        ("+4930123456", "+49 30 123456"),
        ("máy lẻ 12", "máy lẻ 12"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_telephone_number_is_read_in_one_form(stored: str | None, read: str) -> None:
    assert phone(stored) == read


async def test_every_page_shows_a_telephone_number_so(browse: Browse) -> None:
    citizen, clerk = await browse().sign_in(), await browse().sign_in("desk_officer")
    for visitor, page in (
        (citizen, f"/ho-so-cua-toi/{CODE}"),
        (citizen, "/tai-khoan"),
        (citizen, "/tai-khoan/dien-thoai"),
        (clerk, f"/can-bo/tiep-nhan/{CODE}"),
    ):
        text = (await visitor.get(page)).text
        assert re.search(r"0912 345 678", text), page
        assert not re.search(r"(\+84|0)912345678", text), page


@pytest.mark.parametrize(
    ("level", "term"),
    [
        ("4", "Toàn trình"),
        ("full", "Toàn trình"),
        ("3", "Một phần"),
        ("partial", "Một phần"),
        ("2", "Chỉ có thông tin"),
    ],
)
async def test_a_level_has_the_term_of_the_list(browse: Browse, level: str, term: str) -> None:
    visitor = browse()
    procedure = sample("procedure")
    procedure["offers"] = [{**procedure["offers"][0], "service_level": level}]
    visitor.fake.answers[f"GET /api/catalog/procedures/{procedure['code']}"] = procedure
    page = (await visitor.get(f"/thu-tuc/{procedure['code']}")).text
    assert f"– {term}" in page
    assert "mức độ" not in page


@pytest.mark.parametrize(
    ("root", "told"),
    [
        ("", "Thư điện tử, số điện thoại, số định danh hoặc mật khẩu không đúng."),
        ("/can-bo", "Tên đăng nhập hoặc mật khẩu không đúng."),
    ],
)
async def test_a_refused_sign_in_names_the_fields_of_its_page(browse: Browse, root: str, told: str) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/identity/sessions"] = problem(401, "sign-in-refused", "Tên đăng nhập.")
    page = f"{root}/dang-nhap"
    assert f">{told}</a>" in (await visitor.post(page, page, {"login": "a", "password": "b"})).text
