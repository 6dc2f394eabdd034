"""The counter: somebody is found, and a dossier is written down for them with the rules of online."""

import asyncio

import pytest
from intake.domain.entry import CONFIRMED_BY, Confirmation, Entry, Way
from intake.domain.errors import ConfirmationUnfitError
from intake.domain.people import looked_for, read_card
from suite.testing import officer

CARD = "037090001234|123456789|NGUYỄN THỊ ÁNH|01011990|Nữ|Tổ 3, phường Hoa Lư, Ninh Bình|10052021"
COUNTER = "/api/intake/counter"


async def begin(stage, caller=None, code=None, **body):
    async with stage.client(caller or stage.desk()) as web:
        body = {"procedure_code": code or stage.PLAIN, **body}
        return await web.post(f"{COUNTER}/drafts", json=body, headers=stage.key())


async def written(stage, caller=None, **body):
    """Begin a draft at the counter and fill its form."""
    began = (await begin(stage, caller, **body)).json()
    async with stage.client(caller or stage.desk()) as web:
        answers = {**stage.ANSWERS, **began["answers"]}
        saved = await web.patch(
            f"{COUNTER}/drafts/{began['id']}", json={"answers": answers, "version": began["version"]}
        )
    assert saved.status_code == 200, saved.text
    return saved.json()


async def hand_in(stage, draft, caller=None, way="desk", key=None, **body):
    confirmed = CONFIRMED_BY[Way(way)].value
    body = {"draft_id": draft["id"], "way": way, "confirmation": confirmed, **body}
    body = {"declaration_accepted": True, "declaration_version": "1", **body}
    async with stage.client(caller or stage.desk()) as web:
        return await web.post(f"{COUNTER}/dossiers", json=body, headers=key or stage.key())


async def received(stage, **more):
    answer = await hand_in(stage, await written(stage), **more)
    assert answer.status_code == 201, answer.text
    return answer.json()["code"]


async def people(stage, words, caller=None):
    async with stage.client(caller or stage.desk()) as web:
        answer = await web.post(f"{COUNTER}/people", json={"words": words})
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.mark.parametrize("way", list(Way))
async def test_r_int_16_desk_post_and_telephone_go_through_the_same_record_code_receipt_and_clock(stage, way):
    online = await stage.dossier(code=stage.PLAIN)
    code = await received(stage, way=way)
    assert code.rsplit("-", 1)[0] == online.rsplit("-", 1)[0], "one row of numbers, whatever the channel"
    told, first = await stage.read(code, stage.desk()), await stage.read(online, stage.desk())
    assert (told["state"], told["check_due_at"]) == (first["state"], first["check_due_at"])
    assert told["channel"] == {"desk": "counter", "post": "post", "telephone": "counter"}[way]
    assert (first["channel"], first["entry"]) == ("online", None)
    places = [told["agencies"][name] for name in ("place_of_help", "receiving_point", "competent_agency")]
    assert places == [stage.HOA_LU] * 3
    items = [{"component": "to-khai", "verdict": "ok"}]
    assert (await stage.act(code, "checklist", method="PUT", items=items)).status_code == 200
    assert (await stage.act(code, "acceptance")).status_code == 200
    accepted = await stage.read(code, stage.desk())
    assert [one["kind"] for one in accepted["documents"]] == ["cover", "receipt"]
    assert accepted["due"]["due_at"]
    assert "Bản giấy, đã chụp lưu" in await stage.paper(code, "receipt", stage.desk())
    facts = await stage.events(code)
    assert [(type_, fact["channel"]) for type_, fact in facts] == [
        ("intake.dossier_submitted.v1", told["channel"]),
        ("intake.dossier_accepted.v1", told["channel"]),
    ]


async def test_r_int_16_going_online_is_voluntary_every_procedure_begun_online_begins_at_the_desk_too(stage):
    for code in (stage.BIRTH, stage.PLAIN):
        online, desk = await stage.draft(code), (await begin(stage, code=code)).json()
        same = (
            "procedure_version",
            "eform",
            "case",
            "agency",
            "declaration",
            "result_channels",
            "components",
        )
        assert {name: desk[name] for name in same} == {name: online[name] for name in same}


