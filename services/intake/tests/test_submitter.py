"""Who acts for whom: applicant and submitter apart, the paper that allows it, and whose the result is."""

import pytest
from intake.domain.submitter import AUTHORISATION, FORM, INTRODUCTION, Standing, judged, kept
from regulation.zone import local_day
from suite.testing import citizen

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
DUC = {
    "submitter_name": "Trần Văn Đức",
    "submitter_id": "037085004321",
    "submitter_phone": "0987 654 321",
    "submitter_collects": False,
}
BODY = {"submitter_organisation": "Công ty TNHH Hoa Lư", "submitter_tax_code": "2700123456"}


async def judged_all(stage, code):
    """Find everything in order that is there."""
    there = (await stage.read(code, stage.desk()))["components"]
    items = [{"component": one["id"], "verdict": "ok"} for one in there]
    return await stage.act(code, "checklist", method="PUT", items=items)


async def named(stage, draft, caller=None, root="drafts", **changed):
    """Say that somebody else hands the draft in."""
    values = {"submitter_standing": "authorised", **DUC, **changed}
    async with stage.client(caller or stage.citizen) as web:
        url = f"/api/intake/{root}/{draft['id']}/submitter"
        return await web.put(url, json={"values": values})


async def handed_in(stage, caller=None, **changed):
    """Hand a dossier in for Nguyễn Thị Ánh by somebody authorised."""
    draft = await stage.draft(stage.PLAIN, caller=caller)
    answer = await named(stage, draft, caller, **changed)
    assert answer.status_code == 200, answer.text
    more = {"caller": caller} if caller else {}
    if any(one["needed"] for one in answer.json()["components"]):
        assert (await stage.attach(draft["id"], AUTHORISATION.id, **more)).status_code == 201
    sent = await stage.submit(caller, draft_id=draft["id"])
    assert sent.status_code == 201, sent.text
    return str(sent.json()["code"])


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_sub_18_applicant_and_submitter_are_apart_and_every_fact_names_both(make_stage, profile):
    stage = await make_stage(profile)
    code = await handed_in(stage)
    told = await stage.read(code)
    assert told["applicant_name"] == "Nguyễn Thị Ánh"
    assert told["submitter"]["name"] == "Trần Văn Đức"
    assert (told["submitter"]["standing"], told["submitter"]["collects"]) == (
        "Được người khác ủy quyền",
        False,
    )
    assert told["owner_id"].startswith("person-")
    [(_, fact)] = await stage.events(code)
    assert (fact["owner_id"], fact["submitter_id"]) == (told["owner_id"], stage.citizen.subject)
    assert (await judged_all(stage, code)).status_code == 200
    assert (await stage.act(code, "acceptance")).status_code == 200
    receipt = await stage.paper(code, "receipt")
    for words in (
        "Nguyễn Thị Ánh",
        "Trần Văn Đức (được người khác ủy quyền) · 0987 654 321",
        AUTHORISATION.name,
    ):
        assert words in receipt


async def test_r_sub_18_who_acts_by_authorisation_brings_the_paper_and_the_desk_judges_it(stage):
    draft = await stage.draft(stage.PLAIN)
    for standing, needed in (("authorised", True), ("hired", True), ("member", False)):
        told = (await named(stage, draft, submitter_standing=standing, **BODY)).json()
        [paper] = [one for one in told["components"] if one["id"] in (AUTHORISATION.id, INTRODUCTION.id)]
        assert paper["needed"] is needed
        assert (AUTHORISATION.id in [one["field"] for one in told["problems"]]) is needed
    await named(stage, draft)
    refused = await stage.submit(draft_id=draft["id"])
    assert AUTHORISATION.id in [one["field"] for one in refused.json()["errors"]]
    code = await handed_in(stage)
    items = [{"component": "to-khai", "verdict": "ok"}]
    assert (await stage.act(code, "checklist", method="PUT", items=items)).status_code == 200
    unjudged = await stage.act(code, "acceptance")
    assert (unjudged.status_code, AUTHORISATION.name in unjudged.text) == (409, True)
    wrong = [{"component": AUTHORISATION.id, "note": "Hết hạn"}]
    items = [{"component": AUTHORISATION.id, "verdict": "wrong", "note": "Hết hạn"}]
    assert (await stage.act(code, "checklist", method="PUT", items=items)).status_code == 200
    asked = await stage.act(
        code, "supplement-requests", reason="Hết hạn", guidance="Nộp bản mới", items=wrong
    )
    assert asked.status_code == 200, asked.text
    [open_one] = [
        one for one in (await stage.get("requests", stage.citizen)).json()["items"] if one["code"] == code
    ]
    assert open_one["items"][0]["name"] == AUTHORISATION.name
    assert (await stage.resupply(code, AUTHORISATION.id))["state"] == "submitted"


async def test_r_sub_18_the_result_belongs_to_the_applicant(stage):
    for may in (False, True):
        helper = citizen(f"helper-{may}")
        code = await handed_in(stage, helper, submitter_collects=may)
        assert (await judged_all(stage, code)).status_code == 200
        assert (await stage.act(code, "acceptance")).status_code == 200
        await stage.finish(code)
        [result] = [one for one in (await stage.read(code, helper))["documents"] if one["kind"] == "result"]
        answer = await stage.get(f"dossiers/{code}/documents/{result['id']}", helper)
        assert (answer.status_code, result["state"]) == ((200, "ready") if may else (403, "blocked"))
        desk = await stage.get(f"dossiers/{code}/documents/{result['id']}", stage.desk())
        assert desk.status_code == 200, "the desk hands it to the applicant"
    assert answer.content.startswith(b"%PDF-")


