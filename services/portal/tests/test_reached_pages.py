"""How people were reached stands on the dossier; calls are written down; agencies are reminded; look-ups are listed."""

import re
from collections.abc import Callable

import pytest
from portal.api.form_page import NOT_SENT
from portal.domain.calls import time_said
from portal.domain.lookups import UnknownWayError, in_operation
from portal_stage.fakes import problem
from portal_stage.samples import AGENCY, CODE, DRAFT, sample
from portal_stage.site import Visitor
from regulation import profiles

Browse = Callable[..., Visitor]
REACHED, HOTLINE, URGING = f"/can-bo/ho-so/{CODE}/thong-bao", "/can-bo/tong-dai", "/can-bo/don-doc"
CALLS = f"/api/notify/dossiers/{CODE}/calls"
TOLD = {"direction": "outgoing", "result": "told", "on": "05/12/2026", "at": "08:05", "note": "Đã hẹn chiều"}


@pytest.mark.parametrize(
    ("role", "place"),
    [("desk_officer", f"/can-bo/tiep-nhan/{CODE}"), ("specialist", f"/can-bo/giai-quyet/{CODE}")],
)
async def test_r_ntf_13_the_dossier_shows_what_reached_nobody_and_leads_to_how_it_went(
    browse: Browse, role: str, place: str
) -> None:
    officer = await browse().sign_in(role)
    page = (await officer.get(place)).text
    assert "Chưa đến được người nhận: “Hồ sơ đã được tiếp nhận”." in page
    assert f'href="{REACHED}"' in page
    officer.fake.answers[f"GET /api/notify/dossiers/{CODE}/notices"] = problem(503, "away", "Bận.")
    assert (await officer.get(place)).status_code == 200


