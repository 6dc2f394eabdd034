"""What differs from province to province, asked in each of the five as a person of that province asks it."""

import pytest
from feedback_stage import PHONED, REPLY, WORDS, does, entered, filed, seen, tries
from qa.usecases.flag_clocks import flag_clocks
from qa_stage import AGENCY, ANSWER, ASKERS, CITATION, LEADER, OTHER, PROVINCES, TEXT

REASON = "Thuộc thẩm quyền của Sở Xây dựng."
REPLY_LATER = "Câu hỏi cần xin ý kiến bộ; chúng tôi sẽ trả lời trước ngày 01/12/2026."
each = pytest.mark.parametrize("profile", PROVINCES)
asks = pytest.mark.parametrize("profile", ASKERS)
CHANNELS = {
    "ninh-binh": {"phone", "email", "desk"},
    "thai-nguyen": {
        "published_contacts",
        "provincial_portal",
        "government_portal",
        "national_portal",
        "paper",
    },
    "binh-dinh": {"email", "phone", "paper"},
    "quang-tri": {"national_portal"},
    "ha-nam": {"email", "phone", "paper"},
}


def running(shown, kind):
    """Return the running clock of a kind."""
    return next(one for one in shown["clocks"] if one["kind"] == kind and one["ended_at"] is None)


def came(profile, **changes):
    """Return feedback as the province takes it from an officer."""
    category = "suggestion" if profile == "ninh-binh" else "conduct"
    return {**PHONED, "channel": min(CHANNELS[profile]), "category": category, **changes}


@pytest.mark.parametrize("profile", ["ha-nam"])
async def test_a_province_without_questions_answers_so(stage, profile):
    told = await stage.send("nobody", "POST", "/questions", {**_asked(), "values": ASKERS["binh-dinh"]})
    assert (told.status_code, told.json()["code"]) == (404, "questions-closed")
    assert (await stage.send("nobody", "GET", "/answers")).json()["items"] == []


def _asked():
    return {"asker_kind": "individual", "topic": "legal_rules", "title": "Khai sinh cho con", "text": TEXT}


@pytest.mark.parametrize(
    ("profile", "due"), [(one, "04:00" if one == "thai-nguyen" else "08:00") for one in ASKERS]
)
async def test_r_qna_10_triage_is_due_as_the_province_says_and_its_lateness_stays(stage, profile, due):
    asked = await stage.asked(values=ASKERS[profile])
    clock = running(await stage.seen("centre", asked["number"]), "triage")
    assert (clock["due_at"], clock["overdue"]) == (f"2026-11-16T{due}:00Z", False)
    stage.at(f"2026-11-16T{due}:01+00:00")
    await flag_clocks(stage.database, stage.app.state.now())
    assert [(one["clock"], one["tell"]) for one in await stage.events("question_overdue")] == [
        ("triage", ["centre"])
    ]
    after = await stage.does("centre", asked["number"], "triage", agency=AGENCY, topic="legal_rules")
    triage = next(one for one in after["clocks"] if one["kind"] == "triage")
    assert (triage["overdue"], triage["ended_at"], after["agency"]) == (True, f"2026-11-16T{due}:01Z", AGENCY)


@pytest.mark.parametrize(
    ("profile", "due"), [(one, "06:00" if one == "ninh-binh" else "08:00") for one in ASKERS]
)
@pytest.mark.parametrize("late", [False, True])
async def test_r_qna_13_a_return_within_its_time_is_free_and_later_needs_consent(stage, profile, due, late):
    asked = await stage.forwarded(values=ASKERS[profile])
    number = asked["number"]
    assert running(await stage.seen("owner", number), "return")["due_at"] == f"2026-11-16T{due}:00Z"
    stage.at(f"2026-11-16T{due}:{'01' if late else '00'}+00:00")
    back = await stage.does("owner", number, "return", reason=REASON)
    assert (back["state"], bool(back["return_asked"])) == (
        ("forwarded", True) if late else ("returned", False)
    )
    if late:
        back = await stage.does("centre", number, "return-consent", granted=True)
        assert back["state"] == "returned"
    stage.at("2026-11-17T02:00:00+00:00")
    again = await stage.does("centre", number, "triage", agency=OTHER, topic="legal_rules")
    anew = running(again, "answer")
    assert (anew["started_at"], anew["due_at"]) == ("2026-11-17T02:00:00Z", "2026-11-20T10:30:00Z")
    assert "tính lại từ đầu 1 lần; hạn đầu tiên là 17:30 thứ Năm ngày 19/11/2026" in anew["sentence"]


