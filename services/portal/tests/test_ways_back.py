"""Nobody is left standing: after submitting, after signing up, after a file that was too large."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
INTAKE = "/api/intake"


def submitted() -> object:
    answer = problem(409, "draft-already-submitted", f"Bản nháp này đã được nộp, mã hồ sơ {CODE}.")
    answer.headers["location"] = f"{INTAKE}/dossiers/{CODE}"
    return answer


@pytest.mark.parametrize(
    "page", ["", "/tiep", "/khai/child", "/giay-to", "/giay-to/giay-chung-sinh", "/nhan-ket-qua", "/xem-lai"]
)
async def test_back_after_submitting_shows_the_receipt_of_that_dossier(browse: Browse, page: str) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers[f"GET {INTAKE}/drafts/{DRAFT}"] = submitted()
    answer = await citizen.get(f"/ban-nhap/{DRAFT}{page}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/ho-so-cua-toi/{CODE}/da-nop")


async def test_a_second_review_tab_leads_to_the_same_receipt(browse: Browse) -> None:
    citizen = await browse().sign_in()
    review = f"/ban-nhap/{DRAFT}/xem-lai"
    await citizen.get(review)
    citizen.fake.answers[f"POST {INTAKE}/dossiers"] = submitted()
    shown = citizen.fake.answers[f"GET {INTAKE}/drafts/{DRAFT}"]

    def gone_after_the_page(_: object) -> object:
        sent = citizen.fake.calls("POST", f"{INTAKE}/dossiers")
        return submitted() if sent else shown

    citizen.fake.answers[f"GET {INTAKE}/drafts/{DRAFT}"] = gone_after_the_page
    answer = await citizen.post(
        review, f"/ban-nhap/{DRAFT}/nop", {"agree": "true", "declaration_version": "1"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/ho-so-cua-toi/{CODE}/da-nop")


async def test_signing_up_from_a_procedure_leads_back_to_it(browse: Browse) -> None:
    begin, newcomer = "/thu-tuc/1.001193/nop", browse()
    asked = await newcomer.get(begin)
    sign_in = await newcomer.get(asked.headers["location"])
    assert f'href="/dang-ky?tiep={begin}"' in sign_in.text
    fields = {
        "kind": "individual",
        "full_name": "Nguyễn Thị Mẫu",
        "id_number": "001099000001",
        "phone": "0912345678",
        "email": "mau@motcua.example",
        "password": "mot cau that dai",
        "declaration_accepted": "true",
        "declaration_version": "1",
        "tiep": begin,
    }
    page = f"/dang-ky?tiep={begin}"
    assert f'name="tiep" value="{begin}"' in (await newcomer.get(page)).text
    wrong = await newcomer.post(page, "/dang-ky", {**fields, "email": ""})
    assert f'name="tiep" value="{begin}"' in wrong.text
    code_page = (await newcomer.post(page, "/dang-ky", fields)).headers["location"]
    answer = await newcomer.post(code_page, code_page, {"code": "123456"})
    assert (answer.status_code, answer.headers["location"]) == (303, begin)


@pytest.mark.parametrize("tiep", ["", "https://evil.example/x", "//evil.example", "/can-bo/ky"])
async def test_signing_up_leads_nowhere_else(browse: Browse, tiep: str) -> None:
    newcomer = browse()
    newcomer.fake.answers["POST /api/identity/registrations"] = {
        "registration_id": "reg-1",
        "sent_to": "",
        "expires_at": "2026-11-26T03:00:00Z",
    }
    fields = {
        **dict.fromkeys(("full_name", "id_number", "phone", "email", "password"), "x"),
        "kind": "individual",
        "declaration_accepted": "true",
        "tiep": tiep,
    }
    code_page = (await newcomer.post("/dang-ky", "/dang-ky", fields)).headers["location"]
    answer = await newcomer.post(code_page, code_page, {"code": "123456"})
    assert answer.headers["location"] == "/"


async def test_a_file_stopped_at_the_edge_leads_back_to_its_page_with_the_limit(browse: Browse) -> None:
    citizen = await browse().sign_in()
    paper = f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh"
    answer = await citizen.get("/qua-lon", referer=f"http://portal.test{paper}")
    assert answer.status_code == 413
    assert f'href="{paper}"' in answer.text
    assert "Mỗi tệp tối đa 20 MB" in answer.text


@pytest.mark.parametrize("referer", ["https://evil.example/ban-nhap/1", "", "nonsense", "http://portal.test"])
async def test_it_leads_to_no_other_site(browse: Browse, referer: str) -> None:
    answer = await browse().get("/qua-lon", **({"referer": referer} if referer else {}))
    assert answer.status_code == 413
    assert "evil" not in answer.text
    assert "Dùng nút Quay lại của trình duyệt" in answer.text