async def test_r_ntf_13_channels_results_tries_and_what_stood_in_are_told_and_a_call_is_written_down(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("desk_officer")
    page = re.sub(r"<[^>]+>", "", (await officer.get(REACHED)).text)
    for words in (
        "thư điện tử: không gửi được (smtp-550-server)",
        "3 lần thử",
        "người nhận không để lại địa chỉ, số điện thoại",
        "thay cho thư điện tử",
        "Gọi hai lần",
    ):
        assert words in page, words
    wrong = await officer.post(REACHED, REACHED, {**TOLD, "at": "giờ trưa", "result": "no_answer"})
    assert (wrong.status_code, 'href="#at"' in wrong.text, "Đã hẹn chiều" in wrong.text) == (422, True, True)
    done = await officer.post(REACHED, REACHED, TOLD)
    assert done.headers["location"] == REACHED
    [sent] = officer.fake.calls("POST", CALLS)
    assert (sent.body["result"], sent.body["note"]) == ("told", "Đã hẹn chiều")
    assert sent.body["called_at"] == "2026-12-05T08:05:00+07:00", (
        "the day that was written, not the last one that fits"
    )


@pytest.mark.parametrize(
    ("text", "read"), [("9:00", "09:00"), ("23h15", "23:15"), ("25:00", None), ("giờ", None)]
)
def test_a_time_is_read_as_people_write_it(text: str, read: str | None) -> None:
    at = time_said(text)
    assert (f"{at:%H:%M}" if at else None) == read


async def test_r_ntf_13_a_call_that_cannot_be_written_down_says_so_at_its_day(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    wrong = await officer.post(REACHED, REACHED, {**TOLD, "on": "hôm qua", "at": ""})
    assert (wrong.status_code, 'href="#on"' in wrong.text, 'href="#at"' in wrong.text) == (422, True, True)
    error = {"field": "called_at", "rule": "future-call", "message": "Giờ gọi không được ở tương lai."}
    officer.fake.answers[f"POST {CALLS}"] = problem(
        409, "future-call", "Giờ gọi không được ở tương lai.", [error]
    )
    refused = await officer.post(REACHED, REACHED, TOLD)
    assert ('href="#on"' in refused.text, "Đã hẹn chiều" in refused.text) == (True, True)


async def test_r_trk_08_the_hotline_finds_by_code_tells_no_name_and_logs_the_call(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    page = (await officer.get(f"{HOTLINE}?code={CODE}")).text
    assert "Đang giải quyết" in page
    assert "Gọi hai lần" in page
    assert sample("dossier")["applicant_name"] not in page
    told = {**TOLD, "direction": "incoming", "code": CODE}
    done = await officer.post(f"{HOTLINE}?code={CODE}", HOTLINE, told)
    assert done.headers["location"] == f"{HOTLINE}?code={CODE}"
    assert officer.fake.calls("POST", CALLS)[-1].body["direction"] == "incoming"
    assert "Không tìm thấy hồ sơ" in (await officer.get(f"{HOTLINE}?code=H42.101-1")).text


async def test_r_ntf_10_an_agency_is_reminded_by_one_button(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    assert "UBND phường Hoa Lư" in (await officer.get(URGING)).text
    done = await officer.post(URGING, f"{URGING}/{AGENCY}")
    assert done.headers["location"] == URGING
    assert len(officer.fake.calls("POST", f"/api/notify/overdue-agencies/{AGENCY}/reminders")) == 1


ALWAYS = ("portal_by_code", "portal_account", "qr")


@pytest.mark.parametrize(
    ("profile", "more", "words"),
    [
        ("thai-nguyen", ("counter", "hotline"), "Gọi tổng đài"),
        ("quang-tri", ("counter",), "Hỏi tại bộ phận một cửa"),
        ("ninh-binh", (), ""),
        ("binh-dinh", (), ""),
        ("ha-nam", (), ""),
    ],
)
async def test_r_trk_13_the_ways_in_operation_are_listed_with_guidance(
    browse: Browse, profile: str, more: tuple[str, ...], words: str
) -> None:
    assert in_operation(profiles.load(profile).listing("tracking.channels"), ()) == (*ALWAYS, *more)
    page = (await browse(profile=profile).get("/tra-cuu")).text
    assert ("Gọi tổng đài" in page, "Hỏi tại bộ phận" in page) == ("hotline" in more, "counter" in more)
    assert words in page
    opened = (await browse(profile=profile, lookup_channels=["sms"]).get("/tra-cuu")).text
    assert ("Nhắn tin mã hồ sơ" in opened, "Gọi tổng đài" in opened) == (True, False)
    with pytest.raises(UnknownWayError):
        in_operation((), ["pigeon"])


async def test_r_trk_14_the_start_page_tells_what_changed_since_the_sign_in_before(browse: Browse) -> None:
    citizen = browse()
    entry = {"at": "", "action": "signed_in", "address": "x", "device": "x", "system": "x", "browser": "x"}
    log = [{**entry, "at": f"2026-11-2{day}T01:00:00Z"} for day in (1, 0)]
    citizen.fake.answers["GET /api/identity/me/access-log"] = {"items": log, "total": 2, "next": None}
    await citizen.sign_in()
    for place in ("/", "/ho-so-cua-toi"):
        page = (await citizen.get(place)).text
        assert "Từ lần đăng nhập trước" in page
        assert "Tiếp nhận hồ sơ" in page
    [asked, *_] = citizen.fake.calls("GET", "/api/intake/changes")
    assert asked.query["since"].startswith("2026-11-20T01:00:00")
    citizen.fake.answers["GET /api/intake/changes"] = problem(503, "away", "Bận.")
    assert (await citizen.get("/ho-so-cua-toi")).status_code == 200


async def test_who_is_here_for_the_first_time_is_told_of_no_last_one(browse: Browse) -> None:
    citizen = await browse().sign_in()
    assert "Từ lần đăng nhập trước" not in (await citizen.get("/ho-so-cua-toi")).text


STEPS = (
    "/thu-tuc/1.001193/nop",
    f"/ban-nhap/{DRAFT}",
    f"/ban-nhap/{DRAFT}/khai/requester",
    f"/ban-nhap/{DRAFT}/khai/child",
    f"/ban-nhap/{DRAFT}/giay-to",
    f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh",
    f"/ban-nhap/{DRAFT}/nhan-ket-qua",
    f"/ban-nhap/{DRAFT}/xem-lai",
)


@pytest.mark.parametrize("step", STEPS)
async def test_r_sub_21_every_step_leads_to_the_guidance_of_the_service(browse: Browse, step: str) -> None:
    citizen = await browse().sign_in()
    guide = "/thu-tuc/1.001193/huong-dan"
    page = (await citizen.get(step)).text
    if (
        f'href="{guide}"' not in page
    ):  # where leaving would lose what was typed it is a button that saves first
        assert re.search(r'name="next" value="guide"', page)
        sent = await citizen.post(step, step, {"next": "guide"})
        assert sent.headers["location"] == guide
    assert "Các bước" in (await citizen.get(guide)).text


async def test_r_ntf_07_a_submission_that_did_not_get_through_is_said_to_be_none_and_goes_again(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    review = f"/ban-nhap/{DRAFT}/xem-lai"
    told = {"agree": "true", "declaration_version": "1"}
    works = citizen.fake.answers["POST /api/intake/dossiers"]
    citizen.fake.answers["POST /api/intake/dossiers"] = problem(503, "overloaded", "Bận.")
    missed = await citizen.post(review, f"/ban-nhap/{DRAFT}/nop", told)
    assert (missed.status_code, int(missed.headers["retry-after"]) > 0) == (503, True)
    assert NOT_SENT in missed.text, "she is told that it did not arrive, and to send it again"
    assert re.search(r'name="agree"[^>]*checked|checked[^>]*name="agree"', missed.text)
    key = re.search(r'name="request_key" value="([^"]+)"', missed.text)
    token = re.search(r'name="form_token" value="([^"]+)"', missed.text)
    assert key is not None
    assert token is not None
    citizen.fake.answers["POST /api/intake/dossiers"] = works
    hidden = {"form_token": token[1], "request_key": key[1]}
    again = await citizen.client.post(f"/ban-nhap/{DRAFT}/nop", data={**hidden, **told})
    assert again.headers["location"] == f"/ho-so-cua-toi/{CODE}/da-nop"
    keys = {one.headers["idempotency-key"] for one in citizen.fake.calls("POST", "/api/intake/dossiers")}
    assert len(keys) == 1, "however often it is sent, one dossier comes of it"
    assert DRAFT in (await citizen.get("/ho-so-cua-toi")).text, "what she wrote stays among her drafts"


async def test_r_ntf_10_a_desk_officer_chooses_when_to_hear_of_new_dossiers(browse: Browse) -> None:
    officer, place = await browse().sign_in("desk_officer"), "/can-bo/nhan-tin-ho-so"
    assert f'href="{place}"' in (await officer.get("/can-bo")).text
    page = (await officer.get(place)).text
    assert "nhiều nhất một tin mỗi 15 phút" in page
    assert "Bạn chưa chọn" in page
    wrong = await officer.post(place, place, {"arrivals": ""})
    assert (wrong.status_code, "Chọn một cách nhận tin" in wrong.text) == (422, True)
    done = await officer.post(place, place, {"arrivals": "digest"})
    assert done.headers["location"] == place
    [sent] = officer.fake.calls("PUT", "/api/notify/own-arrivals")
    assert sent.body == {"arrivals": "digest"}
    specialist = await browse().sign_in("specialist")
    assert f'href="{place}"' not in (await specialist.get("/can-bo")).text