async def test_r_int_16_what_is_wrong_online_is_wrong_at_the_desk(stage):
    began = (await begin(stage, code=stage.BIRTH)).json()
    answer = await hand_in(stage, began)
    fields = {one["field"] for one in answer.json()["errors"]}
    assert (answer.status_code, {"full_name", "relation", "giay-chung-sinh"} <= fields) == (422, True)
    async with stage.client(stage.desk()) as web:
        file = {"file": ("giay.pdf", stage.pdf())}
        url = f"{COUNTER}/drafts/{began['id']}"
        sent = await web.post(
            f"{url}/attachments", data={"component": "giay-chung-sinh"}, files=file, headers=stage.key()
        )
        assert sent.status_code == 201, sent.text
        await web.patch(url, json={"answers": stage.ANSWERS, "version": began["version"]})
    refused = await hand_in(stage, began, declaration_accepted=False)
    assert (refused.status_code, refused.json()["code"]) == (422, "declaration-not-accepted")
    assert (await hand_in(stage, began)).status_code == 201


async def test_r_int_16_one_draft_makes_one_dossier_however_often_and_by_how_many_it_is_sent(stage):
    draft, key = await written(stage), stage.key()
    answers = await asyncio.gather(*(hand_in(stage, draft, key=key) for _ in range(4)))
    assert {(one.status_code, one.json()["code"]) for one in answers} == {(201, answers[0].json()["code"])}
    again = await hand_in(stage, draft)
    assert (again.status_code, again.json()["code"]) == (409, "draft-already-submitted")


async def test_r_int_16_only_a_desk_officer_writes_down_and_only_the_own_draft(stage):
    draft = await written(stage)
    assert (await begin(stage, stage.citizen)).status_code == 403
    assert (await hand_in(stage, draft, stage.citizen)).status_code == 403
    assert (await hand_in(stage, draft, stage.desk("H42.101", "signer"))).status_code == 403
    foreign = await hand_in(stage, draft, stage.desk(stage.GIA_VIEN, subject="desk-2"))
    assert (foreign.status_code, foreign.json()["code"]) == (404, "draft-not-found")
    assert (await stage.submit(stage.desk(), draft_id=draft["id"])).status_code == 403


async def test_r_int_16_the_applicant_owns_it_the_officer_stands_in_the_history_and_the_paper_says_how(stage):
    code, other = await received(stage), await received(stage, way="post")
    told, second = await stage.read(code, stage.desk()), await stage.read(other, stage.desk())
    assert told["owner_id"] == second["owner_id"] != "desk-1", "all dossiers of a person have one owner"
    assert told["owner_id"].startswith("person-")
    assert "037090001234" not in told["owner_id"]
    pool = await stage.database.pool()
    step = await pool.fetchrow("select * from step where dossier_code = $1 order by id limit 1", code)
    assert (step["actor_id"], step["actor_kind"], step["agency"]) == ("desk-1", "officer", stage.HOA_LU)
    assert told["entry"] == {
        "way": "Trực tiếp tại quầy",
        "confirmation": "Người nộp đã ký trên giấy",
        "late": False,
        "late_form": "",
        "late_waits": False,
    }
    assert told["result_channel"] == "counter", "who has no account fetches the result where it was asked for"
    cover = await stage.paper(code, "cover", stage.desk())
    for words in (
        code,
        "Trực tiếp tại quầy",
        "Người nộp đã ký trên giấy",
        "Tôi cam đoan",
        "Ký, ghi rõ họ tên",
    ):
        assert words in cover


@pytest.mark.parametrize("way", list(Way))
def test_r_int_16_nobody_signs_over_the_telephone_and_a_paper_comes_signed(way):
    for confirmation in Confirmation:
        if confirmation is Confirmation.CODE:
            continue  # has its own tests
        fits = confirmation is CONFIRMED_BY[way]
        if fits:
            Entry(way, confirmation).must_fit()
        else:
            with pytest.raises(ConfirmationUnfitError):
                Entry(way, confirmation).must_fit()


async def test_r_trk_04_the_counter_finds_by_code_qr_and_identity_in_every_state(stage):
    code = await stage.dossier(code=stage.PLAIN)
    closed = await stage.dossier(code=stage.PLAIN)
    assert (await stage.act(closed, "refusal", reason="Sai", legal_basis="Điều 1")).status_code == 200
    address = stage.means.tracking_url.format(code=code)
    for words in (
        code,
        closed,
        address,
        "037090001234",
        CARD,
        "0912345678",
        "+84 912 345 678",
        "0912.345.678",
    ):
        found = await people(stage, words)
        assert [one["name"] for one in found["items"]] == ["Nguyễn Thị Ánh"], words
        assert found["items"][0]["id_ending"] == "1234"
    assert (await people(stage, "nguyen thi anh"))["items"][0]["count"] > 1
    by_code = (await people(stage, closed))["items"]
    assert [(one["code"], one["state_label"]) for one in by_code] == [(closed, "Từ chối tiếp nhận")]