@asks
@pytest.mark.parametrize(("kind", "due"), [("own", "2026-11-19"), ("cross_sector", "2026-11-23")])
async def test_r_qna_14_each_kind_has_its_time_in_each_province(stage, profile, kind, due):
    asked = await stage.asked(values=ASKERS[profile])
    sent = {"agency": AGENCY, "topic": "legal_rules", "kind": kind}
    shown = await stage.does("centre", asked["number"], "triage", **sent)
    assert running(shown, "answer")["due_at"] == f"{due}T10:30:00Z"
    owner = running(await stage.seen("owner", asked["number"]), "answer")
    assert (owner["due_at"], bool(owner["rows"])) == (f"{due}T10:30:00Z", True)
    other = "own" if kind == "cross_sector" else "cross_sector"
    await stage.does("owner", asked["number"], "kind", kind=other, reason="Phân loại lại theo nội dung.")
    centre = running(await stage.seen("centre", asked["number"]), "answer")
    assert centre["due_at"] == f"{'2026-11-19' if other == 'own' else '2026-11-23'}T10:30:00Z"


@asks
async def test_r_qna_15_a_special_case_has_ten_days_after_an_interim_reply_and_never_more(stage, profile):
    asked = await stage.forwarded(values=ASKERS[profile])
    number, reason = asked["number"], "Cần xin ý kiến bộ."
    bare = await stage.tries("owner", number, "extension", reason=reason, interim_reply="")
    assert bare.status_code == 422
    stage.at("2026-11-19T10:30:00+00:00")
    after = await stage.does("owner", number, "extension", reason=reason, interim_reply=REPLY_LATER)
    assert running(after, "answer")["due_at"] == "2026-12-01T10:30:00Z"  # 24/11 is a day off
    assert [one["due_at"] for one in await stage.events("interim_replied")] == ["2026-12-01T10:30:00Z"]
    again = await stage.tries("owner", number, "extension", reason=reason, interim_reply=REPLY_LATER)
    assert again.json()["code"] == "question-action-not-allowed"
    stage.at("2026-12-01T10:30:00+00:00")
    await stage.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
    await stage.does("signer", number, "release", **LEADER)
    assert [one["in_time"] for one in await stage.events("question_answered")] == [True]


@asks
async def test_r_qna_17_the_effective_date_is_wanted_in_thai_nguyen_only(stage, profile):
    asked = await stage.forwarded(values=ASKERS[profile])
    number = asked["number"]
    for lacking in ("title", "issuer", "issued_on"):
        cited = {name: said for name, said in CITATION.items() if name != lacking}
        refused = await stage.tries("owner", number, "draft", text=ANSWER, citations=[cited], submit=True)
        assert [one["field"] for one in refused.json()["errors"]] == [f"citations.0.{lacking}"]
    cited = {name: said for name, said in CITATION.items() if name != "effective_on"}
    answer = await stage.tries("owner", number, "draft", text=ANSWER, citations=[cited], submit=True)
    assert answer.status_code == (422 if profile == "thai-nguyen" else 200)


@each
async def test_r_fbk_02_who_may_file_at_the_portal_is_as_each_province_says(desk, profile):
    taken = {"thai-nguyen": (401, 201), "ha-nam": (201, 201)}.get(profile, (422, 422))
    nobody, account = [await desk.send(who, "POST", "/feedback", WORDS) for who in ("nobody", "asker")]
    assert (nobody.status_code, account.status_code) == taken
    terms = (await desk.send("nobody", "GET", "/feedback-terms")).json()
    assert terms["from_portal"] is (201 in taken)
    if 422 in taken:
        assert account.json()["code"] == "feedback-elsewhere"
        assert all(one["label"] in account.json()["detail"] for one in terms["channels"])


@each
async def test_r_fbk_03_each_channel_of_the_province_has_the_same_clock_and_no_other_is_entered(
    desk, profile
):
    terms = (await desk.send("nobody", "GET", "/feedback-terms")).json()
    assert {one["value"] for one in terms["entry_channels"]} == CHANNELS[profile]
    due = set()
    for place, channel in enumerate(sorted(CHANNELS[profile])):
        receipt = await entered(desk, **came(profile, channel=channel, text=f"{WORDS['text']} Lần {place}."))
        shown = await seen(desk, "centre", receipt["number"])
        due.add((receipt["due_at"], shown["clock"]["started_at"]))
        assert (shown["channel"], shown["came_at"]) == (channel, "2026-11-16T01:30:00Z")
        assert shown["sender"]["name"] == "Nguyễn Thị Ánh"
    assert len(due) == 1
    every = set().union(*CHANNELS.values()) | {"portal", "qna", "fax"}
    for channel in sorted(every - CHANNELS[profile]):
        refused = await desk.send("centre", "POST", "/feedback/entries", came(profile, channel=channel))
        assert (refused.status_code, refused.json()["code"]) == (422, "feedback-elsewhere"), channel


