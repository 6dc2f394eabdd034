"""Whoever opens a dossier under handling is announced, so that its owner can be told."""

CODE = "H42.101-261207-0001"
LOOKED = "processing.dossier_looked_at.v1"


async def test_r_acc_24_an_opened_dossier_is_announced_with_who_and_why(stage):
    version = await stage.version()
    assert (await stage.get("an", f"/dossiers/{CODE}")).status_code == 200
    [fact] = await stage.facts(LOOKED)
    assert fact == fact | {
        "code": CODE,
        "part": "handling",
        "officer_id": "an",
        "officer_agency": "H42.101",
        "officer_unit": "tu-phap-ho-tich",
        "role": "specialist",
        "ground": "handling",
        "agency": "H42.101",
    }
    assert await stage.version() == version  # reading is no change that another's edit would collide with


async def test_r_acc_24_the_draft_of_the_result_is_a_look_too(stage):
    assert (await stage.get("lan", f"/dossiers/{CODE}/draft-document")).status_code == 409
    assert await stage.facts(LOOKED) == []
    await stage.to_leader()
    assert (await stage.get("lan", f"/dossiers/{CODE}/draft-document")).status_code == 200
    assert [(fact["part"], fact["role"]) for fact in await stage.facts(LOOKED)] == [
        ("draft_decision", "signer")
    ]


async def test_r_acc_24_lists_and_refusals_are_no_looks(stage):
    stranger = stage.who("lan", agency="H42.102")
    assert (await stage.get(stranger, f"/dossiers/{CODE}")).status_code == 404
    assert (await stage.get("an", "/dossiers", q="Hoa")).status_code == 200
    assert await stage.facts(LOOKED) == []


async def test_r_acc_24_who_watches_is_told_as_overseeing(stage):
    watcher = stage.who("lan", roles=["auditor"], agency="H42", scope="province")
    assert (await stage.get(watcher, f"/dossiers/{CODE}")).status_code == 200
    [fact] = await stage.facts(LOOKED)
    assert (fact["role"], fact["ground"], fact["officer_agency"]) == ("auditor", "oversight", "H42")