async def test_r_trk_04_nobody_beyond_the_own_desk_is_found_and_numbers_are_not_shown_whole(stage):
    await stage.dossier(code=stage.PLAIN)
    far = stage.desk(stage.NO_DESK, subject="desk-9")
    assert (await people(stage, "037090001234", far))["items"] == []
    async with stage.client(stage.desk()) as web:
        answer = await web.post(f"{COUNTER}/people", json={"words": "037090001234"})
    assert "037090001234" not in answer.text
    assert "0912345678" not in answer.text
    async with stage.client(stage.citizen) as web:
        assert (await web.post(f"{COUNTER}/people", json={"words": "anh"})).status_code == 403


async def test_r_trk_04_who_is_known_need_not_say_it_again_and_reads_that_it_was_looked_at(stage):
    code = await stage.dossier(code=stage.PLAIN)
    began = (await begin(stage, known_from=code)).json()
    assert began["answers"]["phone"] == "+84912345678"
    assert began["answers"]["id_number"] == "037090001234"
    looks = (await stage.get("looks", stage.citizen)).json()["items"]
    assert code in [one["code"] for one in looks]
    pool = await stage.database.pool()
    lines = await pool.fetch("select purpose from audit_line where route like '%counter/drafts'")
    assert any(line["purpose"] == "Lập hồ sơ tại quầy" for line in lines)
    lost = await begin(stage, stage.desk(stage.GIA_VIEN, subject="desk-3"), known_from=code)
    assert lost.status_code == 404


async def test_r_trk_04_a_card_names_who_was_never_here(stage):
    new = CARD.replace("037090001234", "037099998888").replace("NGUYỄN THỊ ÁNH", "LÊ VĂN MỚI")
    found = await people(stage, new)
    assert (found["items"], found["card"]) == ([], {"name": "LÊ VĂN MỚI", "id_ending": "8888"})
    began = (await begin(stage, card=new)).json()
    assert began["answers"]["full_name"] == "LÊ VĂN MỚI"
    assert "phone" not in began["answers"]


@pytest.mark.parametrize(
    "text", ["", "037090001234", "0370|x|y|1|2|3", "03709000123|1|A|1|2|3", "037090001234|1||1|2|3"]
)
def test_r_trk_04_another_line_is_no_card(text):
    assert read_card(text) is None


async def test_r_trk_04_who_is_only_named_in_a_dossier_is_not_offered_as_its_applicant(stage):
    code = await received(stage)
    for words in ("037090001234", "0912345678", "anh@example.org", CARD, "nguyen thi anh", code):
        assert {one["name"] for one in (await people(stage, words))["items"]} == {"Nguyễn Thị Ánh"}, words
    async with stage.client(stage.desk()) as web:
        assert (await web.get("/api/intake/desk/dossiers", params={"q": "Nguyễn Minh Anh"})).json()["items"]
    found = {one["name"] for one in (await people(stage, "Nguyễn Minh Anh"))["items"]}
    assert "Nguyễn Thị Ánh" not in found, "the child is looked for, and the mother applied"


async def test_r_sec_22_who_looked_for_a_person_at_the_counter_is_found_by_the_person(stage):
    await people(stage, CARD, stage.desk(subject="searched"))
    code = await received(stage)
    await begin(stage, stage.desk(subject="began"), known_from=code)
    who = officer("auditor", subject="inspector", unit=None, agency=stage.HOA_LU, scope="agency")
    told = {"purpose": "Kiểm tra theo QĐ 12", "person": "037090001234"}
    answer = (await stage.get("access-lines", who, **told)).json()["items"]
    lines = {(one["actor"], one["deed"], one["subject"]) for one in answer}
    assert {("searched", "look_up", ""), ("began", "change", code), ("desk-1", "change", code)} <= lines
    assert all("037090001234" not in one["details"] for one in answer)


async def test_drafts_that_wait_at_the_counter_say_for_whom_they_are(stage):
    clerk = stage.desk(subject="begins-one-draft")
    await begin(stage, clerk, card=CARD)
    async with stage.client(clerk) as web:
        [row] = (await web.get(f"{COUNTER}/drafts")).json()["items"]
    assert row["applicant_name"] == "NGUYỄN THỊ ÁNH"


@pytest.mark.parametrize(
    ("line", "sought"),
    [
        (CARD.replace("|", "~"), "037090001234"),
        (CARD.replace("|", "Ư"), "037090001234"),
        ("037090001234, Hoa Lư", "037090001234, Hoa Lư"),
        ("0912345678", "0912345678"),
        ("H42.101-261128-0001", "H42.101-261128-0001"),
    ],
)
def test_r_trk_04_a_scanner_on_another_keyboard_still_gives_the_number(line, sought):
    assert looked_for(line) == sought
