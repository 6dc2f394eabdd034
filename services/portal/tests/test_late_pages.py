"""What came on paper during an outage is written down at the counter, and a second person confirms it."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
FORM, LATE = f"/can-bo/quay/{DRAFT}", "/can-bo/nhap-bu"
TYPED = {"next": "submit", "way": "desk", "agree": "true", "result_channel": "counter"}
RECEIVED = {
    "late_outage": "SC-2026-0001",
    "late_on-day": "20",
    "late_on-month": "11",
    "late_on-year": "2026",
    "late_at": "9:05",
    "late_form": "P-0007",
}


async def test_r_int_20_the_real_time_and_the_number_of_the_paper_form_are_asked_at_the_counter(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("submitted", "desk_officer")
    page = (await officer.get(FORM)).text
    assert "SC-2026-0001" in page
    for name in RECEIVED:
        assert f'name="{name}"' in page, name
    half = await officer.post(FORM, FORM, {**TYPED, "late_form": "P-0007"})
    assert (half.status_code, 'href="#late_on-day"' in half.text) == (422, True)
    assert 'value="P-0007"' in half.text
    await officer.post(FORM, FORM, {**TYPED, **RECEIVED})
    sent = officer.fake.calls("POST", "/api/intake/counter/dossiers")[-1].body["late"]
    told = {"received_at": "2026-11-20T09:05:00+07:00", "outage": "SC-2026-0001", "form_number": "P-0007"}
    assert sent == told
    await officer.post(FORM, FORM, TYPED)
    assert officer.fake.calls("POST", "/api/intake/counter/dossiers")[-1].body["late"] is None


async def test_r_ops_09_a_second_person_confirms_from_the_list(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    page = (await officer.get(LATE)).text
    for words in ("P-0001", "Nguyễn Thị Ánh", "SC-2026-0001", "xác nhận"):
        assert words in page
    done = await officer.post(LATE, f"{LATE}/{CODE}", {"version": "2"})
    assert done.headers["location"] == LATE
    path = f"/api/intake/dossiers/{CODE}/late-confirmation"
    assert officer.fake.calls("POST", path)[-1].body == {"version": 2}
    officer.fake.answers[f"POST {path}"] = problem(403, "late-entry-second-person", "Cần một cán bộ khác.")
    refused = await officer.post(LATE, f"{LATE}/{CODE}", {"version": "2"})
    assert (refused.status_code, "Cần một cán bộ khác." in refused.text) == (422, True)
    leader = await browse().sign_in("signer")
    assert (await leader.get(LATE)).status_code == 403
