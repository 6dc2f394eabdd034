"""By which decision a desk officer settles at the desk: written down, stated for a procedure, over or withdrawn."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from common.security import Verifier
from identity.domain.authorising import AuthorisationPeriodError, AuthorisingDecision, counts
from suite.testing import officer

TODAY = date(2026, 11, 27)
AGENCY, FIELD, BIRTH, COPY = "H99.1", "statement", "1.001193", "2.000815"
NUMBERS = itertools.count(81001)
STATEMENTS = "/api/identity/me/desk-statements"


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [(0, 0, False), (-30, 0, False), (-30, -1, True), (5, 4, True), (0, 1830, False), (0, 1831, True)],
)
def test_r_int_15_an_authorisation_has_a_period_that_is_not_over(begins, ends, refused):
    made = AuthorisingDecision("1/QĐ", (BIRTH,), TODAY + timedelta(days=begins), TODAY + timedelta(days=ends))
    if refused:
        with pytest.raises(AuthorisationPeriodError):
            made.must_hold(TODAY)
    else:
        made.must_hold(TODAY)


@pytest.mark.parametrize(
    ("days", "withdrawn", "held"),
    [(-1, False, False), (0, False, True), (9, False, True), (10, False, False), (5, True, False)],
)
def test_r_int_15_it_counts_from_its_first_to_its_last_day_unless_withdrawn(days, withdrawn, held):
    until = TODAY + timedelta(days=9)
    today = TODAY + timedelta(days=days)
    assert counts(from_on=TODAY, until_on=until, withdrawn=withdrawn, today=today) is held


class Office:
    """An agency's administrator and an officer."""

    def __init__(self, town: Any, key: Any) -> None:
        self.town, self.key = town, key
        self.admin = officer("agency_admin", agency=AGENCY, subject="018f0000-0000-7000-8000-0000000000e1")

    async def hired(self, name: str, role: str = "desk_officer") -> str:
        """Create an officer; give the id."""
        number = f"0001900{next(NUMBERS)}"
        body = {"login": name, "full_name": "Trần Văn Quầy", "id_number": number}
        body |= {"email": f"{name}@motcua.example", "agency": AGENCY, "roles": [role]}
        async with self.town.as_(self.admin) as web:
            made = await web.post("/api/identity/officers", json=body, headers=self.key())
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    def decision(self, **changed: Any) -> dict[str, Any]:
        """Give a decision for a month from now on."""
        today = self.town.clock.now.date()
        days = {"from_on": str(today), "until_on": str(today + timedelta(days=30))}
        return {"decision_number": "12/QĐ-UBND", "procedures": [BIRTH], **days, **changed}

    async def give(self, who: str, caller: Any = None, **changed: Any) -> Any:
        async with self.town.as_(caller or self.admin) as web:
            path = f"/api/identity/officers/{who}/authorisations"
            return await web.post(path, json=self.decision(**changed), headers=self.key())

    async def stated(self, who: str, procedure: str = BIRTH, agency: str = AGENCY) -> Any:
        """Ask for a statement as the officer; give what it says."""
        async with self.town.as_(officer("desk_officer", agency=agency, subject=who)) as web:
            answer = await web.post(STATEMENTS, json={"procedure": procedure})
            assert answer.status_code == 200, answer.text
            verifier = Verifier.from_jwks((await web.get("/api/identity/jwks")).json())
        told = answer.json()[FIELD]
        return await verifier.stated(told, "motcua-desk-authorisation") if told else None


@pytest.fixture
def office(town, key):
    return Office(town, key)


async def test_r_int_15_the_administrator_writes_the_decision_down_and_it_is_stated_for_its_procedures(
    office,
):
    who = await office.hired("quay.mot")
    assert await office.stated(who) is None
    made = await office.give(who)
    assert (made.status_code, made.json()["counts"]) == (201, True)
    said = await office.stated(who)
    assert (said["sub"], said["number"], said["procedure"], said["agency"]) == (
        who,
        "12/QĐ-UBND",
        BIRTH,
        AGENCY,
    )
    assert said["until"] == office.decision()["until_on"]
    assert await office.stated(who, COPY) is None
    office.town.clock.pass_(days=31)
    assert await office.stated(who) is None, "its last day is over"
    async with office.town.as_(office.admin) as web:
        listed = (await web.get(f"/api/identity/officers/{who}/authorisations")).json()
    assert [(one["decision_number"], one["counts"]) for one in listed["items"]] == [("12/QĐ-UBND", False)]
    assert listed["may_give"] is True


async def test_r_int_15_a_withdrawn_one_counts_no_more_and_stays_on_record_with_its_reason(office):
    who = await office.hired("quay.hai")
    made = (await office.give(who)).json()
    path = f"/api/identity/officers/{who}/authorisations"
    async with office.town.as_(office.admin) as web:
        reason = {"reason": "Chuyển công tác từ tuần sau"}
        assert (await web.post(f"{path}/{made['id']}/withdrawal", json=reason)).status_code == 204
        again = await web.post(f"{path}/{made['id']}/withdrawal", json=reason)
        assert (again.status_code, again.json()["code"]) == (409, "authorisation-ended")
        kept = (await web.get(path)).json()["items"]
    assert [(one["counts"], one["withdrawn_reason"]) for one in kept] == [(False, reason["reason"])]
    assert await office.stated(who) is None


async def test_r_int_15_nobody_authorises_himself_another_agencys_officer_or_who_receives_nothing(office):
    who, other = await office.hired("quay.ba"), await office.hired("chuyen.vien", "specialist")
    foreign = officer("agency_admin", agency="H99.2", subject="018f0000-0000-7000-8000-0000000000e2")
    own = officer("agency_admin", agency=AGENCY, subject=who)
    answers = [
        await office.give(who, foreign),
        await office.give(who, own),
        await office.give(other),
        await office.give(who, until_on=str(TODAY - timedelta(days=900))),
        await office.give(who, officer("desk_officer", agency=AGENCY)),
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "not-found"),
        (403, "own-rights"),
        (422, "no-desk-officer"),
        (422, "authorisation-period"),
        (403, "forbidden"),
    ]
    assert await office.stated(who) is None
