"""Every few months: which accounts with rights were not used, and what became of each."""

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from identity.domain.reviewing import (
    Fate,
    KeepReasonError,
    ReviewChangedError,
    months_after,
    months_before,
    months_of,
    verdicts,
)
from identity.main import rules_of
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from suite.testing import officer

OFFICE = officer(
    "province_office", agency="H42", scope="province", subject="018f0000-0000-7000-8000-0000000000f9"
)
REVIEWS, SECRET, SERIAL = "/api/identity/usage-reviews", "Con duong lang 1954", itertools.count(86001)


@pytest.mark.parametrize(("cycle", "months"), [("off", 0), ("3m", 3), ("6m", 6), ("12m", 12)])
def test_r_acc_20_the_cycle_is_three_six_or_twelve_months(cycle, months):
    assert months_of(cycle) == months


@pytest.mark.parametrize(("profile", "months"), [("quang-tri", 3), ("ninh-binh", 0), ("ha-nam", 0)])
def test_r_acc_20_the_profile_says_how_often(profile, months):
    assert rules_of(profile).review_months == months


def test_r_acc_20_a_cycle_begins_on_the_same_day_or_the_months_last():
    may = datetime(2026, 5, 31, 3, tzinfo=UTC)
    assert months_before(may, 3).date().isoformat() == "2026-02-28"
    assert months_after(may, 12).date().isoformat() == "2027-05-31"


def test_r_acc_20_all_of_the_list_is_confirmed_and_who_is_kept_has_a_reason():
    said = verdicts(["a", "b"], ["b", "a"], {"a": "Nghỉ thai sản"})
    assert (said["a"].fate, said["b"].fate) == (Fate.KEPT, Fate.DISABLED)
    for confirmed, kept in ((["a"], {}), (["a", "b", "c"], {}), (["a", "b"], {"c": "x"})):
        with pytest.raises(ReviewChangedError):
            verdicts(["a", "b"], confirmed, kept)
    with pytest.raises(KeepReasonError):
        verdicts(["a"], ["a"], {"a": "  "})


async def hired(town: Any, *logins: str) -> None:
    entries = [
        {
            "kind": "officer",
            "login": login,
            "full_name": "Trần Văn Vắng",
            "id_number": f"0001900{next(SERIAL)}",
            "email": f"{login}@motcua.example",
            "agency": "H42.101",
            "roles": ["specialist"],
            "password": SECRET,
        }
        for login in logins
    ]
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, entries, passwords=town.app.state.built.passwords, now=town.clock.now)


async def test_r_acc_20_unused_accounts_are_listed_disabled_or_kept_and_the_report_stays(make_town, key):
    town = await make_town("quang-tri")
    await hired(town, "co.dung", "khong.dung", "duoc.giu")
    town.clock.pass_(days=60)
    assert (await town.sign_in("co.dung", SECRET)).status_code == 200
    town.clock.pass_(days=60)
    await hired(town, "moi.vao")

    async def send(body: dict[str, Any]) -> Any:
        async with town.as_(OFFICE) as web:
            return await web.post(REVIEWS, json=body, headers=key())

    async with town.as_(OFFICE) as web:
        shown = (await web.get(REVIEWS)).json()
    assert {one["login"] for one in shown["unused"]} == {"khong.dung", "duoc.giu"}
    listed = [one["id"] for one in shown["unused"]]
    part = await send({"officers": listed[:1]})
    assert (part.status_code, part.json()["code"]) == (409, "review-changed")
    kept = {str(seeded_id("duoc.giu")): "Nghỉ thai sản"}
    assert (await send({"officers": listed, "kept": kept})).status_code == 201
    assert (await town.sign_in("khong.dung", SECRET)).status_code == 401
    assert (await town.sign_in("duoc.giu", SECRET)).status_code == 200
    async with town.as_(OFFICE) as web:
        after = (await web.get(REVIEWS)).json()
    assert after["unused"] == []
    fates = {one["login"]: (one["fate"], one["reason"]) for one in after["items"][0]["lines"]}
    assert fates == {"khong.dung": ("disabled", None), "duoc.giu": ("kept", "Nghỉ thai sản")}
    assert after["due_at"] > shown["due_at"]


async def test_r_acc_20_where_the_regulation_sets_no_cycle_there_is_no_review(town, key):
    admin = officer("agency_admin", agency="H99.7", subject="018f0000-0000-7000-8000-0000000000fa")
    async with town.as_(admin) as web:
        assert (await web.get(REVIEWS)).json()["months"] == 0
        refused = await web.post(REVIEWS, json={"officers": []}, headers=key())
    assert (refused.status_code, refused.json()["code"]) == (409, "review-off")
