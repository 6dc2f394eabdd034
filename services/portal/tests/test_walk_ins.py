"""Somebody at the counter: found, chosen, and the whole dossier written down on one page without script."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
COUNTER, FORM = "/can-bo/quay", f"/can-bo/quay/{DRAFT}"
API = "/api/intake/counter"
CARD = "037090001234|1|LÊ VĂN MỚI|01011990|Nam|Hoa Lư|10052021"


async def clerk(browse: Browse) -> Visitor:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("submitted", "desk_officer")
    return officer


async def test_r_trk_04_who_stands_at_the_counter_is_found_and_no_address_says_who(browse: Browse) -> None:
    officer = await clerk(browse)
    sent = await officer.post(COUNTER, f"{COUNTER}/tim", {"q": "0912 345 678"})
    assert sent.headers["location"] == f"{COUNTER}?tim=1"
    page = (await officer.get(sent.headers["location"])).text
    assert "Lê Văn Mới" in page, "a draft says for whom it is"
    assert page.count('autofocus="autofocus"') == 1
    assert page.index("<select") < page.index("autofocus"), "one person found: the procedure is next"
    for words in ("Nguyễn Thị Ánh", "số định danh …1234", "điện thoại …5678", f'value="{CODE}" checked'):
        assert words in page
    assert officer.fake.calls("POST", f"{API}/people")[-1].body == {"words": "0912 345 678"}
    begun = await officer.post(
        f"{COUNTER}?tim=1", f"{COUNTER}?tim=1", {"person": CODE, "procedure": "1.001193"}
    )
    assert begun.headers["location"] == FORM
    body = officer.fake.calls("POST", f"{API}/drafts")[-1].body
    assert body == {"procedure_code": "1.001193", "known_from": CODE}


async def test_r_trk_04_a_scanned_card_stands_for_who_was_never_here(browse: Browse) -> None:
    officer = await clerk(browse)
    card = {"name": "LÊ VĂN MỚI", "id_ending": "1234"}
    officer.fake.answers[f"POST {API}/people"] = {"items": [], "total": 0, "card": card}
    await officer.post(COUNTER, f"{COUNTER}/tim", {"q": CARD})
    page = (await officer.get(f"{COUNTER}?tim=1")).text
    assert "LÊ VĂN MỚI" in page
    assert CARD not in page
    await officer.post(f"{COUNTER}?tim=1", f"{COUNTER}?tim=1", {"person": "card", "procedure": "1.001193"})
    body = officer.fake.calls("POST", f"{API}/drafts")[-1].body
    assert body == {"procedure_code": "1.001193", "card": CARD}


async def test_r_int_16_the_whole_form_stands_on_one_page_and_is_handed_in_and_checked(
    browse: Browse,
) -> None:
    officer = await clerk(browse)
    missing = {"field": "giay-chung-sinh", "rule": "component", "message": "Chưa có giấy chứng sinh."}
    officer.fake.answers[f"GET {API}/drafts/{DRAFT}"] = sample("draft", problems=[missing])
    page = (await officer.get(FORM)).text
    for name in ("requester_name", "child_name", "file-giay-chung-sinh", "way", "agree"):
        assert f'name="{name}"' in page, name
    wrong = await officer.post(FORM, FORM, {"requester_name": "Lê Văn Mới", "next": "submit", "way": "desk"})
    assert (wrong.status_code, 'href="#agree"' in wrong.text) == (422, True)
    assert 'href="#giay-chung-sinh"' in wrong.text, "what else is missing is told in the same round"
    assert officer.fake.calls("PATCH", f"{API}/drafts/{DRAFT}")[-1].body["answers"]["requester_name"]
    told = {"next": "submit", "way": "telephone", "agree": "true", "checked": "true"}
    done = await officer.post(FORM, FORM, {**told, "result_channel": "counter"})
    assert done.headers["location"] == f"/can-bo/tiep-nhan/{CODE}/nhan"
    body = officer.fake.calls("POST", f"{API}/dossiers")[-1].body
    assert (body["way"], body["confirmation"], body["result_channel"]) == (
        "telephone",
        "at_pickup",
        "counter",
    )
    [check] = officer.fake.calls("PUT", f"/api/intake/dossiers/{CODE}/checklist")
    assert {one["verdict"] for one in check.body["items"]} == {"ok"}


async def test_r_int_16_what_the_service_refuses_is_told_at_its_question(browse: Browse) -> None:
    officer = await clerk(browse)
    error = {"field": "child_name", "rule": "required", "message": "Ghi tên trẻ."}
    officer.fake.answers[f"POST {API}/dossiers"] = problem(422, "invalid-input", "Sai.", errors=[error])
    told = {"next": "submit", "way": "desk", "agree": "true"}
    page = await officer.post(FORM, FORM, told)
    assert (page.status_code, 'href="#child_name"' in page.text) == (422, True)
    assert page.text.count("Ghi tên trẻ.") == 2


async def test_r_int_16_who_receives_no_dossiers_has_no_counter(browse: Browse) -> None:
    leader = await browse().sign_in("signer")
    assert (await leader.get(COUNTER)).status_code == 403
    assert "Nhận tại quầy" not in (await leader.get("/can-bo")).text


async def test_r_int_16_a_new_version_of_the_procedure_stops_nobody_at_the_counter(browse: Browse) -> None:
    officer = await clerk(browse)
    old = {"code": "procedure-version-superseded", "message": "Thủ tục đã có phiên bản mới."}
    officer.fake.answers[f"GET {API}/drafts/{DRAFT}"] = sample("draft", warnings=[old], version=9)
    officer.fake.answers[f"POST {API}/drafts/{DRAFT}/renewal"] = sample("draft")
    assert "Chuyển sang phiên bản mới" in (await officer.get(FORM)).text
    told = {"requester_name": "Lê Văn Mới", "next": "renew"}
    assert (await officer.post(FORM, FORM, told)).headers["location"] == FORM
    saved = officer.fake.calls("PATCH", f"{API}/drafts/{DRAFT}")[-1].body
    assert saved["answers"]["requester_name"] == "Lê Văn Mới", "what was typed goes along"
    assert officer.fake.calls("POST", f"{API}/drafts/{DRAFT}/renewal")[-1].body == {"version": 9}


async def test_what_another_window_saved_is_not_taken_back(browse: Browse) -> None:
    officer = await clerk(browse)
    was = {"requester_name": "Lê Văn Mới", "child_name": "Lê A", "requester_email": "a@example.org"}
    now = {**was, "child_name": "Lê B"}
    officer.fake.answers[f"GET {API}/drafts/{DRAFT}"] = sample("draft", answers=was)
    page = (await officer.get(FORM)).text
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    officer.fake.answers[f"GET {API}/drafts/{DRAFT}"] = sample("draft", answers=now)
    typed = {**was, "shown": shown, "next": ""}
    saved = await officer.post(FORM, FORM, {**typed, "requester_email": "b@example.org"})
    sent = officer.fake.calls("PATCH", f"{API}/drafts/{DRAFT}")[-1].body["answers"]
    assert (saved.status_code, sent) == (200, {"requester_email": "b@example.org"})
    clash = await officer.post(FORM, FORM, {**typed, "child_name": "Lê C", "next": "submit"})
    assert (clash.status_code, 'href="#child_name"' in clash.text) == (422, True)
    assert "Lê B" in clash.text
    assert officer.fake.calls("POST", f"{API}/dossiers") == [], "a dossier nobody saw whole is not handed in"


async def test_what_could_not_be_kept_stands_as_typed(browse: Browse) -> None:
    officer = await clerk(browse)
    was = {"requester_name": "Lê Văn Mới", "requester_email": "a@example.org"}
    officer.fake.answers[f"GET {API}/drafts/{DRAFT}"] = sample("draft", answers=was)
    page = (await officer.get(FORM)).text
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    officer.fake.answers[f"PATCH {API}/drafts/{DRAFT}"] = problem(503, "busy", "Hệ thống đang bận.")
    typed = {**was, "requester_email": "b@example.org", "birth_place-province": "37"}
    busy = await officer.post(FORM, FORM, {**typed, "shown": shown, "next": ""})
    assert busy.status_code == 503
    assert 'value="b@example.org"' in busy.text
    assert ('value="37" selected' in busy.text, "Xã Gia Viễn" in busy.text) == (True, True)


async def test_r_int_16_who_accepts_at_the_counter_sees_a_second_dossier_of_the_same_event(
    browse: Browse,
) -> None:
    officer = await clerk(browse)
    other = {
        "code": "H42.101-261101-0007",
        "same": ["Họ tên trẻ"],
        "state": "in_process",
        "state_label": "Đang giải quyết",
        "submitted_at": "2026-11-01T02:00:00Z",
    }
    told = at("submitted", "desk_officer", alike=[other])
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = told
    page = (await officer.get(f"/can-bo/tiep-nhan/{CODE}/nhan")).text
    assert ("H42.101-261101-0007" in page, "Họ tên trẻ" in page) == (True, True)
