"""Nobody is notified of what another agency tells of a dossier, and no officer by an agency that is not his."""

import pytest
from common.inbox import NotYetError
from notify.domain.errors import ForeignDossierError, ForeignOfficerError
from notify.domain.notice import DossierFacts, expect_own_officers

CODE, LAN = "H42.101-261207-0001", "officer-lan"


@pytest.mark.parametrize(("agency", "refused"), [("H42.15", False), (None, False), ("H42.16", True)])
def test_who_tells_of_handling_must_settle_the_dossier(agency, refused):
    words = {"vi": "x", "en": "x"}
    facts = DossierFacts("H42.15-1", words, words, words, False, None, (), True, "H42.15", "H42.15")
    if refused:
        with pytest.raises(ForeignDossierError):
            facts.expect_told_by(agency)
    else:
        facts.expect_told_by(agency)


@pytest.mark.parametrize(
    ("named", "agency", "refused"),
    [
        (["an"], "H42.15", False),
        (["an"], None, False),
        (["an", "mai"], "H42.15", True),
        (["mai"], "H42.15", True),
        (["of-all"], "H42.15", True),
        (["unknown"], "H42.15", False),
        ([], "H42.15", False),
    ],
)
def test_who_has_officers_told_must_be_their_agency(named, agency, refused):
    homes = {"an": "H42.15", "mai": "H42.16", "of-all": None}
    if refused:
        with pytest.raises(ForeignOfficerError):
            expect_own_officers(named, homes, agency)
    else:
        expect_own_officers(named, homes, agency)


IDLE = "processing.officer_idle.v1"
SEEN = {"officer_name": "Lê Văn An", "tell": [LAN], "open_count": 3, "since": "2026-12-07T01:00:00Z"}


async def test_an_agency_reminds_no_officer_of_another_and_a_new_one_is_waited_for(stage):
    with pytest.raises(NotYetError, match=LAN):
        await stage.hear(IDLE, SEEN, agency="H42.101")
    await stage.hear("identity.officer_changed.v1", {"officer_id": LAN, "agency": "H42.101"})
    with pytest.raises(ForeignOfficerError):
        await stage.hear(IDLE, SEEN, agency="H42.102")
    assert (await stage.inbox(LAN))["items"] == []
    await stage.hear(IDLE, SEEN, agency="H42.101")
    assert [one["kind"] for one in (await stage.inbox(LAN))["items"]] == ["officer_idle"]


async def test_an_officer_who_went_to_another_agency_is_left_out_and_the_applicant_told(stage):
    await stage.accepted()
    await stage.hear("identity.officer_changed.v1", {"officer_id": LAN, "agency": "H42.102"})
    overdue = {"code": CODE, "officer_id": LAN, "due_at": "2026-12-09T10:30:00Z"}
    await stage.hear("processing.dossier_overdue.v1", overdue, agency="H42.101")
    assert (await stage.inbox())["items"][0]["kind"] == "dossier_overdue"
    assert (await stage.inbox(LAN))["items"] == []
