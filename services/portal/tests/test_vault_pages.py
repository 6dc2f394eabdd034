"""The vault as its owner sees it, and a kept paper offered where a form asks for one."""

from collections.abc import Callable
from typing import Any

from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PAGE, API = "/tai-khoan/kho", "/api/intake/vault"
PAPER = f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh"
NUMBER = "0193a1b2-0000-7000-8000-0000000000aa"


def holding(visitor: Visitor, *papers: dict[str, Any]) -> None:
    """Let the vault hold these papers."""
    visitor.fake.answers[f"GET {API}/papers"] = {"items": list(papers), "total": len(papers), "next": None}


async def test_r_vlt_02_the_owner_sees_each_paper_with_what_is_known_of_it_and_who_used_it(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(PAGE)).text
    for words in (
        "Giấy chứng sinh",
        "12/CS",
        "Bệnh viện Sản Nhi Ninh Bình",
        "03/01/2026",
        "Không có chữ ký số",
    ):
        assert words in page
    for words in ("Chưa rõ thời hạn", "Đinh Thị Hoa · UBND phường Hoa Lư", "H42.101-261124-0007"):
        assert words in page
    assert f'href="{PAGE}/{NUMBER}/tep/1"' in page
    assert f'href="{PAGE}"' in (await citizen.get("/tai-khoan")).text


async def test_r_vlt_02_an_own_paper_is_taken_out_of_offering_and_a_result_is_not(browse: Browse) -> None:
    citizen = await browse().sign_in()
    done = await citizen.post(PAGE, f"{PAGE}/{NUMBER}/dung-lai", {"offered": "false"})
    assert done.headers["location"] == PAGE
    assert citizen.fake.calls("PUT", f"{API}/papers/{NUMBER}/offering")[-1].body == {"offered": False}
    holding(
        citizen, sample("vault_paper", kind="result", fitness="revoked", reusable=False, reason="Bị thu hồi.")
    )
    page = (await citizen.get(PAGE)).text
    assert "dung-lai" not in page
    assert "không xóa được" in page
    assert "Bị thu hồi." in page


