"""Dossiers change between the province's instance and an agency's own, with everything that was done to them."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from common.handling import InboxHandler
from common.ids import uuid7
from common.inbox import Arrival, Meta, store
from common.sealing import Ring
from processing.domain.errors import NotHandedOverError
from processing.events import (
    ConsultationHeld,
    DossierHandedOver,
    Handling,
    HandsChanged,
    NewDate,
    ResultDecision,
    StepDone,
)
from processing.models import Assignment, Consultation, Dossier, Extension, Revocation, StepRecord
from processing.queries import instances
from processing.subscribers import DossierHandedOver as Heard
from processing.subscribers import subscriptions
from processing.usecases import hand_over_dossiers as handing
from processing.usecases import take_over_dossiers as taking
from processing.usecases.begin_hand_over import begin_hand_over
from processing.usecases.hand_over_dossiers import hand_over_dossiers
from regulation.instances import AHEAD
from sqlalchemy import select
from suite.check.shapes import misread

OWN = "H42.101"
CODE = "H42.101-261207-0001"
SECOND = "H42.101-261207-0002"
ACCEPTED = "intake.dossier_accepted.v1"
_NEWS = """SELECT id, type, envelope::text FROM outbox WHERE seq > :after
    AND type ~ 'handed_over|taken_over' ORDER BY seq"""


@dataclass
class Two:
    """The province's instance and an agency's own, and what travels between them."""

    province: object
    own: object

    async def give(self, giver, to):
        """Begin and do the hand-over, as the command does."""
        async with giver.database.sessions.begin() as session:
            await begin_hand_over(session, OWN, to, giver.rules.instance, giver.now)
        return await hand_over_dossiers(giver.database, giver.rules.instance, giver.now)

    async def carry(self, after=0):
        """Let both hear what both told, until nobody has anything to say."""
        for _ in range(2):
            for teller in (self.province, self.own):
                rows = await teller.sql(_NEWS, after=after)
                for hearer in (self.province, self.own):
                    await store(await hearer.database.pool(), [Arrival(*row) for row in rows])
                    handler = InboxHandler(hearer.database, subscriptions(hearer.rules), first_delay=0.01)
                    while await handler.one_pass():
                        pass

    async def handled(self, stage):
        """Return all that is known of the work, as rows."""
        found = {}
        for table, order in (
            ("dossier", "code"),
            ("step_record", "id"),
            ("revocation", "number"),
            ("consultation", "number"),
            ("assignment", "number"),
        ):
            rows = await stage.sql(
                f"SELECT to_jsonb(t) - 'seq' - 'announced' - 'content_sealed' FROM {table} t ORDER BY {order}"
            )
            found[table] = [row[0] for row in rows]
        async with stage.database.sessions() as session:
            for kind, key in ((Dossier, Dossier.code), (Revocation, Revocation.number)):
                lines = [one.content for one in await session.scalars(select(kind).order_by(key))]
                for row, content in zip(found[kind.__tablename__], lines, strict=True):
                    row["content"] = content
        return found

    async def standing(self, stage):
        async with stage.database.sessions() as session:
            return await instances.standing(session, OWN)


def placed(stage, instance):
    """Let a stage be another instance."""
    built = stage.app.state.built
    stage.app.state.built = replace(built, rules=replace(built.rules, instance=instance))
    return stage


@pytest.fixture
async def two(staging) -> Two:
    made = Two(await staging(), placed(await staging(), OWN))
    made.own.database.ring = Ring(b"the keys of an agency's own instance")
    await made.province.accept()
    return made


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(handing, "BATCH", 2)


def test_nothing_of_the_work_is_left_behind():
    assert set(Handling.model_fields) - {
        "steps",
        "decisions",
        "consultations",
        "extensions",
        "supplements",
        "assignments",
    } == set(Dossier.__table__.c.keys()) - {
        "number",
        "serial",
        "announced",
        "content_sealed",
    }
    assert set(StepDone.model_fields) == set(StepRecord.__table__.c.keys()) - {"seq", "dossier_code"}
    assert set(ConsultationHeld.model_fields) == set(Consultation.__table__.c.keys()) - {"dossier_code"}
    assert set(HandsChanged.model_fields) == set(Assignment.__table__.c.keys()) - {"dossier_code"}
    assert set(NewDate.model_fields) == set(Extension.__table__.c.keys()) - {"dossier_code"}
    assert set(ResultDecision.model_fields) == set(Revocation.__table__.c.keys()) - {
        "dossier_code",
        "content_sealed",
    }


async def test_the_whole_work_moves_and_is_confirmed(two):
    for number in range(2, 6):
        await two.province.accept(f"H42.101-261207-000{number}")
    assert (await two.province.act("an", "claim")).status_code == 200
    asked = {"agency": OWN, "unit": "mot-cua", "question": "Đã đối chiếu bản gốc chưa?", "within": "1 wh"}
    assert (await two.province.act("an", "consultation", **asked)).status_code == 200
    assert (await two.province.propose()).status_code == 200
    before = await two.handled(two.province)
    assert await two.give(two.province, OWN) == 5
    assert await two.handled(two.province) == {
        "dossier": [],
        "step_record": [],
        "revocation": [],
        "consultation": [],
        "assignment": [],
    }

    assert not (await two.standing(two.province)).done
    await two.carry()
    assert await two.handled(two.own) == before
    told = await two.standing(two.province)
    assert (told.here, told.handed_over, told.taken_over, told.done) == (
        {},
        {"forwarded": 4, "awaiting_signature": 1},
        5,
        True,
    )
    assert (await two.own.act("lan", "signature")).status_code == 200
    ready = (await two.own.facts("processing.result_ready.v1"))[0]
    told = [fact["aggregate_version"] for fact in await two.province.facts("processing.step_completed.v1")]
    assert ready["aggregate_version"] > max(told)  # whoever counts versions takes it for news


async def test_a_decided_dossier_with_its_revocation_goes_and_comes_back(two):
    await two.province.to_leader()
    assert (await two.province.act("lan", "signature")).status_code == 200
    draft = {"ground": "Sai tên", "legal_basis": "Điều 70"}
    assert (await two.province.act("an", "revocation-proposal", **draft)).status_code == 200
    before = await two.handled(two.province)
    await two.give(two.province, OWN)
    await two.carry()
    assert await two.handled(two.own) == before
    assert await two.give(two.own, "") == 1
    await two.carry()
    assert await two.handled(two.province) == before
    assert (await two.province.act("lan", "revocation")).status_code == 200
    assert (await two.province.facts("processing.result_revoked.v1"))[0]["decision_number"].startswith("02/")


@pytest.mark.parametrize("doing", ["claim", "proposal", "signature"])
async def test_who_gave_a_dossier_away_refuses_and_says_where_it_is(two, doing):
    await two.give(two.province, OWN)
    refused = await two.province.act("lan" if doing == "signature" else "an", doing, **BODIES[doing])
    assert (refused.status_code, refused.json()["code"]) == (409, "dossier-elsewhere")
    assert OWN in refused.json()["detail"]
    assert (await two.province.get("lan", "/dossiers")).json()["items"] == []
    assert (await two.province.get("lan", f"/dossiers/{CODE}")).status_code == 409
    assert (await two.province.act("mai", "receipt")).status_code == 409
    stranger = two.province.who("lan", agency="H42.16")
    assert (await two.province.get(stranger, f"/dossiers/{CODE}")).status_code == 404


BODIES = {
    "claim": {},
    "proposal": {"version": 1, "outcome": "reject", "reasons": "r", "legal_basis": "b"},
    "signature": {"version": 1},
}


async def test_a_dossier_handed_over_while_it_is_signed_keeps_its_number_and_is_signed_there(two):
    await two.province.to_leader()

    async def meanwhile():
        await two.give(two.province, OWN)

    two.province.signer.before = meanwhile
    refused = await two.province.act("lan", "signature")
    assert (refused.status_code, refused.json()["code"]) == (409, "dossier-elsewhere")
    await two.carry()
    assert (await two.own.act("lan", "signature")).status_code == 200
    [ready] = await two.own.facts("processing.result_ready.v1")
    [row] = await two.own.sql("SELECT decision_serial, verification_code FROM dossier")
    assert (row[0], ready["verification_code"]) == (1, row[1])
    assert await two.province.facts("processing.result_ready.v1") == []


async def test_numbers_go_on_where_they_were_and_are_given_by_one_instance_only(two):
    await two.province.to_leader()
    assert (await two.province.act("lan", "signature")).status_code == 200
    await two.own.accept(SECOND)  # kept: not ours yet
    assert await two.own.sql("SELECT code FROM dossier") == []
    await two.give(two.province, OWN)
    await two.carry()
    await two.own.accept(SECOND, accepted_at=(two.own.now + AHEAD).isoformat())
    assert await two.own.sql("SELECT code FROM dossier WHERE code = :code", code=SECOND) == []
    third = "H42.101-261207-0003"
    await two.own.accept(third, accepted_at=(two.own.now + AHEAD).isoformat())
    await two.own.to_leader(third)
    assert (await two.own.act("lan", "signature", third)).status_code == 200
    [row] = await two.own.sql("SELECT decision_serial FROM dossier WHERE code = :code", code=third)
    assert row[0] == 2


async def test_an_instance_without_the_series_numbers_nothing(two):
    later = (two.own.now + AHEAD).isoformat()
    agreed = replace(two.own.rules, agreed=(instances.Turn(OWN, two.own.now, OWN),))
    two.own.app.state.built = replace(two.own.app.state.built, rules=agreed)
    await two.own.accept(SECOND, accepted_at=later)
    await two.own.to_leader(SECOND)
    refused = await two.own.act("lan", "signature", SECOND)
    assert (refused.status_code, refused.json()["code"]) == (409, "numbers-elsewhere")


async def test_new_dossiers_belong_to_one_instance_whoever_hears_first(two):
    early = two.own.now.isoformat()
    late = (two.own.now + AHEAD + timedelta(seconds=1)).isoformat()
    await two.own.accept(SECOND, accepted_at=late)  # heard before its turn was told
    await two.give(two.province, OWN)
    await two.province.accept(SECOND, accepted_at=late)
    await two.province.accept("H42.101-261207-0003", accepted_at=early)  # a straggler of the province's time
    await two.carry()
    codes = "SELECT code FROM dossier ORDER BY code"
    assert [row[0] for row in await two.own.sql(codes)] == [CODE, SECOND]
    assert await hand_over_dossiers(two.province.database, "", two.province.now) == 1
    await two.carry()
    assert len(await two.own.sql(codes)) == 3
    assert await two.province.sql(codes) == []
    assert (await two.standing(two.province)).done


async def test_what_is_told_twice_or_too_late_changes_nothing(two):
    await two.give(two.province, OWN)
    await two.carry()
    assert (await two.own.act("an", "claim")).status_code == 200
    there = await two.handled(two.own)
    await two.own.sql("DELETE FROM inbox")
    await two.province.sql("DELETE FROM inbox")
    await two.carry()
    assert await two.handled(two.own) == there
    await two.give(two.own, "")
    await two.carry()
    back = await two.handled(two.province)
    for stage in (two.own, two.province):
        await stage.sql("DELETE FROM inbox")
    await two.carry()  # the first hand-over is told again, after the dossier came back
    assert await two.handled(two.province) == back
    assert (await two.handled(two.own))["dossier"] == []
    await two.province.accept()
    await two.own.accept()
    assert [len((await two.handled(stage))["dossier"]) for stage in (two.province, two.own)] == [1, 0]


async def test_going_and_coming_back_twice_ends_where_it_began(two):
    before = await two.handled(two.province)
    for giver, to in ((two.province, OWN), (two.own, ""), (two.province, OWN), (two.own, "")):
        for stage in (two.province, two.own):
            stage.now += timedelta(minutes=1)
        assert await two.give(giver, to) == 1
        assert await two.give(giver, to) == 0  # begun before, it goes on with what is left
        await two.carry()
    assert await two.handled(two.province) == before
    assert await two.own.sql("SELECT count(*) FROM turn") == [(4,)]


class FallenError(Exception):
    """The process ended here."""


@pytest.mark.parametrize("point", ["record", "put", "second batch"])
async def test_a_giver_that_falls_in_the_middle_goes_on_and_loses_nothing(two, monkeypatch, point):
    for number in range(2, 6):
        await two.province.accept(f"H42.101-261207-000{number}")
    before, calls = await two.handled(two.province), 0
    name = "put" if point == "second batch" else point
    whole = getattr(handing, name)

    async def falls(*arguments, **named):
        nonlocal calls
        calls += 1
        result = await whole(*arguments, **named)
        if calls == (2 if point == "second batch" else 1):
            raise FallenError
        return result

    monkeypatch.setattr(handing, name, falls)
    with pytest.raises(FallenError):
        await two.give(two.province, OWN)
    monkeypatch.setattr(handing, name, whole)
    await two.carry()
    here, there = await two.handled(two.province), await two.handled(two.own)
    assert len(here["dossier"]) + len(there["dossier"]) == 5
    await two.give(two.province, OWN)
    await two.carry()
    assert await two.handled(two.own) == before
    assert (await two.standing(two.province)).done


async def test_a_taker_that_falls_in_the_middle_takes_each_once(two, monkeypatch):
    await two.province.accept(SECOND)
    before = await two.handled(two.province)
    await two.give(two.province, OWN)
    whole = taking.put

    async def falls(session, table, rows, **named):
        if table is StepRecord and not fallen:
            fallen.append(table)
            raise FallenError
        return await whole(session, table, rows, **named)

    fallen = []
    monkeypatch.setattr(taking, "put", falls)
    await two.carry()
    assert fallen
    assert await two.handled(two.own) == before


async def test_an_agency_hands_over_only_what_it_has(two):
    await two.province.accept("H42.16-261207-0001", competent_agency="H42.16", receiving_point="H42.16")
    await two.give(two.province, OWN)
    await two.carry()
    [real] = await two.province.sql("SELECT envelope FROM outbox WHERE type ~ 'dossier_handed_over'")
    foreign = "H42.16-261207-0001"

    async def told(code, agency, said=OWN):
        handling = real[0]["data"]["handling"] | {"code": code, "agency": agency}
        event = DossierHandedOver.model_validate(
            real[0]["data"] | {"to": "", "handling": handling, "aggregate_version": 99, "agency": said}
        )
        await overheard(two.province, event, code, said)

    for code, agency in ((foreign, "H42.16"), (foreign, OWN), (CODE, "H42.16")):
        with pytest.raises(NotHandedOverError):
            await told(code, agency)
    [owner] = await two.province.sql("SELECT agency FROM dossier")
    assert owner[0] == "H42.16"


async def test_s42_an_agency_gives_no_other_agencys_instance_anything(two):
    """A broker that lets a sender address queues beside its topic delivers such an event everywhere."""
    await two.province.accept("H42.16-261207-0001", competent_agency="H42.16", receiving_point="H42.16")
    await two.give(two.province, OWN)
    await two.carry()
    before = await two.own.sql("SELECT code, agency, officer_id FROM dossier ORDER BY code")
    [real] = await two.province.sql("SELECT envelope FROM outbox WHERE type ~ 'dossier_handed_over'")
    for code in (CODE, "H42.16-261207-0001"):
        handling = real[0]["data"]["handling"] | {"code": code, "agency": "H42.16", "officer_id": "FORGER"}
        told = {"to": OWN, "handling": handling, "aggregate_version": 99, "agency": "H42.16"}
        event = DossierHandedOver.model_validate(real[0]["data"] | told)
        with pytest.raises(NotHandedOverError):
            await overheard(two.own, event, code, "H42.16")
    assert await two.own.sql("SELECT code, agency, officer_id FROM dossier ORDER BY code") == before


async def test_no_agency_takes_its_dossiers_by_its_own_word(two):
    told = {"to": OWN, "at": two.province.now.isoformat(), "series": [], "agency": OWN}
    await two.province.hear("processing.agency_handed_over.v1", told, OWN)
    assert await hand_over_dossiers(two.province.database, "", two.province.now) == 0
    assert (await two.province.act("an", "claim")).status_code == 200


async def test_r_int_21_who_is_away_goes_along_and_comes_back_changed(two):
    at = two.province.now
    week = {"officer_id": "an", "from_on": "2026-12-07", "to_on": "2026-12-11", "substitute_id": "binh"}
    place = f"/api/processing/agencies/{OWN}/absences"
    async with two.province.api("an") as http:
        kept = (await http.post(place, json=week)).json()
    await two.give(two.province, OWN)
    await two.carry()
    async with two.own.api("lan") as http:
        [same] = (await http.get(place)).json()
        assert same["id"] == kept["id"]
        assert (await http.post(f"{place}/{kept['id']}/end")).status_code == 200
        assert (await http.get(place)).json() == []
    two.own.now = two.province.now = at + 2 * AHEAD
    await two.give(two.own, "")
    await two.carry()
    async with two.province.api("lan") as http:
        assert (await http.get(place)).json() == []


async def test_s42_an_agency_tells_of_no_absence_elsewhere(two):
    held = {"id": "0193a1b2-0000-7000-8000-0000000000ac", "agency": "H42.16", "officer_id": "x"}
    held |= {"from_on": "2026-12-07", "to_on": "2026-12-11", "substitute_id": None, "recorded_by": "x"}
    held["recorded_at"] = two.province.now.isoformat()
    told = {"to": "", "at": held["recorded_at"], "series": [], "absences": [held]}
    heard = subscriptions(two.province.rules)["processing.agency_handed_over.v1"]
    meta = Meta(uuid7(), heard.model.type, two.province.now, OWN, OWN, 9)
    with pytest.raises(NotHandedOverError):
        async with two.province.database.sessions.begin() as session:
            await heard.handler(session, [(heard.model.model_validate(told), meta)])
    assert await two.province.sql("SELECT id FROM absence") == []


async def overheard(stage, event, code, agency):
    """Let an instance hear an event as its inbox would, from an account of `agency`."""
    subscription = subscriptions(stage.rules)[event.type]
    meta = Meta(event.handling.steps[0].id, event.type, stage.now, agency, code, event.aggregate_version)
    async with stage.database.sessions.begin() as session:
        heard = subscription.model.model_validate(event.model_dump(mode="json"))
        await subscription.handler(session, [(heard, meta)])


def test_an_instance_of_yesterday_and_one_of_tomorrow_understand_each_other():
    """What was added later may be missing, and what is not known yet is left aside; anything else is seen."""

    class Tomorrow(DossierHandedOver):
        note: str | None = None

    class TomorrowsSlice(Heard):
        note: str | None = None

    class Broken(DossierHandedOver):
        to: int  # type: ignore[assignment]

    today, later = DossierHandedOver.model_json_schema(mode="serialization"), Tomorrow.model_json_schema()
    assert misread(Heard.model_json_schema(), later) == []
    assert misread(Heard.model_json_schema(), today) == []
    assert "note is read and not promised" in misread(TomorrowsSlice.model_json_schema(), today)
    assert misread(Heard.model_json_schema(), Broken.model_json_schema()) != []
