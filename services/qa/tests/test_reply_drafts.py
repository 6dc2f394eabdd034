"""The reply to feedback is kept while it is typed, for whoever replies and nobody else."""

from feedback_stage import REPLY, does, forwarded, seen, tries
from qa_stage import OTHER

HALF = "Đã kiểm tra và"


async def keeps(stage, number, version, text=HALF, who="head"):
    """Keep what was typed."""
    sent = {"version": version, "text": text}
    return await stage.send(who, "PUT", f"/feedback/{number}/draft", sent)


async def test_r_fbk_08_a_reply_is_kept_while_it_is_typed_and_goes_with_it(desk):
    number = (await forwarded(desk))["number"]
    version = (await seen(desk, "head", number))["version"]
    kept = (await keeps(desk, number, version)).json()
    assert (kept["draft"]["text"], kept["draft"]["by_name"]) == (HALF, "head")
    assert (await seen(desk, "centre", number))["draft"] is None, "who does not reply sees no half of one"
    late = await keeps(desk, number, version, "Bản khác")
    assert (late.status_code, late.json()["code"]) == (409, "stale-version")
    assert (await keeps(desk, number, kept["version"], who="owner")).status_code in (403, 404)
    assert (await seen(desk, "head", number))["draft"]["text"] == HALF
    done = await does(desk, "head", number, "reply", text=REPLY)
    assert (done["draft"], done["reply"]["text"]) == (None, REPLY)
    again = await keeps(desk, number, done["version"])
    assert again.status_code == 409
    pool = await desk.database.pool()
    assert await pool.fetchval("select draft from feedback where number = $1", number) is None


async def test_r_fbk_08_what_an_agency_typed_stays_with_it_when_another_has_it(desk):
    number = (await forwarded(desk))["number"]
    version = (await seen(desk, "head", number))["version"]
    assert (await keeps(desk, number, version)).status_code == 200
    await does(desk, "head", number, "return", reason="Thuộc cơ quan khác.")
    await does(desk, "centre", number, "triage", agency=OTHER, category="conduct")
    told = await seen(desk, "other-head", number)
    assert ("reply" in told["actions"], told["draft"]) == (True, None)
    assert (await tries(desk, "head", number, "reply", text=REPLY)).status_code in (403, 404)