@each
async def test_r_fbk_07_the_coordinator_classifies_and_forwards_and_each_step_is_logged(desk, profile):
    number = (await entered(desk, **came(profile)))["number"]
    category = came(profile)["category"]
    await does(desk, "centre", number, "triage", agency=AGENCY, category=category, note="Đề nghị xem xét.")
    await does(desk, "head", number, "return", reason=REASON)
    after = await does(desk, "centre", number, "triage", agency=OTHER, category="system")
    assert (after["agency"], after["category"]) == (OTHER, "system")
    assert [(one["deed"], one["by_name"], one["reason"]) for one in after["history"]] == [
        ("received", "centre", ""),
        ("forwarded", "centre", "Đề nghị xem xét."),
        ("returned", "head", REASON),
        ("forwarded", "centre", ""),
    ]
    for who in ("owner", "head", "other-head", "asker"):
        refused = await tries(desk, who, number, "triage", agency=AGENCY, category="system", note=REASON)
        assert refused.status_code in (403, 404), who


@pytest.mark.parametrize(
    ("profile", "due"),
    [(one, "2026-11-17T02:00:00Z" if one == "thai-nguyen" else "2026-11-19T10:30:00Z") for one in PROVINCES],
)
async def test_r_fbk_08_the_reply_is_due_as_the_province_says_flagged_and_escalated(desk, profile, due):
    receipt = await entered(desk, **came(profile, came_at="2026-11-16T02:00:00Z"))
    number, category = receipt["number"], came(profile)["category"]
    assert receipt["due_at"] == due
    await does(desk, "centre", number, "triage", agency=AGENCY, category=category)
    desk.at(due.replace("Z", "+00:00"))
    await flag_clocks(desk.database, desk.app.state.now())
    assert [one["clock"] for one in await desk.events("feedback_overdue")] == []
    desk.at("2026-11-20T02:00:00+00:00")
    await flag_clocks(desk.database, desk.app.state.now())
    [late] = await desk.events("feedback_overdue")
    assert (late["clock"], late["tell"], late["due_at"]) == ("response", ["focal", "centre"], due)
    after = await does(desk, "head", number, "reply", text=REPLY)
    assert [one["overdue"] for one in after["clocks"] if one["owes"]] == [True]
    assert [one["in_time"] for one in await desk.events("feedback_replied")] == [False]


@pytest.mark.parametrize("profile", ["thai-nguyen", "quang-tri"])
async def test_r_fbk_12_what_comes_from_the_national_portal_goes_to_the_focal_officer_or_the_head(
    desk, profile
):
    for agency, told, alone in ((AGENCY, ["focal"], False), (OTHER, ["other-head"], True)):
        sent = {"channel": "national_portal", "text": f"{WORDS['text']} Gửi {agency}."}
        number = (await entered(desk, **sent))["number"]
        await does(desk, "centre", number, "triage", agency=agency, category="conduct")
        fact = (await desk.events("feedback_forwarded"))[-1]
        assert (fact["tell"], fact["without_owner"]) == (told, alone)


@each
async def test_r_fbk_13_results_are_published_where_the_province_publishes_and_nowhere_else(desk, profile):
    number = (await entered(desk, **came(profile)))["number"]
    await does(desk, "centre", number, "triage", agency=AGENCY, category=came(profile)["category"])
    await does(desk, "head", number, "reply", text=REPLY)
    told = {"title": WORDS["title"], "text": WORDS["text"], "result": "Đã nhắc nhở cán bộ."}
    answer = await tries(desk, "centre", number, "publication", **told)
    if profile not in ("thai-nguyen", "quang-tri"):
        assert answer.json()["code"] == "publication-off"
        assert (await desk.send("nobody", "GET", "/results")).json()["items"] == []
        return
    await does(desk, "controller", number, "publication/confirmation")
    public = await desk.send("nobody", "GET", "/results")
    assert public.json()["total"] == 1
    assert not any(said in public.text for said in WORDS["sender"].values())


@pytest.mark.parametrize("profile", ["ha-nam"])
async def test_who_files_without_an_account_follows_by_the_key_alone(desk, profile):
    receipt = await filed(desk, "nobody")
    told = await desk.send("nobody", "POST", "/follow-ups/feedback", {"key": receipt["key"]})
    assert told.json()["number"] == receipt["number"]
