"""Dossiers handed over with a reason, one or all, and who is away."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
HANDLING, AWAY, ALL = f"/can-bo/giai-quyet/{CODE}", "/can-bo/vang-mat", "/can-bo/ban-giao"
TRANSFER = f"{HANDLING}/ban-giao"
PROCESSING = "/api/processing/agencies/H42.101"
WANTED = {"version": "2", "officer_id": "o-8", "reason": "Nghỉ phép."}


async def test_a_dossier_is_handed_over_with_a_reason_and_its_page_says_who_had_it(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    told = sample("handled", actions=["transfer"], assignments=[sample("assignment")])
    officer.fake.answers[f"GET {PROCESSING}/dossiers/{CODE}"] = told
    page = (await officer.get(HANDLING)).text
    for words in ("Bàn giao…", "nhận bàn giao", "Nghỉ phép từ ngày mai.", "trước 2 hồ sơ đến hạn sớm hơn"):
        assert words in page
    slip = await officer.get(f"{HANDLING}/phieu-kiem-soat")
    assert (slip.status_code, slip.headers["content-type"]) == (200, "application/pdf")
    form = (await officer.get(TRANSFER)).text
    assert ('value="o-8"' in form, 'value="o-1"' in form) == (True, False)  # who is away is not offered
    silent = (await officer.post(TRANSFER, TRANSFER, {"version": "2", "officer_id": "", "reason": " "})).text
    assert [f'href="#{name}"' in silent for name in ("officer_id", "reason")] == [True, True]
    assert (await officer.post(TRANSFER, TRANSFER, WANTED)).headers["location"] == "/can-bo/giai-quyet"
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/dossiers/{CODE}/transfer")
    assert sent.body == {"version": 2, "officer_id": "o-8", "reason": "Nghỉ phép."}
    officer.fake.answers[f"POST {PROCESSING}/dossiers/{CODE}/*"] = problem(
        409, "officer-absent", "Bà Mai vắng."
    )
    refused = await officer.post(TRANSFER, TRANSFER, WANTED)
    assert (refused.status_code, "Bà Mai vắng." in refused.text) == (422, True)


async def test_a_leader_hands_all_of_an_officer_over_and_is_told_how_many(browse: Browse) -> None:
    leader = await browse().sign_in("signer")
    assert 'name="from_officer"' in (await leader.get(ALL)).text
    done = await leader.post(ALL, ALL, {"from_officer": "o-1", "officer_id": "o-8", "reason": "Nghỉ phép."})
    assert done.headers["location"].startswith("/can-bo/giai-quyet")
    [sent] = leader.fake.calls("POST", f"{PROCESSING}/transfers")
    assert sent.body == {"from_officer": "o-1", "officer_id": "o-8", "reason": "Nghỉ phép."}
    specialist = await browse().sign_in("specialist")
    assert 'name="from_officer"' not in (await specialist.get(ALL)).text


async def test_r_int_21_who_stands_in_takes_all_of_the_absent_officer_over_on_the_page(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("specialist")
    gone = {**sample("absence"), "officer": {"id": "o-8", "name": "Lê Thị Mai"}}
    away = {**gone, "substitute": {"id": "o-1", "name": "Phạm Thị Thu"}}
    people = [
        {**one, "absent_until": "2026-11-27" if one["id"] == "o-8" else None} for one in sample("colleagues")
    ]
    officer.fake.answers[f"GET {PROCESSING}/colleagues"] = people
    officer.fake.answers[f"GET {PROCESSING}/absences"] = [gone]
    assert 'name="from_officer"' not in (await officer.get(ALL)).text, "another one stands in"
    officer.fake.answers[f"GET {PROCESSING}/absences"] = [away]
    page = (await officer.get(ALL)).text
    assert ['<option value="o-8"' in page, "chỉ bàn giao được cho chính bạn" in page] == [True, True]
    body = {"from_officer": "o-8", "officer_id": "o-7", "reason": "Thay người vắng."}
    wrong = await officer.post(ALL, ALL, body)
    assert (wrong.status_code, 'href="#officer_id"' in wrong.text, "Thay người vắng." in wrong.text) == (
        422,
        True,
        True,
    )
    assert (await officer.post(ALL, ALL, {**body, "officer_id": "o-1"})).status_code == 303
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/transfers")
    assert (sent.body["from_officer"], sent.body["officer_id"]) == ("o-8", "o-1")


async def test_an_absence_is_recorded_and_ended_and_a_refusal_is_told_on_the_page(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    page = (await officer.get(AWAY)).text
    assert ("27/11/2026" in page, "Kết thúc" in page, 'name="officer_id"' in page) == (True, True, False)
    wrong = await officer.post(AWAY, AWAY, {"from_on": "mai", "to_on": "27/11/2026"})
    assert 'href="#from_on"' in wrong.text
    assert 'value="27/11/2026"' in wrong.text
    body = {"from_on": "23/11/2026", "to_on": "27/11/2026", "substitute_id": "o-8"}
    assert (await officer.post(AWAY, AWAY, body)).headers["location"] == AWAY
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/absences")
    days = {"from_on": "2026-11-23", "to_on": "2026-11-27"}
    assert sent.body == {**body, **days, "officer_id": None}
    ended = f"{AWAY}/{sample('absence')['id']}/ket-thuc"
    assert (await officer.post(AWAY, ended, {})).headers["location"] == AWAY
    answer = problem(409, "substitute-needed", "Còn 3 hồ sơ.")
    officer.fake.answers[f"POST {PROCESSING}/absences*"] = answer
    refused = await officer.post(AWAY, AWAY, body | {"substitute_id": ""})
    assert (refused.status_code, "Còn 3 hồ sơ." in refused.text) == (422, True)
