"""Forms are signed and sent files compared when the result is fetched; until then it is not handed over."""

import pytest

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
COMPARING = ("ninh-binh", "binh-dinh")
PARTIAL, EXEMPT = "2.000961", "2.000962"
OK = [{"component": "to-khai", "finding": "signed"}, {"component": "giay-chung-sinh", "finding": "original"}]


async def staged(make_stage, profile, code=PARTIAL, **changes):
    stage = await make_stage(profile)
    offers = [{"agency": stage.HOA_LU, "service_level": "3", "unit": "tu-phap-ho-tich"}]
    await stage.publish(stage.procedure(code, offers=offers, **changes))
    return stage


async def finished(stage, code=PARTIAL, **more):
    source = stage.means.rules.component_sources[0]
    made = await stage.accepted(code=code, source=source, **{"result_channel": "counter", **more})
    await stage.finish(made)
    return made


async def compare(stage, code, items):
    return await stage.act(code, "comparison", stage.desk(subject="desk-compares"), "PUT", items=items)


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_sub_10_a_result_is_not_handed_over_with_open_items_where_the_profile_compares(
    make_stage, profile
):
    stage = await staged(make_stage, profile)
    code = await finished(stage)
    seen = await stage.read(code, stage.desk())
    compares = profile in COMPARING
    assert [item["component"] for item in seen["pickup"]] == (["to-khai", "giay-chung-sinh"] * compares)
    assert ("comparison" in seen["actions"]) is compares
    first = await stage.act(code, "handover", way="counter")
    assert first.status_code == (409 if compares else 200), first.text
    if compares:
        assert first.json()["code"] == "comparison-open"
        assert "Giấy chứng sinh" in first.json()["detail"]
        assert (await compare(stage, code, OK)).status_code == 200
        assert (await stage.act(code, "handover", way="counter")).json()["state"] == "returned"


async def test_r_sub_10_each_item_keeps_its_result_the_officer_and_the_time(make_stage):
    stage = await staged(make_stage, "ninh-binh")
    code = await finished(stage)
    half = (await compare(stage, code, OK[:1])).json()["pickup"]
    assert [(item["finding"], item["is_open"]) for item in half] == [("signed", False), (None, True)]
    differs = {"component": "giay-chung-sinh", "finding": "differs", "note": "Khác ngày sinh"}
    unsaid = await compare(stage, code, [{**differs, "note": " "}])
    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "difference-unexplained")
    told = (await compare(stage, code, [differs])).json()["pickup"][1]
    assert (told["is_open"], told["note"], told["found_by"]) == (True, "Khác ngày sinh", "desk-compares")
    assert told["found_at"] == "2026-12-07T01:00:00Z"
    assert (await stage.act(code, "handover", way="post")).json()["code"] == "comparison-open"
    certified = [{"component": "giay-chung-sinh", "finding": "certified"}]
    assert (await compare(stage, code, certified)).status_code == 200
    assert (await stage.act(code, "handover", way="counter")).status_code == 200
    kept = [step["giay-chung-sinh"]["finding"] for step in (await stage.details(code, "compare"))[1:]]
    assert kept == ["differs", "certified"], "what was found before stays in the history"
    assert (await stage.read(code))["pickup"] == [], "the applicant reads it in the history"


@pytest.mark.parametrize(
    ("component", "finding"),
    [("to-khai", "original"), ("giay-chung-sinh", "signed"), ("bang-ke", "original"), ("x", "signed")],
)
async def test_r_sub_10_a_finding_fits_its_item_or_is_refused(make_stage, component, finding):
    stage = await staged(make_stage, "ninh-binh")
    code = await finished(stage)
    refused = await compare(stage, code, [{"component": component, "finding": finding}])
    assert (refused.status_code, refused.json()["code"]) == (422, "finding-does-not-fit")


async def test_r_sub_10_a_procedure_excepted_by_law_compares_nothing_and_asks_for_no_originals(make_stage):
    stage = await staged(make_stage, "ninh-binh", EXEMPT, pickup_exempt="Luật Hộ tịch, Điều 9 khoản 2")
    code = await finished(stage, EXEMPT)
    seen = await stage.read(code, stage.desk())
    assert seen["pickup"] == []
    assert not [paper for paper in seen["appointment"]["papers"] if "đối chiếu" in paper["vi"]]
    nothing = await compare(stage, code, OK)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-to-compare")
    assert (await stage.act(code, "handover", way="counter")).status_code == 200


async def test_r_sub_10_an_unsigned_full_service_waits_at_the_desk_even_where_the_result_is_electronic(
    make_stage,
):
    stage = await staged(make_stage, "binh-dinh")
    code = await finished(stage, code=stage.BIRTH, result_channel="online")
    assert (await stage.read(code))["state"] == "result_ready"
    assert (await compare(stage, code, OK)).status_code == 200
    assert (await stage.act(code, "handover", way="online")).json()["state"] == "returned"


async def test_r_sub_10_what_was_compared_before_the_result_was_ready_is_not_asked_again(make_stage):
    stage = await staged(make_stage, "ninh-binh")
    code = await stage.accepted(code=PARTIAL, result_channel="counter")
    assert (await compare(stage, code, OK)).status_code == 200
    await stage.finish(code)
    assert (await stage.act(code, "handover", way="counter")).status_code == 200


async def test_r_sub_10_a_rejection_is_handed_over_without_comparing(make_stage):
    stage = await staged(make_stage, "ninh-binh")
    code = await stage.accepted(code=PARTIAL, result_channel="counter")
    await stage.finish(code, state="rejected")
    assert (await stage.act(code, "handover", way="counter")).status_code == 200
