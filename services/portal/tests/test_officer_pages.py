"""The officers' pages carry out exactly what the clerk chose."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from portal.domain.places import places
from portal_stage.fakes import problem
from portal_stage.samples import CODE, at, sample
from portal_stage.site import Visitor
from regulation.roles import OFFICER_ROLES, rights_of
from starlette.responses import Response

Browse = Callable[..., Visitor]
DESK, HANDLING = f"/can-bo/tiep-nhan/{CODE}", f"/can-bo/giai-quyet/{CODE}"
INTAKE = f"/api/intake/dossiers/{CODE}"
PROCESSING = f"/api/processing/agencies/H42.101/dossiers/{CODE}"


async def desk(browse: Browse, **changes: Any) -> Visitor:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET {INTAKE}"] = at("submitted", "desk_officer", **changes)
    return officer


async def test_s17_at_the_officers_door_a_right_password_of_a_citizen_is_told_as_a_wrong_one(
    browse: Browse,
) -> None:
    citizen = browse()
    citizen.fake.answers["POST /api/identity/sessions"] = problem(401, "sign-in-refused", "")
    answer = await citizen.post("/can-bo/dang-nhap", "/can-bo/dang-nhap", {"login": "a", "password": "b"})
    assert citizen.fake.calls("POST", "/api/identity/sessions")[-1].body["door"] == "officer"
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.text
    assert (await citizen.get("/can-bo")).status_code == 303


async def test_a_citizen_who_is_signed_in_is_no_officer(browse: Browse) -> None:
    citizen = await browse().sign_in()
    assert (await citizen.get("/can-bo")).status_code in (303, 403)


async def test_the_start_page_counts_what_waits(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer", "signer")
    page = (await officer.get("/can-bo")).text
    assert "<strong>4</strong><span>Chờ kiểm tra</span>" in page
    assert "<strong>3</strong><span>Chờ ký</span>" in page


async def test_what_to_sign_comes_first_for_who_signs(browse: Browse) -> None:
    leader = await browse().sign_in("desk_officer", "signer")
    page = (await leader.get("/can-bo")).text
    assert page.index("<span>Chờ ký</span>") < page.index("<span>Chờ kiểm tra</span>")
    assert page.count("<strong>", 0, page.index("<span>Chờ ký</span>")) == 1
    clerk = (await (await browse().sign_in("desk_officer", "specialist")).get("/can-bo")).text
    assert clerk.index("<span>Chờ kiểm tra</span>") < clerk.index("<span>Tôi đang giải quyết</span>")


@pytest.mark.parametrize("closed", [None, "2026-11-21T03:00:00Z"])
async def test_both_pages_of_a_dossier_tell_one_state(browse: Browse, closed: str | None) -> None:
    officer = await browse().sign_in("desk_officer", "specialist")
    state = "returned" if closed else "in_process"
    officer.fake.answers[f"GET {INTAKE}"] = at(state, "desk_officer", state_label="Đã xong việc")
    officer.fake.answers[f"GET {PROCESSING}"] = sample("handled", closed_at=closed)
    told = [
        re.findall("<dt>Trạng thái</dt><dd>(.+?)</dd>", (await officer.get(p)).text) for p in (DESK, HANDLING)
    ]
    assert told == [["Đã xong việc"], ["Đã xong việc"]]
    assert ("<dt>Bước hiện tại</dt>" in (await officer.get(HANDLING)).text) is (closed is None)


@pytest.mark.parametrize(("prefix", "away"), [("", "Dịch vụ tạm thời gián đoạn"), ("/en", "interrupted")])
async def test_where_the_counts_are_away_the_start_page_takes_nobodys_rights(
    browse: Browse, prefix: str, away: str
) -> None:
    officer = await browse().sign_in("desk_officer")
    assert away not in (await officer.get(f"{prefix}/can-bo")).text
    officer.fake.answers["GET /api/intake/desk/counts"] = problem(503, "unavailable", "Bận.")
    page = (await officer.get(f"{prefix}/can-bo")).text
    assert away in page
    assert "chưa có danh sách việc" not in page
    assert "no work lists" not in page


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("operator", ("/can-bo/van-hanh", "Tình trạng từng thành phần", "/can-bo/so")),
        ("agency_admin", ("/can-bo/quan-tri/can-bo", "cấp lại mật khẩu, gỡ xác thực hai bước, mở khóa")),
        ("auditor", ("/can-bo/so", "/can-bo/quan-tri/giu-lai", "/can-bo/nhat-ky-truy-cap")),
        ("province_leader", ("/can-bo/so", "/can-bo/quan-tri/cap-quyen")),
        ("police", ("/can-bo/so",)),
    ],
)
async def test_who_has_no_list_is_told_what_there_is_and_where(
    browse: Browse, role: str, told: tuple[str, ...]
) -> None:
    page = (await (await browse().sign_in(role)).get("/can-bo")).text
    main = page[page.index("<main") : page.index("</main>")]
    assert [one for one in told if one not in main] == []
    assert "chưa có danh sách việc" not in page


async def test_only_who_has_no_page_at_all_is_sent_to_the_administrator(browse: Browse) -> None:
    nothing = [role for role in OFFICER_ROLES if not places(rights_of([role]))]
    assert nothing
    for role in nothing:
        page = (await (await browse().sign_in(role)).get("/can-bo")).text
        assert "chưa có danh sách việc" in page, role


async def test_a_count_that_stopped_says_or_more(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers["GET /api/intake/desk/counts"] = sample("desk_counts", capped=["at_the_unit"])
    for path in ("/can-bo", "/can-bo/tiep-nhan"):
        page = (await officer.get(path)).text
        assert '7+<span class="govuk-visually-hidden"> trở lên</span>' in page
        assert "4+" not in page


@pytest.mark.parametrize(
    ("query", "words", "asked"),
    [
        ("?muc=bo-sung", "", {"list": "supplement"}),
        ("?muc=moi&han=soon", "", {"list": "due_soon"}),
        ("?muc=moi&han=soon&tim=1", "Hoa", {"q": "Hoa"}),
        ("?muc=moi&han=soon", "Hoa", {"list": "due_soon"}),
    ],
)
async def test_the_file_holds_the_list_that_is_shown(
    browse: Browse, query: str, words: str, asked: dict[str, str]
) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers["GET /api/intake/desk/dossiers.csv"] = Response("x\n", media_type="text/csv")
    await officer.post("/can-bo/tiep-nhan", "/can-bo/tiep-nhan/tim", {"q": words, "muc": "moi"})
    link = re.search(r'href="([^"]+\.csv[^"]*)"', (await officer.get(f"/can-bo/tiep-nhan{query}")).text)
    assert link is not None
    file = await officer.get(link[1].replace("&amp;", "&"))
    assert file.headers["content-type"].startswith("text/csv")
    shown = officer.fake.calls("GET", "/api/intake/desk/dossiers")[-1].query
    assert officer.fake.calls("GET", "/api/intake/desk/dossiers.csv")[-1].query == asked
    assert {name: value for name, value in shown.items() if name not in ("limit", "cursor")} == asked


async def test_the_queue_tells_each_deadline_in_words_colour_and_sign(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    page = (await officer.get("/can-bo/tiep-nhan")).text
    assert page.index("Quá hạn 35 phút làm việc") < page.index("Còn 1 giờ 20 phút làm việc")
    assert 'mc-deadline--overdue"><svg' in page
    assert officer.fake.calls("GET", "/api/intake/desk/dossiers")[0].query["list"] == "to_check"


async def test_verdicts_are_kept_component_by_component(browse: Browse) -> None:
    officer = await desk(browse)
    fields = {
        "version": "3",
        "verdict-giay-chung-sinh": "ok",
        "verdict-giay-to-tuy-than": "missing",
        "note-giay-to-tuy-than": "Chưa có căn cước",
        "next": "supplement",
    }
    answer = await officer.post(DESK, f"{DESK}/kiem-tra", fields)
    assert answer.headers["location"] == f"{DESK}/bo-sung"
    assert officer.fake.calls("PUT", f"{INTAKE}/checklist")[0].body == {
        "version": 3,
        "items": [
            {"component": "giay-chung-sinh", "verdict": "ok", "note": ""},
            {"component": "giay-to-tuy-than", "verdict": "missing", "note": "Chưa có căn cước"},
        ],
    }


async def test_a_supplement_request_is_composed_from_the_checklist(browse: Browse) -> None:
    components = sample("dossier")["components"]
    components[1].update(verdict="missing", note="Chưa có căn cước")
    officer = await desk(browse, components=components)
    page = (await officer.get(f"{DESK}/bo-sung")).text
    assert 'name="item-giay-to-tuy-than" value="1" checked' in page
    assert 'name="item-giay-chung-sinh" value="1">' in page
    fields = {
        "version": "3",
        "item-giay-to-tuy-than": "1",
        "note-giay-to-tuy-than": "Chụp căn cước",
        "reason": "Thiếu",
        "guidance": "Chụp hai mặt",
        "free-1": "Xác nhận",
        "basis-1": "Điều 16",
    }
    await officer.post(f"{DESK}/bo-sung", f"{DESK}/bo-sung", fields)
    body = officer.fake.calls("POST", f"{INTAKE}/supplement-requests")[0].body
    assert body["items"] == [{"component": "giay-to-tuy-than", "note": "Chụp căn cước"}]
    assert body["free_items"] == [{"text": "Xác nhận", "legal_basis": "Điều 16"}]
    assert (body["reason"], body["leader_ground"], body["version"]) == ("Thiếu", None, 3)


async def test_a_request_without_reason_is_not_sent_and_keeps_its_text(browse: Browse) -> None:
    officer = await desk(browse)
    answer = await officer.post(
        f"{DESK}/bo-sung", f"{DESK}/bo-sung", {"guidance": "Chụp lại", "version": "3"}
    )
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert "Chụp lại</textarea>" in answer.text
    assert officer.fake.calls("POST", f"{INTAKE}/supplement-requests") == []


async def test_acceptance_is_confirmed_first_and_explained_afterwards(browse: Browse) -> None:
    officer = await desk(browse)
    before = (await officer.get(f"{DESK}/nhan")).text
    assert "Ngay trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo" in before
    assert "Nếu tiếp nhận bây giờ, hẹn trả 17:00 Thứ Hai, 23/11/2026" in before
    assert all(row["text"] in before for row in sample("due")["rows"])
    answer = await officer.post(f"{DESK}/nhan", f"{DESK}/nhan", {"version": "3"})
    assert answer.headers["location"] == f"{DESK}/da-nhan"
    assert officer.fake.calls("POST", f"{INTAKE}/acceptance")[0].body == {"version": 3}
    after = (await officer.get(f"{DESK}/da-nhan")).text
    assert all(row["text"] in after for row in sample("due")["rows"])


async def test_what_is_in_the_way_of_acceptance_is_listed_instead_of_a_button(browse: Browse) -> None:
    officer = await desk(browse)
    obstacles = [{"code": c, "message": m} for c, m in (("a", "Còn thiếu."), ("b", "Chưa có quy trình."))]
    officer.fake.answers[f"GET {INTAKE}/acceptance"] = sample("outlook", obstacles=obstacles)
    page = (await officer.get(f"{DESK}/nhan")).text
    assert "<li>Còn thiếu.</li><li>Chưa có quy trình.</li>" in page
    assert f'action="{DESK}/nhan"' not in page


async def test_somebody_else_being_faster_is_said_on_the_dossier(browse: Browse) -> None:
    officer = await desk(browse)
    officer.fake.answers[f"POST {INTAKE}/acceptance"] = problem(
        409, "stale-version", "Hồ sơ đã được người khác cập nhật."
    )
    answer = await officer.post(f"{DESK}/nhan", f"{DESK}/nhan", {"version": "2"})
    assert answer.status_code == 422
    assert "Hồ sơ đã được người khác cập nhật." in answer.text


@pytest.mark.parametrize(
    ("page", "action", "fields", "body"),
    [
        (
            "tu-choi",
            "refusal",
            {"reason": "Sai", "legal_basis": "Điều 1"},
            {"reason": "Sai", "legal_basis": "Điều 1"},
        ),
        (
            "chuyen-huong",
            "redirection",
            {"reason": "Sai", "competent_agency": "H42.102"},
            {"reason": "Sai", "competent_agency": "H42.102"},
        ),
        ("tra-ket-qua", "handover", {"way": "counter"}, {"way": "counter"}),
    ],
)
async def test_each_outcome_is_sent_with_its_reason(
    browse: Browse, page: str, action: str, fields: dict[str, str], body: dict[str, str]
) -> None:
    officer = await desk(browse)
    await officer.post(f"{DESK}/{page}", f"{DESK}/{page}", {**fields, "version": "3"})
    assert officer.fake.calls("POST", f"{INTAKE}/{action}")[0].body == {**body, "version": 3}
    again = await officer.post(f"{DESK}/{page}", f"{DESK}/{page}", {"version": "3", "way": ""})
    assert again.status_code == 422
    assert len(officer.fake.calls("POST", f"{INTAKE}/{action}")) == 1


async def test_a_file_opens_inside_the_page_and_nowhere_else(browse: Browse) -> None:
    officer = await desk(browse)
    answer = await officer.get(f"{DESK}/tep/f-1/xem")
    assert answer.headers["content-disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert (
        (await officer.get(f"{DESK}/tep/f-1/tai-ve")).headers["content-disposition"].startswith("attachment")
    )


async def test_one_look_at_the_warning_opens_the_unscanned_files_of_one_dossier(browse: Browse) -> None:
    components = sample("dossier")["components"]
    components[0]["files"] = [
        {**components[0]["files"][0], "id": f"f-{n}", "scan": "not_scanned"} for n in (1, 2)
    ]
    officer = await desk(browse, components=components)
    assert "<iframe" not in (await officer.get(f"{DESK}?tep=f-2")).text
    answer = await officer.post(f"{DESK}?tep=f-2", f"{DESK}/mo-tep", {"tep": "f-2"})
    assert answer.headers["location"] == f"{DESK}?tep=f-2#viewer"
    for number in (1, 2):
        page = (await officer.get(f"{DESK}?tep=f-{number}")).text
        assert f'src="{DESK}/tep/f-{number}/xem"' in page
        assert "Chưa quét mã độc. Bạn đã chọn vẫn mở." in page
        await officer.get(f"{DESK}/tep/f-{number}/xem")
        assert officer.fake.calls("GET", f"{INTAKE}/files/f-{number}")[-1].query == {
            "unscanned": "open",
            "shown": "screen",
        }
    other = "H42.101-261121-0002"
    officer.fake.answers[f"GET /api/intake/dossiers/{other}"] = sample(
        "dossier", code=other, components=components
    )
    assert "Vẫn mở để xem" in (await officer.get(f"/can-bo/tiep-nhan/{other}")).text
    assert "Vẫn mở để xem" in (await officer.get(DESK)).text
    await officer.get(f"{DESK}/tep/f-1/xem")
    assert officer.fake.calls("GET", f"{INTAKE}/files/f-1")[-1].query == {"shown": "screen"}


async def test_the_proposal_is_filled_from_the_application(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    page = (await officer.get(f"{HANDLING}/de-xuat")).text
    assert 'name="c-child_name" type="text" spellcheck="false" value="Nguyễn Minh Anh"' in page
    assert 'value="Bệnh viện Sản nhi, Phường Hoa Lư, Tỉnh Ninh Bình"' in page
    fields = {
        "outcome": "grant",
        "version": "2",
        "c-child_name": "Nguyễn Minh Anh",
        "c-child_sex": "female",
        "c-child_born_on-day": "5",
        "c-child_born_on-month": "11",
        "c-child_born_on-year": "2026",
    }
    await officer.post(f"{HANDLING}/de-xuat", f"{HANDLING}/de-xuat", fields)
    body = officer.fake.calls("POST", f"{PROCESSING}/proposal")[0].body
    assert body["content"] == {
        "child_name": "Nguyễn Minh Anh",
        "child_sex": "female",
        "child_born_on": "2026-11-05",
    }
    assert (body["outcome"], body["version"]) == ("grant", 2)


async def test_a_refused_line_of_the_proposal_is_named(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    wrong = [{"field": "content.child_name", "rule": "required", "message": "Hãy ghi “Họ, chữ đệm, tên”."}]
    officer.fake.answers[f"POST {PROCESSING}/proposal"] = problem(422, "invalid-input", "x", wrong)
    answer = await officer.post(
        f"{HANDLING}/de-xuat", f"{HANDLING}/de-xuat", {"outcome": "grant", "version": "2"}
    )
    assert 'href="#c-child_name"' in answer.text


async def test_the_leader_sends_back_with_remarks_or_signs_what_is_shown(browse: Browse) -> None:
    leader = await browse().sign_in("signer")
    leader.fake.answers[f"GET {PROCESSING}"] = sample(
        "handled", proposal=sample("proposal"), actions=["sending-back", "signature"]
    )
    assert f'src="{HANDLING}/du-thao"' in (await leader.get(f"{HANDLING}/ky")).text
    empty = await leader.post(f"{HANDLING}/tra-lai", f"{HANDLING}/tra-lai", {"version": "2"})
    assert empty.status_code == 422
    await leader.post(
        f"{HANDLING}/tra-lai", f"{HANDLING}/tra-lai", {"version": "2", "remarks": "Sửa nơi sinh"}
    )
    assert leader.fake.calls("POST", f"{PROCESSING}/sending-back")[0].body == {
        "version": 2,
        "remarks": "Sửa nơi sinh",
    }
    await leader.post(f"{HANDLING}/ky", f"{HANDLING}/ky", {"version": "2"})
    assert leader.fake.calls("POST", f"{PROCESSING}/signature")[0].body == {"version": 2}


async def test_only_the_actions_that_are_open_are_offered(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    officer.fake.answers[f"GET {PROCESSING}"] = sample("handled", actions=["claim"])
    page = (await officer.get(HANDLING)).text
    assert "Nhận giải quyết" in page
    assert "Soạn đề xuất…" not in page
    assert "Xem và ký số…" not in page


async def test_the_desk_is_told_of_another_dossier_about_the_same_event(browse: Browse) -> None:
    other = {
        "code": "H42.101-261121-0007",
        "state": "submitted",
        "state_label": "Chờ kiểm tra",
        "submitted_at": "2026-11-21T02:00:00Z",
        "same": ["Họ, chữ đệm, tên con", "Ngày sinh"],
    }
    page = (await (await desk(browse, alike=[other])).get(DESK)).text
    assert "Có 1 hồ sơ khác cùng: Họ, chữ đệm, tên con; Ngày sinh." in page
    assert 'href="/can-bo/tiep-nhan/H42.101-261121-0007"' in page