async def test_r_vlt_02_files_and_everything_are_taken_home_and_an_empty_or_absent_vault_says_so(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    for path in (f"{PAGE}/{NUMBER}/tep/1", f"{PAGE}/tai-ve"):
        assert (await citizen.get(path)).headers["content-disposition"].startswith("attachment")
    holding(citizen)
    assert "Chưa có giấy tờ nào trong kho" in (await citizen.get(PAGE)).text
    citizen.fake.answers[f"GET {API}/papers"] = lambda _: problem(404, "vault-not-kept", "Chưa lập kho.")
    page = await citizen.get(PAGE)
    assert page.status_code == 200
    assert "chưa lập kho" in page.text


async def test_r_vlt_01_a_form_offers_what_the_vault_holds_and_takes_it_with_one_click(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(PAPER)).text
    assert page.index("Bạn đã có giấy tờ này") < page.index('type="file"')
    done = await citizen.post(PAPER, f"{PAPER}/dung-lai", {"paper": NUMBER})
    assert done.headers["location"] == f"/ban-nhap/{DRAFT}/giay-to"
    sent = citizen.fake.calls("POST", f"/api/intake/drafts/{DRAFT}/vault-papers")[-1].body
    assert sent == {"component": "giay-chung-sinh", "paper": NUMBER}


async def test_r_vlt_04_what_is_not_reusable_says_why_and_has_no_button(browse: Browse) -> None:
    citizen = await browse().sign_in()
    why = "Đã hết hiệu lực ngày 07/12/2026."
    told = sample("vault_offer", reusable=False, fitness="expired", reason=why)
    offers = f"GET /api/intake/drafts/{DRAFT}/vault-papers"
    citizen.fake.answers[offers] = {"items": [told], "total": 1}
    page = (await citizen.get(PAPER)).text
    assert why in page
    assert f"{PAPER}/dung-lai" not in page
    citizen.fake.answers[offers] = lambda _: problem(404, "vault-not-kept", "Chưa lập kho.")
    page = (await citizen.get(PAPER)).text
    assert "Bạn đã có giấy tờ này" not in page
    assert 'type="file"' in page
    refused = problem(409, "vault-paper-not-reusable", f"Không dùng lại được. {why}")
    citizen.fake.answers[f"POST /api/intake/drafts/{DRAFT}/vault-papers"] = lambda _: refused
    answer = await citizen.post(PAPER, f"{PAPER}/dung-lai", {"paper": NUMBER})
    assert why in answer.text


async def test_r_vlt_06_a_page_offers_what_was_told_once_of_a_person_and_fills_it_by_choice(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    place = f"/ban-nhap/{DRAFT}/khai/requester"
    page = (await citizen.get(place)).text
    assert "Dùng lại thông tin của Trần Thị Mẹ" in page
    assert "Trần Thị Mẹ" not in (await citizen.get(f"/ban-nhap/{DRAFT}/khai/child")).text
    done = await citizen.post(place, place, {"earlier": "H42.101-261110-0003"})
    assert done.headers["location"] == place
    sent = citizen.fake.calls("POST", f"/api/intake/drafts/{DRAFT}/earlier-answers")[-1].body
    assert sent == {"page": "requester", "code": "H42.101-261110-0003"}


async def test_r_vlt_05_the_counter_sees_what_the_vault_holds_for_the_person_and_takes_it(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("desk_officer")
    form = f"/can-bo/quay/{DRAFT}"
    page = (await officer.get(form)).text
    assert "Kho của người nộp" in page
    assert f'name="reuse" value="giay-chung-sinh/{NUMBER}"' in page
    await officer.post(form, form, {"reuse": f"giay-chung-sinh/{NUMBER}"})
    sent = officer.fake.calls("POST", f"/api/intake/counter/drafts/{DRAFT}/vault-papers")[-1].body
    assert sent == {"component": "giay-chung-sinh", "paper": NUMBER}


async def test_r_vlt_01_the_desk_is_told_what_it_need_not_ask_for_and_describes_what_it_accepted(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("submitted", "desk_officer")
    held = f"GET /api/intake/desk/dossiers/{CODE}/vault-papers"
    other = sample("vault_offer", code="H42.101-261001-0001", fitness="valid", reason="Còn hiệu lực.")
    officer.fake.answers[held] = {"items": [other, sample("vault_offer", code=CODE)], "total": 2}
    asking = (await officer.get(f"/can-bo/tiep-nhan/{CODE}/bo-sung")).text
    assert asking.count("Kho của người nộp đã có giấy tờ này") == 1
    assert "đừng yêu cầu nộp lại" in asking
    place = f"/can-bo/tiep-nhan/{CODE}/kho"
    assert f'href="{place}"' in (await officer.get(f"/can-bo/tiep-nhan/{CODE}")).text
    page = (await officer.get(place)).text
    assert page.count("Ghi số, nơi cấp, thời hạn") == 1, "only what this dossier brought"
    typed = {
        "number": "12/CS",
        "issuer": "Bệnh viện",
        "issued_on": "03/01/2026",
        "expires_on": "",
        "lasting": "true",
    }
    done = await officer.post(place, f"{place}/{NUMBER}", typed)
    assert done.headers["location"] == place
    sent = officer.fake.calls("PUT", f"/api/intake/desk/dossiers/{CODE}/vault-papers/{NUMBER}")[-1].body
    assert sent == {**typed, "issued_on": "2026-01-03", "expires_on": None, "lasting": True}
    wrong = await officer.post(place, f"{place}/{NUMBER}", {**typed, "issued_on": "hôm qua"})
    for told in (f'href="#issued_on-{NUMBER}"', 'value="hôm qua"', '<details class="govuk-details" open>'):
        assert told in wrong.text, told


async def test_r_vlt_01_a_supplement_is_answered_from_the_vault(browse: Browse) -> None:
    citizen = await browse().sign_in()
    told = at("supplement_requested", requests=[sample("request")])
    asked = told["requests"][-1]["items"][0]["component"]
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = told
    offer = sample("vault_offer", component=asked)
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}/vault-papers"] = {"items": [offer], "total": 1}
    place = f"/ho-so-cua-toi/{CODE}/bo-sung"
    assert f'formaction="{place}/{asked}/dung-lai"' in (await citizen.get(place)).text
    done = await citizen.post(place, f"{place}/{asked}/dung-lai", {"paper": NUMBER})
    assert done.headers["location"] == place
    sent = citizen.fake.calls("POST", f"/api/intake/dossiers/{CODE}/vault-papers")[-1].body
    assert sent == {"component": asked, "paper": NUMBER}
    beside = {"paper": NUMBER, "note": "Mặt sau ở trang 2"}
    stays = await citizen.post(place, f"{place}/{asked}/dung-lai", beside)
    assert ("Đã dùng lại giấy tờ từ kho." in stays.text, f"{beside['note']}</textarea>" in stays.text) == (
        True,
        True,
    )