async def test_r_sub_18_several_people_of_an_organisation_hand_in_for_one_applicant(stage):
    first, second = citizen("member-1"), citizen("member-2")
    told = [
        await stage.read(await handed_in(stage, one, submitter_standing="member", **BODY), one)
        for one in (first, second)
    ]
    assert told[0]["owner_id"] == told[1]["owner_id"]
    assert told[0]["owner_id"].startswith("organisation-")
    assert {one["applicant_name"] for one in told} == {"Công ty TNHH Hoa Lư"}
    assert (await stage.get(f"dossiers/{told[0]['code']}", second)).status_code == 404, (
        "a colleague is no submitter"
    )
    found = (await stage.get("desk/dossiers", stage.desk(), q="2700123456")).json()["items"]
    assert {one["code"] for one in told} <= {one["code"] for one in found}


async def test_r_sub_18_at_the_counter_both_are_people_by_their_numbers(stage):
    async with stage.client(stage.desk()) as web:
        body = {"procedure_code": stage.PLAIN}
        draft = (await web.post("/api/intake/counter/drafts", json=body, headers=stage.key())).json()
        url = f"/api/intake/counter/drafts/{draft['id']}"
        await web.patch(url, json={"answers": stage.ANSWERS, "version": draft["version"]})
        assert (await named(stage, draft, stage.desk(), "counter/drafts")).status_code == 200
        file = {"file": ("uy-quyen.pdf", stage.pdf())}
        place = {"component": AUTHORISATION.id}
        sent = await web.post(f"{url}/attachments", data=place, files=file, headers=stage.key())
        assert sent.status_code == 201, sent.text
        body = {"draft_id": draft["id"], "way": "desk", "confirmation": "signature"}
        body |= {"declaration_accepted": True, "declaration_version": "1"}
        code = (await web.post("/api/intake/counter/dossiers", json=body, headers=stage.key())).json()["code"]
    [(_, fact)] = await stage.events(code)
    assert fact["owner_id"] != fact["submitter_id"]
    assert all(fact[name].startswith("person-") for name in ("owner_id", "submitter_id"))
    assert "Trần Văn Đức" in await stage.paper(code, "cover", stage.desk())
    pool = await stage.database.pool()
    row = await pool.fetchrow(
        "select submitter, submitter_sealed, search_key from dossier where code = $1", code
    )
    assert (row["submitter"], "Đức" in row["submitter_sealed"], "037085004321" in row["search_key"]) == (
        "{}",
        False,
        False,
    )


async def test_r_sub_18_who_says_nothing_or_himself_applies_himself(stage):
    draft = await stage.draft(stage.PLAIN)
    told = (await named(stage, draft, submitter_standing="self")).json()
    assert told["submitter"]["answers"] == {}
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    dossier = await stage.read(code)
    assert (dossier["submitter"], dossier["owner_id"]) == (None, stage.citizen.subject)
    assert (await named(stage, draft, stage.desk())).status_code == 403
    stranger = citizen("a stranger")
    assert (await named(stage, await stage.draft(stage.PLAIN), stranger)).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"submitter_id": "037090001234"}, "submitter_id"),
        ({"submitter_name": None}, "submitter_name"),
        ({"submitter_phone": "12"}, "submitter_phone"),
        ({"submitter_collects": None}, "submitter_collects"),
        ({"submitter_standing": "member"}, "submitter_tax_code"),
    ],
)
def test_r_sub_18_what_is_wrong_with_who_hands_in_is_told(stage, changed, field):
    typed = {"submitter_standing": "authorised", **DUC, **changed}
    _, problems = judged(kept(typed), {"id_number": "037090001234"}, local_day(stage.now))
    assert field in [one.field for one in problems]


def test_r_sub_18_who_acts_is_asked_in_both_languages():
    [page] = FORM.pages
    assert {choice.value for choice in FORM.questions["submitter_standing"].choices} == set(Standing)
    assert all(one.label.vi and one.label.en for one in page.questions)


@pytest.mark.parametrize("typed", [{"a": 1}, ["a"], 5, True, 1.5])
async def test_a_number_that_is_no_words_is_told_to_be_wrong_as_any_other(stage, typed):
    draft = await stage.draft(stage.PLAIN)
    answer = await named(stage, draft, submitter_id=typed)
    assert answer.status_code == 200, answer.text
    assert "submitter_id" in str(answer.json()["submitter"])


@pytest.mark.parametrize("standing", ["boss", ["authorised"], {"a": 1}, "Self"])
async def test_r_sub_18_a_standing_that_there_is_not_is_no_acting_for_oneself(stage, standing):
    draft = await stage.draft(stage.PLAIN)
    assert (await named(stage, draft)).status_code == 200
    refused = await named(stage, draft, submitter_standing=standing)
    assert refused.status_code == 422, refused.text
    assert [one["field"] for one in refused.json()["errors"]] == ["submitter_standing"]
    async with stage.client(stage.citizen) as web:
        kept = (await web.get(f"/api/intake/drafts/{draft['id']}")).json()["submitter"]
    assert "Trần Văn Đức" in str(kept), "what stood there stands"
