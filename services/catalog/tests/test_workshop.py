"""The procedure workshop: named as decided, checked by somebody else, approved for online, compared, taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from catalog import main, queries
from catalog.api.procedures import procedure_out
from catalog.domain.agencies import AgencyEntry
from catalog.domain.changes import ItemDeed
from catalog.domain.content import AgreedTime
from catalog.domain.differences import differences
from catalog.domain.editors import Editor
from catalog.domain.errors import (
    NameDiffersError,
    NotCheckedError,
    NotInDecisionError,
    OnlineApprovalMissingError,
    OwnContentError,
    PartsTooLongError,
    VersionInReviewError,
    VerticalNotTakenError,
)
from catalog.domain.service_levels import Approval, SchemeRules
from catalog.queries.drafts import checks, coverage
from catalog.settings import Settings
from catalog.usecases.begin_version import begin_version
from catalog.usecases.check_version import ask_for_check, decide_check
from catalog.usecases.edit_agency import AgencyFacts, edit_agency
from catalog.usecases.edit_version import edit_version
from catalog.usecases.publish_version import PublicationDecision, publish_version
from catalog.usecases.register_decision import Decided, register_decision
from common.errors import InvalidInputError
from procedures import Fee, FeeStatus
from procedures.levels import Scheme
from suite.testing import client, officer, outbox_events

NOW, TODAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC), date(2026, 11, 20)
EIGHT, RULES, BY, BIRTH = Fraction(8), SchemeRules(Scheme.FULL_PARTIAL), Editor("editor-1", "H42"), "1.001193"
DECISION = PublicationDecision("2000/QĐ-UBND", date(2026, 11, 19), TODAY)
CONTROLLER = officer("content_controller", agency="H42", scope="province", subject="controller")
EDITOR = officer("catalogue_editor", agency="H42", scope="province", subject="editor-1")
CHANGES = main.change_rules(Settings(profile="ninh-binh"))
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
NAMED = Decided(BIRTH, "Thủ tục đăng ký khai sinh", ItemDeed.AMEND, "H42.101")


async def drafted(session, **changed):
    draft = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT)
    content = replace(draft.read(), **changed)
    return await edit_version(
        session, BIRTH, draft.number, content, seen=draft.version, by=BY, now=NOW, day_hours=EIGHT
    )


async def publish(session, draft, decision=DECISION, *, checked=False):
    told = {"rules": RULES, "by": BY, "today": TODAY, "now": NOW, "day_hours": EIGHT}
    return await publish_version(session, BIRTH, draft.number, decision, **told, checked=checked)


async def register(session, *items, number=DECISION.number, effective_on=TODAY):
    at = number, DECISION.on, effective_on, items
    return await register_decision(session, *at, rules=CHANGES, by=BY, now=NOW)


async def test_the_name_is_that_of_the_registered_decision(session):
    draft = await drafted(session)
    name = draft.read().name
    await register(session, replace(NAMED, name=name + " tại xã"))
    with pytest.raises(NameDiffersError) as refused:
        await publish(session, draft)
    assert refused.value.params["name"] == name + " tại xã"
    renamed = replace(draft.read(), name=f" {name}  tại xã.")
    draft = await edit_version(
        session, BIRTH, draft.number, renamed, seen=draft.version, by=BY, now=NOW, day_hours=EIGHT
    )
    assert (await publish(session, draft)).state == "in_force"


async def test_a_registered_decision_without_the_procedure_publishes_nothing(session):
    draft = await drafted(session)
    await register(session, replace(NAMED, procedure="1.000894"))
    with pytest.raises(NotInDecisionError):
        await publish(session, draft)


async def test_r_cat_18_where_the_profile_has_a_controller_nothing_is_published_unchecked(session):
    asks = {profile: main.workshop_rules(profile).checked for profile in PROFILES}
    assert asks == {profile: profile == "thai-nguyen" for profile in PROFILES}
    draft = await drafted(session)
    with pytest.raises(NotCheckedError):
        await publish(session, draft, checked=True)
    await ask_for_check(session, BIRTH, draft.number, seen=draft.version, by=BY, now=NOW)
    assert draft.state == "in_review"
    with pytest.raises(VersionInReviewError):
        draft.write(draft.read())
    word = {"approved": True, "reason": "", "now": NOW}
    await decide_check(session, BIRTH, draft.number, **word, seen=draft.version, caller=CONTROLLER)
    assert draft.state == "checked"
    assert (await publish(session, draft, checked=True)).state == "in_force"


async def test_r_cat_18_what_is_returned_names_the_reason_and_an_edit_undoes_a_check(session):
    draft = await drafted(session)
    for approved, state in ((False, "draft"), (True, "checked")):
        await ask_for_check(session, BIRTH, draft.number, seen=draft.version, by=BY, now=NOW)
        word = {"approved": approved, "reason": "Sai số bản sao", "now": NOW}
        await decide_check(session, BIRTH, draft.number, **word, seen=draft.version, caller=CONTROLLER)
        assert draft.state == state
    kept = await checks(session, BIRTH, draft.number)
    assert [(one.approved, one.reason, one.decided_by) for one in kept] == [
        (False, "Sai số bản sao", "controller"),
        (True, "Sai số bản sao", "controller"),
    ]
    draft.write(replace(draft.read(), conditions="Khác"))
    with pytest.raises(NotCheckedError):
        await publish(session, draft, checked=True)


@pytest.mark.parametrize("author", ["editor-1", "editor-2"])
async def test_r_cat_18_no_author_approves_the_own_content(session, author):
    draft = await drafted(session)
    content, by = replace(draft.read(), conditions="Khác"), Editor("editor-2", "H42")
    await edit_version(
        session, BIRTH, draft.number, content, seen=draft.version, by=by, now=NOW, day_hours=EIGHT
    )
    await ask_for_check(session, BIRTH, draft.number, seen=draft.version, by=BY, now=NOW)
    both = officer("catalogue_editor", "content_controller", agency="H42", scope="province", subject=author)
    with pytest.raises(OwnContentError):
        await decide_check(
            session, BIRTH, draft.number, approved=True, reason="", seen=draft.version, caller=both, now=NOW
        )


async def test_beginning_to_take_it_online_needs_the_chairmans_decision(session):
    draft = await drafted(session)
    offers = draft.read().offers
    fewer = await publish(session, await drafted(session, offers=offers[:1]))
    back = await drafted(session, offers=offers)
    with pytest.raises(OnlineApprovalMissingError) as refused:
        await publish(session, back)
    assert refused.value.params["agencies"].startswith(offers[1].agency)
    approval = Approval("900/QĐ-UBND", date(2026, 11, 10))
    done = await publish(session, back, replace(DECISION, approval=approval))
    assert (fewer.approval_number, done.approval_number, done.approval_on) == (
        None,
        approval.number,
        approval.on,
    )
    newest = (await queries.history(session, BIRTH))[0]
    assert newest.new["online_approval"] == "900/QĐ-UBND (2026-11-10)"


AGREED = (AgreedTime("UBND xã", "1 wh"), AgreedTime("Công an xã", "2 wh"))


async def test_r_cat_33_the_agreed_times_of_several_agencies_are_published_with_the_version(session):
    published = await publish(session, await drafted(session, agreed=AGREED))
    assert published.read().agreed == AGREED
    procedure = await queries.procedure(session, BIRTH)
    shown = await procedure_out(session, procedure, published, RULES, TODAY)
    assert [(one.agency, one.time, one.time_en) for one in shown.agreed] == [
        ("UBND xã", "1 giờ làm việc", "1 working hour"),
        ("Công an xã", "2 giờ làm việc", "2 working hours"),
        ("", "3 giờ làm việc", "3 working hours"),
    ]
    assert ("agreed", "Thời gian của từng cơ quan") in {
        (one.part, one.label)
        for one in differences(replace(published.read(), agreed=()), published.read(), "vi")
    }


@pytest.mark.parametrize(
    ("more", "error"),
    [(AgreedTime("Sở Tư pháp", "6 wh"), PartsTooLongError), (AgreedTime("x", "lâu"), InvalidInputError)],
)
async def test_r_cat_33_parts_that_exceed_the_published_limit_are_refused(session, more, error):
    with pytest.raises(error):
        await drafted(session, agreed=(*AGREED, more))


async def test_r_cat_10_what_is_decided_and_not_on_the_portal_is_listed_with_the_share_of_each_agency(
    session,
):
    there, gone = NAMED, replace(NAMED, procedure="9.999001", name="Thủ tục chưa có")
    other = replace(gone, agency="H42.102")
    await register(session, there, gone, other, number="1/QĐ", effective_on=TODAY)
    await register(
        session, replace(gone, procedure="9.999002"), number="2/QĐ", effective_on=date(2026, 12, 1)
    )
    found = {row.agency: row for row in await coverage(session, TODAY)}
    assert {code: (row.shown, row.decided) for code, row in found.items()} == {
        "H42.101": (1, 2),
        "H42.102": (0, 1),
    }
    assert found["H42.101"].missing == [("9.999001", "Thủ tục chưa có", "1/QĐ")]
    await register(session, replace(other, deed=ItemDeed.REPEAL), number="3/QĐ", effective_on=TODAY)
    assert {row.agency for row in await coverage(session, TODAY)} == {"H42.101"}
    assert main.workshop_rules("ninh-binh").coverage_target == "100 %"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", ["vertical", "other"])
async def test_r_cat_02_a_vertical_or_other_agency_publishes_here_where_the_profile_takes_it(
    session, profile, kind
):
    entry = AgencyEntry("H42.77", "Bảo hiểm xã hội tỉnh", "province", "H42", date(2026, 1, 1))
    taken = main.workshop_rules(profile).vertical
    assert taken is (profile == "ninh-binh")
    asked = edit_agency(session, AgencyFacts(entry, kind=kind), None, by=BY, now=NOW, vertical=taken)
    if not taken:
        with pytest.raises(VerticalNotTakenError):
            await asked
        return
    assert (await asked).kind == kind
    told = [data for name, data in await outbox_events(session) if name == "catalog.agency_changed.v1"]
    assert (told[-1]["code"], told[-1]["kind"]) == ("H42.77", kind)


async def test_a_version_is_compared_in_words_and_taken_back_by_a_new_one(session):
    before = (await queries.current_version(session, await queries.procedure(session, BIRTH))).number
    fee = Fee(FeeStatus.AMOUNT, 15_000, item="Bản sao")
    changed = await drafted(session, conditions="Có mặt", fees=(fee,), legal_basis=("60/2014/QH13",))
    present = (await queries.version(session, BIRTH, before)).read()
    said = {one.part: one for one in differences(present, changed.read(), "vi")}
    assert said["conditions"].after == ("Có mặt",)
    assert said["fees"].after == ("Bản sao 15.000 VND",)
    assert {one.label for one in differences(present, changed.read(), "en")} >= {"Conditions", "Fees"}
    await publish(session, changed)
    back = await begin_version(session, BIRTH, None, BY, NOW, day_hours=EIGHT, from_number=before)
    assert (back.number > changed.number, back.read()) == (True, present)


async def test_r_cat_18_editor_and_controller_see_what_each_may_do_over_http(demo):
    database, settings = demo
    app = main.create_app(settings.model_copy(update={"profile": "thai-nguyen"}), database)
    app.state.now = lambda: NOW
    path = "/api/catalog/procedures/1.000656/versions"
    async with client(app, EDITOR) as editor, client(app, CONTROLLER) as controller:
        made = (await editor.post(path, json={}, headers={"Idempotency-Key": "w-1"})).json()
        one = f"{path}/{made['version']}"
        looked = (await editor.get(f"{one}/comparison")).json()
        asked = (await editor.post(f"{one}/review", json={"version": looked["version"]})).json()
        listed = (await controller.get("/api/catalog/drafts")).json()
        seen = (await controller.get(f"{one}/comparison")).json()
        body = {"version": seen["version"], "reason": "Thiếu mẫu đơn"}
        returned = await controller.post(f"{one}/review/return", json=body)
        public = await controller.get(f"/api/catalog/procedures/1.000656?version={made['version']}")
        covered = await editor.get("/api/catalog/coverage")
    assert (looked["actions"], looked["differences"], looked["needs_approval"]) == (["review"], [], False)
    assert (asked["state_label"], asked["actions"]) == ("Chờ kiểm soát nội dung", [])
    assert made["version"] in {item["number"] for item in listed["items"]}
    assert (listed["may_begin"], seen["actions"]) == (False, ["approval", "return"])
    assert (returned.status_code, returned.json()["checks"][0]["reason"]) == (200, "Thiếu mẫu đơn")
    assert (public.status_code, covered.status_code) == (404, 200)
