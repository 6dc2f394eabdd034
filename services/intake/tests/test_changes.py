"""What changed on one's own dossiers since one was last here."""

from datetime import timedelta

from regulation.roles import Right, who_may
from suite.testing import citizen
from suite.testing.rights import let_in


async def changes(stage, since, caller=None):
    answer = await stage.get("changes", caller or stage.citizen, since=since.isoformat())
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_r_trk_14_what_others_did_since_is_told_per_dossier_and_nobody_elses(stage):
    began = stage.now - timedelta(seconds=1)
    code, other = await stage.accepted(), await stage.dossier()
    told = {one["code"]: [row["label"] for row in one["changes"]] for one in await changes(stage, began)}
    assert told[code][-1:] == ["Tiếp nhận hồ sơ"], "neither the own submission nor the desk's check"
    assert other not in told, "what somebody did himself is no news"
    assert code not in {one["code"] for one in await changes(stage, stage.now + timedelta(days=1))}
    stranger = citizen("018f0000-0000-7000-8000-00000000f00d")
    assert await changes(stage, began, stranger) == []


async def test_r_acc_18_changes_are_told_to_who_follows_dossiers(stage):
    path = "/api/intake/changes?since=2026-12-07T00:00:00Z"
    assert await let_in(stage.app, "GET", path) == who_may(Right.FOLLOW_DOSSIER)
