"""Who is asked for an opinion is told, reminded and told of the lapse; who asked learns what became of it."""

import pytest
from notify.domain.kinds import PAPERS, Kind

CODE, LAN, TAM = "H42.101-261207-0001", "officer-lan", "officer-tam"
ASKED = {
    "code": CODE,
    "officer_id": LAN,
    "number": 2,
    "asked_agency": "H42.15",
    "due_at": "2026-12-09T03:00:00Z",
}


@pytest.fixture
async def asking(stage):
    await stage.accepted()
    for officer, agency in ((LAN, "H42.101"), (TAM, "H42.15")):
        await stage.hear("identity.officer_changed.v1", {"officer_id": officer, "agency": agency})
    return stage


async def told(stage, who):
    return [one["kind"] for one in (await stage.inbox(who))["items"]][::-1]


async def test_r_prc_07_who_is_asked_is_told_and_reminded_and_who_asked_learns_what_became_of_it(asking):
    for type_ in (
        "dossier_consulted",
        "consultation_due_soon",
        "consultation_lapsed",
        "consultation_answered",
    ):
        fact = ASKED | ({} if type_ == "consultation_answered" else {"tell": [TAM]})
        await asking.hear(f"processing.{type_}.v1", fact, agency="H42.101")
    assert await told(asking, TAM) == [
        "officer_consulted",
        "officer_consultation_due_soon",
        "officer_consultation_lapsed",
    ]
    assert await told(asking, LAN) == ["officer_opinion_missing", "officer_opinion_given"]
    first = (await asking.inbox(TAM))["items"][-1]
    assert first["link"] == "https://dichvucong.example/can-bo/lay-y-kien"
    assert "10 giờ 00" in first["body"]
    newest = (await asking.inbox(LAN))["items"][0]
    assert newest["link"] == f"https://dichvucong.example/can-bo/giai-quyet/{CODE}"
    assert "số 2" in newest["body"]
    assert (await asking.inbox())["items"][0]["kind"] == "dossier_accepted"  # the applicant sees one dossier


async def test_an_agency_has_no_officers_told_but_those_it_asks(asking):
    await asking.hear("processing.dossier_consulted.v1", ASKED | {"tell": [TAM, LAN]}, agency="H42.101")
    assert (await told(asking, TAM), await told(asking, LAN)) == (["officer_consulted"], [])
    with pytest.raises(Exception, match="foreign-dossier"):
        await asking.hear("processing.dossier_consulted.v1", ASKED | {"tell": [TAM]}, agency="H42.15")


async def test_r_prc_07_who_was_asked_is_told_that_no_answer_is_needed(asking):
    withdrawn = ASKED | {"tell": [TAM, LAN]}
    await asking.hear("processing.consultation_withdrawn.v1", withdrawn, agency="H42.101")
    assert (await told(asking, TAM), await told(asking, LAN)) == (["officer_consultation_withdrawn"], [])


async def test_r_prc_10_the_desk_is_told_of_a_drafted_request_and_the_applicant_that_handling_goes_on(
    asking, facts
):
    drafted = {"code": CODE, "tell": [LAN, TAM, "nobody"], "number": 1, "reason": "Mờ"}
    await asking.hear("processing.supplement_drafted.v1", drafted, agency="H42.101")
    first = (await asking.inbox(LAN))["items"][0]
    assert (first["kind"], first["link"]) == (
        "officer_supplement_drafted",
        f"https://dichvucong.example/can-bo/tiep-nhan/{CODE}",
    )
    assert await told(asking, TAM) == []  # not of that desk
    assert Kind.SUPPLEMENT_REQUESTED in PAPERS  # a text message goes with it
    supplied = facts(due_at="2026-12-18T10:30:00Z", supplied_at="2026-12-14T01:00:00Z", number=1)
    await asking.hear("intake.dossier_supplemented.v1", supplied)
    message = (await asking.inbox())["items"][0]
    assert (message["kind"], "18/12/2026" in message["body"]) == ("dossier_supplemented", True)
