"""Agencies and procedures are told again so that who begins late knows what the others know."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from catalog.domain.editors import Editor
from catalog.domain.service_levels import SchemeRules
from catalog.usecases.announce_catalogue import announce_agencies, announce_procedures
from catalog.usecases.apply_due_decisions import apply_due_decisions
from catalog.usecases.begin_version import begin_version
from catalog.usecases.close_procedure import close_procedure
from catalog.usecases.publish_version import PublicationDecision, publish_version
from procedures.levels import Scheme
from suite.testing import outbox_events

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
EIGHT = Fraction(8)
RULES = SchemeRules(Scheme.FULL_PARTIAL)
BY = Editor("editor-1", "H42")
BIRTH = "1.001193"


async def told_first(session, key, value):
    return [data for _, data in await outbox_events(session) if data.get(key) == value]


async def test_every_version_that_was_in_force_is_told_again_and_the_repeal(session):
    draft = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)
    decision = PublicationDecision("2000/QĐ-UBND", TODAY, TODAY)
    await publish_version(
        session, BIRTH, draft.number, decision, rules=RULES, by=BY, today=TODAY, now=NOW, day_hours=EIGHT
    )
    await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)  # a draft is nobody's business yet
    day = TODAY + timedelta(days=5)
    await close_procedure(session, BIRTH, "3000/QĐ-UBND", day, by=BY, today=TODAY, now=NOW)
    await apply_due_decisions(session, RULES, day, NOW + timedelta(days=5))
    again = {told.key: told.facts for told in await announce_procedures(RULES, session, "", 10_000)}
    originals = await told_first(session, "code", BIRTH)
    assert [fact.type.split(".")[1] for fact in again[BIRTH]] == [
        "procedure_published",
        "procedure_published",
        "procedure_closed",
    ]
    for fact, original in zip(again[BIRTH][:2], originals, strict=False):
        now = fact.model_dump(mode="json")
        assert {k: v for k, v in now.items() if k != "effective_to"} == {
            k: v for k, v in original.items() if k != "effective_to"
        }
    assert again[BIRTH][2].closed_from == day
    assert again[BIRTH][2].aggregate_version >= originals[-1]["aggregate_version"]
    listed = [code for code, facts in again.items() if not facts]
    assert len(listed) > 1000  # the national list is shown here and announced by nobody


async def test_agencies_are_told_again_page_by_page(session):
    first = await announce_agencies(session, "", 2)
    second = await announce_agencies(session, first[-1].key, 2)
    codes = [told.key for told in (*first, *second)]
    assert codes == sorted(set(codes))
    for told in (*first, *second):
        [fact] = told.facts
        original = (await told_first(session, "aggregate_id", told.key))[-1]
        now = fact.model_dump(mode="json")
        assert now | {"occurred_at": None} == original | {"occurred_at": None}
