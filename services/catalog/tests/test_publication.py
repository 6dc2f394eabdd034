"""From draft to publication and repeal: complete, decided, dated, remembered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from catalog import queries
from catalog.domain.editors import Editor
from catalog.domain.errors import (
    DecisionMissingError,
    IncompleteVersionError,
    ProcedureClosedError,
    ProcessTooLongError,
    ServiceAlreadyOpenError,
    ServiceWithoutProcedureError,
    UnknownAgencyError,
    VersionNotEditableError,
)
from catalog.domain.service_levels import Approval, SchemeRules
from catalog.models import Agency, OnlineService
from catalog.usecases.apply_due_decisions import apply_due_decisions
from catalog.usecases.begin_version import begin_version
from catalog.usecases.close_procedure import close_procedure
from catalog.usecases.edit_version import edit_version
from catalog.usecases.open_service import confirm_level, open_service
from catalog.usecases.publish_version import PublicationDecision, publish_version
from catalog.usecases.store_form import FormFile, store_form
from common.errors import InvalidInputError, StaleVersionError
from procedures import Fee, FeeStatus, FormUse, Limit, Measure, Offer, Process, Step
from procedures.levels import Scheme
from regulation.clock import Rule
from sqlalchemy import select
from suite.testing import outbox_events

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
EIGHT = Fraction(8)
RULES = SchemeRules(Scheme.FULL_PARTIAL)
BY = Editor("editor-1", "H42")
BIRTH = "1.001193"
APPROVAL = Approval("900/QĐ-UBND", date(2026, 11, 10))
DECISION = PublicationDecision("2000/QĐ-UBND", date(2026, 11, 19), TODAY, APPROVAL)


async def publish(session, code, number, decision=DECISION, rules=RULES):
    return await publish_version(
        session, code, number, decision, rules=rules, by=BY, today=TODAY, now=NOW, day_hours=EIGHT
    )


async def open_at(session):
    services = await queries.open_services(session)
    return [service.agency for service in services if service.procedure == BIRTH]


async def events(session, type_, code=BIRTH):
    return [data for name, data in await outbox_events(session) if name == type_ and data.get("code") == code]


async def changed_draft(session, **changes):
    draft = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)
    content = replace(draft.read(), **changes)
    return await edit_version(
        session, BIRTH, draft.number, content, seen=draft.version, by=BY, now=NOW, day_hours=EIGHT
    )


COUNTED = Fee(FeeStatus.AMOUNT, 8_000, per=Measure("not_asked", "bản sao"))
UNCLEAR = Process(1, "1/QĐ", TODAY, (Step("a", "Thẩm tra", "u", "specialist", "4 wh", condition="case x"),))
# What each mandatory part looks like when nobody has said anything.
NOTHING = {
    "name": "",
    "field": "",
    "levels": (),
    "competent": (),
    "coordinating": None,
    "applicants": (),
    "steps": (),
    "channels": (),
    "components": (),
    "sets": None,
    "limits": (),
    "results": (),
    "fees": (),
    "forms": None,
    "conditions": None,
    "legal_basis": (),
    "process": None,
    "offers": (),
}


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        *[({part: nothing}, part, "missing-part") for part, nothing in NOTHING.items()],
        ({"limits": (Limit(text="120", flag="unit_missing"),)}, "limits.0", "unit_missing"),
        ({"limits": (Limit("120", Rule.WORKING_DAYS, "120"),)}, "limits.0", "limit-without-unit"),
        ({"fees": (COUNTED,)}, "fees.0.per", "fee-count-not-asked"),
        ({"process": UNCLEAR}, "process.steps.0", "step-time-unclear"),
    ],
)
async def test_r_cat_09_publishing_with_a_missing_part_is_refused_and_lists_the_gap(
    session, changes, field, rule
):
    draft = await changed_draft(session, **changes)
    with pytest.raises(IncompleteVersionError) as refused:
        await publish(session, BIRTH, draft.number)
    assert (field, rule) in {(problem.field, problem.rule) for problem in refused.value.problems()}
    assert draft.state == "draft"


async def test_r_cat_09_all_gaps_are_listed_at_once(session):
    draft = await changed_draft(session, **NOTHING)
    with pytest.raises(IncompleteVersionError) as refused:
        await publish(session, BIRTH, draft.number)
    assert {problem.field for problem in refused.value.problems()} >= NOTHING.keys()


@pytest.mark.parametrize("part", ["address", "phone", "email"])
async def test_r_cat_21_a_missing_desk_contact_blocks_publishing(session, part):
    agency = await session.get(Agency, "H42.102")
    setattr(agency, part, "")
    draft = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)
    with pytest.raises(IncompleteVersionError) as refused:
        await publish(session, BIRTH, draft.number)
    assert [problem.rule for problem in refused.value.problems()] == ["desk-contact-missing"]


async def test_r_cat_21_no_service_opens_at_a_desk_without_contact(session):
    (await session.get(Agency, "H42.15")).phone = ""
    offer = Offer("H42.15", "full", "chuyen-mon")
    with pytest.raises(InvalidInputError) as refused:
        await open_service(session, BIRTH, offer, rules=RULES, by=BY, today=TODAY, now=NOW, approval=APPROVAL)
    assert [problem.rule for problem in refused.value.problems()] == ["desk-contact-missing"]


async def test_r_cat_11_a_form_without_file_blocks_publishing(session):
    draft = await changed_draft(session, forms=(FormUse("mau-khong-co", "Mẫu không có", 1),))
    with pytest.raises(IncompleteVersionError) as refused:
        await publish(session, BIRTH, draft.number)
    assert [problem.rule for problem in refused.value.problems()] == ["form-not-downloadable"]


async def test_a_broken_form_definition_blocks_publishing(session):
    present = (await queries.version(session, BIRTH, 2)).read()
    assert present.eform is not None
    pages = [*present.eform["pages"], {"id": "x", "fields": [{"name": "x", "widget": "hologram"}]}]
    draft = await changed_draft(session, eform={**present.eform, "pages": pages})
    with pytest.raises(IncompleteVersionError) as refused:
        await publish(session, BIRTH, draft.number)
    rules = {problem.rule for problem in refused.value.problems()}
    assert {"unknown-widget", "label-missing", "field-without-data"} <= rules


async def test_r_prc_02_saving_a_process_longer_than_the_limit_is_refused(session):
    present = (await queries.version(session, BIRTH, 2)).read()
    assert present.process is not None
    first, *others = present.process.steps
    longer = replace(present.process, steps=(replace(first, hours="6 wh"), *others))
    with pytest.raises(ProcessTooLongError):
        await changed_draft(session, process=longer)
    with pytest.raises(ProcessTooLongError):
        await begin_version(session, BIRTH, replace(present, process=longer), BY, NOW, day_hours=EIGHT)


async def test_r_cat_16_a_decision_of_today_replaces_the_version_at_once(session):
    draft = await changed_draft(session, conditions="Điều kiện mới")
    version = await publish(session, BIRTH, draft.number)
    assert (version.state, version.number) == ("in_force", 3)
    old = await queries.version(session, BIRTH, 2)
    assert (old.state, old.effective_to) == ("superseded", TODAY)
    assert old.content["conditions"] == "Không"
    assert [data["version"] for data in await events(session, "catalog.procedure_published.v1")] == [2, 3]


async def test_r_cat_16_a_later_decision_waits_for_its_day_and_is_applied_once(session):
    draft = await changed_draft(session, conditions="Điều kiện mới")
    later = TODAY + timedelta(days=10)
    await publish(session, BIRTH, draft.number, replace(DECISION, effective_on=later))
    assert await apply_due_decisions(session, RULES, later - timedelta(days=1), NOW) == 0
    assert (await queries.procedure(session, BIRTH)).current_number == 2
    assert await apply_due_decisions(session, RULES, later, NOW) == 1
    assert await apply_due_decisions(session, RULES, later, NOW) == 0
    assert (await queries.procedure(session, BIRTH)).current_number == 3
    assert len(await events(session, "catalog.procedure_published.v1")) == 2


async def test_r_cat_16_a_repealed_procedure_is_unpublished_on_its_day(session):
    day = TODAY + timedelta(days=5)
    await close_procedure(session, BIRTH, "3000/QĐ-UBND", day, by=BY, today=TODAY, now=NOW)
    assert await events(session, "catalog.procedure_closed.v1") == []
    assert await apply_due_decisions(session, RULES, day, NOW) == 1
    closed = await events(session, "catalog.procedure_closed.v1")
    assert [(data["closed_from"], data["aggregate_version"]) for data in closed] == [(day.isoformat(), 3)]
    assert await open_at(session) == []
    assert BIRTH not in {row["code"] for row in await queries.visible_rows(session)}
    procedure = await queries.procedure(session, BIRTH)
    version = await queries.current_version(session, procedure)
    assert version is not None
    assert (version.number, version.state) == (2, "repealed")
    with pytest.raises(ProcedureClosedError):
        await close_procedure(session, BIRTH, "1/QĐ", day, by=BY, today=day, now=NOW)


async def test_r_cat_16_a_decision_introduces_a_new_procedure_with_a_newer_number(session):
    await close_procedure(session, BIRTH, "3000/QĐ-UBND", TODAY, by=BY, today=TODAY, now=NOW)
    draft = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)
    await publish(session, BIRTH, draft.number)
    numbers = [
        data["aggregate_version"] for name, data in await outbox_events(session) if data.get("code") == BIRTH
    ]
    assert numbers == [2, 3, 4]
    present = (await queries.version(session, BIRTH, 2)).read()
    new = await begin_version(
        session, "1.999999", replace(present, name="Thủ tục mới"), BY, NOW, day_hours=EIGHT
    )
    assert (await publish(session, "1.999999", new.number)).state == "in_force"


async def test_a_decision_without_number_is_refused(session):
    draft = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)
    with pytest.raises(DecisionMissingError):
        await publish(session, BIRTH, draft.number, replace(DECISION, number=" "))
    with pytest.raises(DecisionMissingError):
        await close_procedure(session, BIRTH, "", TODAY, by=BY, today=TODAY, now=NOW)


async def test_an_issued_version_never_changes_and_a_lost_race_is_told(session):
    issued = await queries.version(session, BIRTH, 2)
    with pytest.raises(VersionNotEditableError):
        await edit_version(
            session, BIRTH, 2, issued.read(), seen=issued.version, by=BY, now=NOW, day_hours=EIGHT
        )
    draft = await changed_draft(session, conditions="Một")
    with pytest.raises(StaleVersionError):
        await edit_version(
            session,
            BIRTH,
            draft.number,
            draft.read(),
            seen=draft.version - 1,
            by=BY,
            now=NOW,
            day_hours=EIGHT,
        )


async def test_r_cat_17_every_edit_keeps_author_agency_time_values_and_decision(session):
    draft = await changed_draft(session, conditions="Điều kiện mới")
    await publish(session, BIRTH, draft.number)
    await close_procedure(session, BIRTH, "3000/QĐ-UBND", TODAY, by=BY, today=TODAY, now=NOW)
    await session.flush()
    lines = await queries.history(session, BIRTH)
    assert [line.action for line in lines][:4] == ["closed", "published", "edited", "begun"]
    edited, published = lines[2], lines[1]
    assert (edited.author, edited.agency, edited.at) == ("editor-1", "H42", NOW)
    assert (edited.old, edited.new) == ({"conditions": "Không"}, {"conditions": "Điều kiện mới"})
    assert published.decision == "2000/QĐ-UBND (2026-11-19)"
    assert lines[0].decision == "3000/QĐ-UBND"


async def test_r_cat_17_changed_services_and_what_the_clock_does_are_remembered_too(session):
    offer, later = Offer("H42.15", "full", "chuyen-mon"), TODAY + timedelta(days=10)
    await open_service(session, BIRTH, offer, rules=RULES, by=BY, today=TODAY, now=NOW, approval=APPROVAL)
    draft = await changed_draft(session, conditions="Điều kiện mới")
    await publish(session, BIRTH, draft.number, replace(DECISION, effective_on=later))
    assert await apply_due_decisions(session, RULES, later, NOW) == 1
    clock, _, _, _, opened, *_ = await queries.history(session, BIRTH)
    assert (opened.action, opened.author, opened.agency) == ("services_changed", "editor-1", "H42")
    assert [offer["agency"] for offer in opened.old["offers"]] == ["H42.101", "H42.102", "H42.103"]
    assert opened.new["offers"][-1]["agency"] == "H42.15"
    assert (clock.action, clock.author, clock.decision) == ("in_force", "system", "2000/QĐ-UBND")
    assert (clock.old, clock.new) == ({"version": 3}, {"version": 4})


async def test_r_cat_05_a_service_needs_a_published_procedure_and_is_the_only_one(session):
    offer = Offer("H42.101", "full", "tu-phap-ho-tich")
    with pytest.raises(ServiceWithoutProcedureError):
        await open_service(session, "1.000005", offer, rules=RULES, by=BY, today=TODAY, now=NOW)
    with pytest.raises(ServiceAlreadyOpenError):
        await open_service(session, BIRTH, offer, rules=RULES, by=BY, today=TODAY, now=NOW, approval=APPROVAL)
    with pytest.raises(UnknownAgencyError):
        await open_service(session, BIRTH, Offer("H42.999", "full"), rules=RULES, by=BY, today=TODAY, now=NOW)


async def test_r_cat_05_opening_a_service_reissues_the_version_with_the_new_offer(session):
    offer = Offer("H42.15", "full", "chuyen-mon")
    version = await open_service(
        session, BIRTH, offer, rules=RULES, by=BY, today=TODAY, now=NOW, approval=APPROVAL
    )
    assert version.number == 3
    newest = (await events(session, "catalog.procedure_published.v1"))[-1]
    assert [offer["agency"] for offer in newest["offers"]] == ["H42.101", "H42.102", "H42.103", "H42.15"]
    query = select(OnlineService.agency).where(
        OnlineService.procedure == BIRTH, OnlineService.closed_on.is_(None)
    )
    assert sorted(await session.scalars(query)) == ["H42.101", "H42.102", "H42.103", "H42.15"]


async def test_r_cat_05_an_offer_that_is_dropped_closes_its_service(session):
    present = (await queries.version(session, BIRTH, 2)).read()
    draft = await changed_draft(session, offers=present.offers[:2])
    await publish(session, BIRTH, draft.number)
    assert await open_at(session) == ["H42.101", "H42.102"]


async def test_r_cat_04_a_service_that_was_closed_is_not_listed(session):
    present = (await queries.version(session, BIRTH, 2)).read()
    draft = await changed_draft(session, offers=present.offers[1:])
    await publish(session, BIRTH, draft.number)
    listed = [row.agency for row in await queries.open_services(session) if row.procedure == BIRTH]
    assert listed == ["H42.102", "H42.103"]


async def test_r_cat_08_an_editor_confirms_each_level_after_a_change_of_scheme(session):
    levels = SchemeRules(Scheme.LEVELS_1_4, 2)
    present = (await queries.version(session, BIRTH, 2)).read()
    offers = tuple(
        replace(offer, service_level=levels.propose(offer.service_level)) for offer in present.offers
    )
    draft = await changed_draft(session, offers=offers)
    await publish(session, BIRTH, draft.number, rules=levels)
    one = replace(offers[0], service_level="3")
    version = await confirm_level(session, BIRTH, one, rules=levels, by=BY, today=TODAY, now=NOW)
    assert [offer["service_level"] for offer in version.content["offers"]] == ["3", "4", "4"]


async def test_r_cat_12_a_changed_form_replaces_the_old_one_on_its_day(session):
    day = TODAY + timedelta(days=30)
    file = FormFile(
        "tk-khai-sinh",
        "Tờ khai đăng ký khai sinh (mới)",
        "",
        "01/2027/TT-BTP",
        day,
        "a" * 64,
        "moi.pdf",
        "application/pdf",
        10,
    )
    fresh = await store_form(session, file, BY, NOW)
    assert (await store_form(session, file, BY, NOW)).number == fresh.number == 2
    former = await queries.form(session, "tk-khai-sinh", TODAY)
    assert (former.number, former.effective_to, fresh.effective_from) == (1, day, day)
    assert (await queries.form(session, "tk-khai-sinh", day)).number == 2
    assert await apply_due_decisions(session, RULES, TODAY, NOW) == 0
    assert await apply_due_decisions(session, RULES, day, NOW) == 1
    # The newer version of the procedure is what warns drafts that were begun on the old form.
    newest = (await events(session, "catalog.procedure_published.v1"))[-1]
    assert (newest["version"], newest["forms"]) == (
        3,
        [{"id": "tk-khai-sinh", "name": file.name, "name_en": "", "version": 2}],
    )
    assert (await queries.version(session, BIRTH, 2)).content["forms"][0]["version"] == 1
    [line] = [line for line in await queries.history(session, BIRTH) if line.action == "form_replaced"]
    assert (line.old, line.new, line.decision) == ({"version": 2}, {"version": 3}, "01/2027/TT-BTP")


async def test_p2_a_broken_form_of_a_result_blocks_publishing(session):
    broken = {"pages": [{"id": "x", "fields": [{"name": "x", "widget": "hologram"}]}]}
    results = [{"name": "Giấy khai sinh", "template": "result", "form": broken}]
    draft = await changed_draft(session, results=results)
    with pytest.raises(IncompleteVersionError) as refused:
        await publish(session, BIRTH, draft.number)
    found = {(problem.field, problem.rule) for problem in refused.value.problems()}
    assert ("results.0.form.fields.x", "unknown-widget") in found
