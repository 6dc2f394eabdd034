"""What an unsigned full service leads to is told before it is submitted, by profile."""

import pytest
from intake.domain.rules import read_rules
from intake.domain.unsigned import Consequence, consequence
from regulation.profiles import load

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
TOLD = {"ninh-binh": Consequence.CERTIFIED_PAPERS, "binh-dinh": Consequence.AS_L3}


@pytest.mark.parametrize("profile", PROFILES)
def test_r_sub_08_the_profile_says_what_an_unsigned_full_service_leads_to(profile):
    rules = read_rules(load(profile))
    for level in ("4", "full"):
        assert rules.unsigned(level) is TOLD.get(profile)
    for level in ("3", "partial", "2", None):
        assert rules.unsigned(level) is None, "papers are compared there anyway"
    assert rules.compares("full") is (profile == "binh-dinh"), (
        "treated as level 3: signed and compared at pick-up"
    )


@pytest.mark.parametrize("word", ["optional", "encouraged", "by_component_source"])
def test_r_sub_08_where_a_signature_is_no_duty_nothing_follows(word):
    assert consequence(word, "full") is None


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_sub_08_the_draft_tells_it_before_submission_and_the_counter_is_signed(make_stage, profile):
    stage = await make_stage(profile)
    told = (await stage.draft(stage.PLAIN))["unsigned"]
    words = {"ninh-binh": "bản sao chứng thực", "binh-dinh": "bản chính để đối chiếu"}
    assert (words[profile] in told) if profile in words else told == ""
    async with stage.client(stage.desk()) as web:
        body = {"procedure_code": stage.PLAIN}
        began = await web.post("/api/intake/counter/drafts", json=body, headers=stage.key())
    assert began.json()["unsigned"] == ""
