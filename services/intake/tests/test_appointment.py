"""What an acceptance promises: date, papers to bring and the fee, the same on the receipt and in the fact."""

import pytest

PROVINCES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_int_10_the_acceptance_notice_states_date_papers_and_fee(make_stage, profile):
    stage = await make_stage(profile)
    partial = [{"agency": stage.HOA_LU, "service_level": "3", "unit": "tu-phap-ho-tich"}]
    await stage.publish(stage.procedure("2.000333", offers=partial))
    source = stage.means.rules.component_sources[0]
    code = await stage.accepted(code="2.000333", source=source, result_channel="counter")
    told = (await stage.read(code))["appointment"]
    assert told["fee"]["amount"] == 8000
    assert told["rows"][0]["text"] == {"vi": "3 ngày làm việc", "en": "3 working days"}
    papers = " ".join(paper["vi"] for paper in told["papers"])
    assert "Giấy tờ tùy thân" in papers
    assert ("Bản chính để đối chiếu: Giấy chứng sinh" in papers) is (profile in ("ninh-binh", "binh-dinh"))
    full = await stage.read(await stage.accepted(source=source))
    at_pickup = [paper["vi"] for paper in full["appointment"]["papers"]]
    # a full service compares nothing, and who gets the result online brings nothing either
    assert len(at_pickup) == (2 if profile == "quang-tri" else 0)


EXTRACT = {
    "case": None,
    "channel": None,
    "status": "amount",
    "amount": 8000,
    "item": "Bản sao trích lục",
    "per": {"by": "copies", "unit": "bản sao", "unit_en": "copy"},
}


async def test_r_int_10_draft_receipt_and_fact_tell_the_fee_of_what_was_asked_for(stage):
    words = "16.000 đồng (2 bản sao × 8.000 đồng)"
    free = {"case": None, "channel": None, "status": "free", "amount": None}
    await stage.publish(stage.simple("2.000334", fees=[free, EXTRACT]))
    draft = await stage.draft("2.000334")
    async with stage.client(stage.citizen) as web:
        body = {"answers": {"copies": 2}, "version": draft["version"]}
        shown = (await web.patch(f"/api/intake/drafts/{draft['id']}", json=body)).json()
    assert (draft["fee"], shown["fee"]) == ("Không thu", words)
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    await stage.act(code, "checklist", method="PUT", items=[{"component": "to-khai", "verdict": "ok"}])
    assert (await stage.act(code, "acceptance")).status_code == 200
    fee = (await stage.read(code))["appointment"]["fee"]
    assert fee["amount"] == 16_000
    assert words in await stage.paper(code, "receipt")
    [fact] = [told for type_, told in await stage.events(code) if type_ == "intake.dossier_accepted.v1"]
    promised = fact["appointment"]
    assert (promised["fee"]["amount"], fact["result_channel"], promised["papers"]) == (16_000, "online", [])
