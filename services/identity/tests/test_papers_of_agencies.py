"""Rights come from an agency's request and end with its notice; the population database needs a commitment."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from common.security import Verifier
from identity.domain.registered import (
    ENDED_BY,
    Case,
    NoticeKind,
    Population,
    Said,
    cases_for,
    population,
    registered,
    roles_left,
)
from identity.main import rules_of
from regulation.roles import OFFICER_ROLES
from sqlalchemy import text
from suite.testing import officer

NOW, TODAY = datetime(2026, 11, 28, 3, tzinfo=UTC), date(2026, 11, 28)
AGENCY, SERIAL = "H42.101", itertools.count(85001)
OFFICE = officer(
    "province_office", agency="H42", scope="province", subject="018f0000-0000-7000-8000-0000000000f1"
)
ADMIN = officer("agency_admin", agency=AGENCY, subject="018f0000-0000-7000-8000-0000000000f2")
PAPER = {"document_number": "15/VP-KSTT", "document_on": "2026-11-02"}
OFFICERS, REQUESTS = "/api/identity/officers", "/api/identity/rights-requests"


@pytest.mark.parametrize("role", sorted(OFFICER_ROLES))
def test_r_acc_17_every_officers_role_serves_a_registered_case_and_none_opens_the_population_database(role):
    assert cases_for(role)
    assert Case.POPULATION not in cases_for(role)


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (NoticeKind.MOVED, []),
        (NoticeKind.RETIRED, []),
        (NoticeKind.NO_PROCEDURES, ["agency_head", "auditor"]),
        (NoticeKind.NO_POPULATION, ["desk_officer", "fee_collector", "agency_head", "auditor"]),
    ],
)
def test_r_acc_19_what_a_notice_leaves(kind, left):
    assert roles_left(["desk_officer", "fee_collector", "agency_head", "auditor"], kind) == left


def test_r_acc_17_a_notice_ends_what_was_registered_before_it_and_a_later_request_registers_anew():
    first = Said(NOW, gives=frozenset({Case.STEPS, Case.POPULATION}))
    ended = Said(NOW + timedelta(days=1), ends=ENDED_BY[NoticeKind.MOVED])
    again = Said(NOW + timedelta(days=2), gives=frozenset({Case.FEES}))
    assert registered([first]) == {Case.STEPS, Case.POPULATION}
    assert registered([ended, first]) == frozenset()
    assert registered([again, first, ended]) == {Case.FEES}


@pytest.mark.parametrize(
    ("held", "needed", "until", "state"),
    [
        ("a", True, TODAY, Population.NOT_REGISTERED),
        ("d", True, None, Population.NO_COMMITMENT),
        ("d", True, TODAY, Population.ACTIVE),
        ("d", True, TODAY - timedelta(days=1), Population.EXPIRED),
        ("d", False, None, Population.ACTIVE),
    ],
)
def test_r_acc_21_the_right_is_inactive_without_a_commitment_and_after_it(held, needed, until, state):
    assert population(held=frozenset({Case(held)}), needed=needed, until=until, today=TODAY) is state


@pytest.mark.parametrize(("profile", "needed"), [("quang-tri", True)])
def test_r_acc_21_the_profile_asks_for_the_commitment(profile, needed):
    assert rules_of(profile).commitment_needed is needed


class Province:
    """A province whose office grants rights from the requests of agencies."""

    def __init__(self, town: Any, key: Any, caller: Any) -> None:
        self.town, self.key, self.caller = town, key, caller

    async def send(self, path: str, body: dict[str, Any], caller: Any = None) -> Any:
        async with self.town.as_(caller or self.caller) as web:
            return await web.post(path, json=body, headers=self.key())

    async def read(self, path: str, caller: Any = None) -> Any:
        async with self.town.as_(caller or self.caller) as web:
            return (await web.get(path)).json()

    async def request(self, login: str, *cases: str, **changed: Any) -> Any:
        person = {"login": login, "full_name": "Lê Thị Mai", "cases": list(cases)}
        return await self.send(REQUESTS, {"agency": AGENCY, **PAPER, "persons": [person], **changed})

    async def hire(self, login: str, *roles: str) -> Any:
        body = {"login": login, "full_name": "Lê Thị Mai", "id_number": f"0001900{next(SERIAL)}"}
        body |= {
            "email": f"{login}@motcua.example",
            "agency": AGENCY,
            "roles": list(roles),
            "scope": "agency",
        }
        return await self.send(OFFICERS, body)

    async def stated(self, who: str) -> Any:
        async with self.town.as_(officer("desk_officer", agency=AGENCY, subject=who)) as web:
            return (await web.post("/api/identity/me/population-statements")).json()


@pytest.fixture
async def quang_tri(make_town, key):
    return Province(await make_town("quang-tri"), key, OFFICE)


@pytest.fixture
def ninh_binh(town, key):
    return Province(town, key, ADMIN)


async def test_r_acc_17_where_the_office_grants_a_right_without_a_request_is_refused(quang_tri):
    refused = await quang_tri.hire("mai.mot", "desk_officer")
    assert (refused.status_code, refused.json()["code"]) == (409, "rights-not-registered")
    assert (await quang_tri.request("mai.mot", "b")).status_code == 201
    assert (await quang_tri.hire("mai.mot", "desk_officer")).status_code == 409, (
        "registered for reports alone"
    )
    assert (await quang_tri.request("mai.mot", "a", agency="H42.102")).status_code == 201
    assert (await quang_tri.hire("mai.mot", "desk_officer")).status_code == 409, "another agency's list"
    assert (await quang_tri.request("mai.mot", "a")).status_code == 201
    made = await quang_tri.hire("mai.mot", "desk_officer")
    assert (made.status_code, made.json()["roles"]) == (201, ["desk_officer"])
    listed = await quang_tri.read(REQUESTS)
    assert (listed["needed"], len(listed["items"])) == (True, 3)
    one = listed["items"][0]
    assert (one["document_number"], one["document_on"]) == (PAPER["document_number"], PAPER["document_on"])
    assert one["persons"][0]["case_names"] == ["Thực hiện các bước trong quy trình nội bộ đã duyệt"]


async def test_r_acc_17_a_further_role_needs_its_case_too_even_where_it_waits_for_a_second_word(quang_tri):
    await quang_tri.request("mai.hai", "a")
    made = (await quang_tri.hire("mai.hai", "specialist")).json()
    path, body = (
        f"{OFFICERS}/{made['id']}",
        {"version": made["version"], "roles": ["specialist", "fee_collector"]},
    )
    async with quang_tri.town.as_(OFFICE) as web:
        assert (await web.patch(path, json=body)).json()["code"] == "rights-not-registered"
        waits = {**body, "roles": ["specialist", "auditor"]}
        assert (await web.patch(path, json=waits)).json()["code"] == "rights-not-registered"
    await quang_tri.request("mai.hai", "c")
    async with quang_tri.town.as_(OFFICE) as web:
        given = (await web.patch(path, json=body)).json()
    assert given["waiting_names"] == ["Cán bộ thu phí, lệ phí"], "registered now, it waits for a second word"


async def test_r_acc_17_elsewhere_the_agency_grants_and_may_keep_its_requests(ninh_binh):
    assert (await ninh_binh.hire("mai.ba", "desk_officer")).status_code == 201
    assert (await ninh_binh.request("mai.ba", "a")).status_code == 201
    assert (await ninh_binh.read(REQUESTS))["needed"] is False
    other = await ninh_binh.request("mai.ba", "a", agency="H42.102")
    assert (other.status_code, other.json()["code"]) == (403, "other-agency")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document_on": "2999-01-01"}, "document_on"),
        ({"persons": [{"login": "a b", "full_name": "Lê Thị Mai", "cases": ["a"]}]}, "persons.0.login"),
        (
            {"persons": [{"login": "a.b", "full_name": "Cán bộ một cửa", "cases": ["a"]}]},
            "persons.0.full_name",
        ),
    ],
)
async def test_r_acc_17_a_request_that_cannot_be_is_refused_and_names_the_line(ninh_binh, changed, field):
    answer = await ninh_binh.request("mai.bon", "a", **changed)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


async def test_r_acc_19_a_notice_ends_rights_at_once_tells_the_head_and_keeps_the_history(ninh_binh):
    head = (await ninh_binh.hire("truong.mai", "agency_head")).json()
    async with ninh_binh.town.database.sessions.begin() as session:
        give = text("update account set roles = '[\"agency_head\"]' where id = :who")
        await session.execute(give, {"who": head["id"]})
    who = (await ninh_binh.hire("mai.nam", "desk_officer", "specialist")).json()["id"]
    path = f"{OFFICERS}/{who}/notices"
    done = await ninh_binh.send(path, {"kind": "moved", **PAPER})
    assert (done.status_code, done.json()["roles"], done.json()["active"]) == (201, [], False)
    told = [one.to for one in ninh_binh.town.mail.letters if "/can-bo/ban-giao" in one.text]
    assert told.count("truong.mai@motcua.example") == 1
    kept = await ninh_binh.read(f"{OFFICERS}/{who}/papers")
    assert kept["notices"][0]["roles_before"] == ["Cán bộ một cửa", "Công chức chuyên môn"]
    async with ninh_binh.town.database.sessions() as session:
        lines = text("select field, before, after from account_change where account_id = :who order by field")
        assert len(list(await session.execute(lines, {"who": who}))) == 2, "the history says what there was"
        told = text("select count(*) from outbox where envelope::text like :who")
        assert (await session.scalar(told, {"who": f"%{who}%"}) or 0) >= 1
    again = await ninh_binh.send(path, {"kind": "moved", **PAPER})
    assert again.status_code == 201, "said twice, it ends nothing more"


async def test_r_acc_19_nobody_files_a_notice_about_himself_or_about_another_agencys_officer(ninh_binh):
    who = (await ninh_binh.hire("mai.sau", "specialist")).json()["id"]
    own = await ninh_binh.send(
        f"{OFFICERS}/{who}/notices",
        {"kind": "retired", **PAPER},
        officer("agency_admin", agency=AGENCY, subject=who),
    )
    assert (own.status_code, own.json()["code"]) == (403, "own-rights")
    stranger = officer("agency_admin", agency="H42.102", subject="018f0000-0000-7000-8000-0000000000f3")
    assert (
        await ninh_binh.send(f"{OFFICERS}/{who}/notices", {"kind": "retired", **PAPER}, stranger)
    ).status_code == 404


async def test_r_acc_21_the_statement_comes_with_the_commitment_and_goes_with_its_last_day(quang_tri):
    await quang_tri.request("mai.bay", "a", "d")
    who = (await quang_tri.hire("mai.bay", "desk_officer")).json()["id"]
    assert await quang_tri.stated(who) == {"state": "no_commitment", "statement": None}
    async with quang_tri.town.as_(officer("desk_officer", agency=AGENCY, subject=who)) as web:
        assert (await web.post("/api/identity/me/commitments")).status_code == 201
    told = await quang_tri.stated(who)
    async with quang_tri.town.as_() as web:
        verifier = Verifier.from_jwks((await web.get("/api/identity/jwks")).json())
    said = await verifier.stated(told["statement"], "motcua-population-right")
    assert (told["state"], said["sub"]) == ("active", who)
    quang_tri.town.clock.pass_(days=367)
    assert await quang_tri.stated(who) == {"state": "expired", "statement": None}
    today = quang_tri.town.clock.now.date()
    paper = {"document_number": "CK-01", "signed_on": str(today - timedelta(days=2))}
    path = f"{OFFICERS}/{who}/commitments"
    over = await quang_tri.send(path, {**paper, "until_on": str(today - timedelta(days=1))})
    assert (over.status_code, over.json()["code"]) == (422, "commitment-period")
    assert (
        await quang_tri.send(path, {**paper, "until_on": str(today + timedelta(days=200))})
    ).status_code == 201
    assert (await quang_tri.stated(who))["state"] == "active"
    ended = await quang_tri.send(f"{OFFICERS}/{who}/notices", {"kind": "no_population", **PAPER})
    assert (ended.json()["roles"], ended.json()["active"]) == (["desk_officer"], True)
    assert (await quang_tri.stated(who))["state"] == "not_registered"


async def test_r_acc_21_who_is_not_registered_for_it_cannot_commit(quang_tri):
    await quang_tri.request("mai.tam", "a")
    who = (await quang_tri.hire("mai.tam", "desk_officer")).json()["id"]
    async with quang_tri.town.as_(officer("desk_officer", agency=AGENCY, subject=who)) as web:
        refused = await web.post("/api/identity/me/commitments")
    assert (refused.status_code, refused.json()["code"]) == (409, "rights-not-registered")
