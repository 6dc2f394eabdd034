"""An account is suspended by decision: two people, a last day, a ground, an appeal; the person still looks."""

from datetime import date, timedelta
from typing import Any

import pytest
from common.security import Caller
from identity.domain.suspending import (
    SecondSuspenderNeededError,
    SuspensionDayError,
    in_force,
    must_be_second,
    must_end,
)
from suite.testing import officer

PASSWORD = "Con duong lang 1954"
PATH = "/api/identity/suspensions"
TODAY = date(2026, 11, 27)
FIRST, SECOND = (f"018f0000-0000-7000-8000-0000000000d{n}" for n in (1, 2))


@pytest.mark.parametrize(("days", "refused"), [(0, True), (1, False), (366, False), (367, True), (-1, True)])
def test_sec_08_a_suspension_has_a_last_day_within_a_year(days: int, refused: bool) -> None:
    until = TODAY + timedelta(days=days)
    if refused:
        with pytest.raises(SuspensionDayError):
            must_end(until, TODAY)
    else:
        must_end(until, TODAY)


@pytest.mark.parametrize(
    ("confirmed", "ended", "days", "counts"),
    [
        (True, False, 0, True),
        (True, False, 1, True),
        (True, False, -1, False),
        (False, False, 1, False),
        (True, True, 1, False),
    ],
)
def test_sec_08_a_suspension_counts_once_confirmed_until_the_end_of_its_day(
    confirmed: bool, ended: bool, days: int, counts: bool
) -> None:
    until = TODAY + timedelta(days=days)
    assert in_force(confirmed=confirmed, ended=ended, until_on=until, today=TODAY) is counts


def test_sec_08_who_proposes_does_not_confirm() -> None:
    must_be_second(FIRST, SECOND)
    with pytest.raises(SecondSuspenderNeededError):
        must_be_second(FIRST, FIRST)


def office(subject: str = FIRST) -> Caller:
    return officer("province_office", agency="H42", scope="province", subject=subject)


def decided(town: Any, who: str, **changed: Any) -> dict[str, Any]:
    return {
        "who": who,
        "decision_number": "15/QĐ-VP",
        "ground": "Nộp hồ sơ có giấy tờ giả nhiều lần",
        "appeal": "Thanh tra tỉnh, trong 90 ngày",
        "until_on": str(town.clock.now.date() + timedelta(days=30)),
        **changed,
    }


async def proposed(town: Any, who: str) -> str:
    """Let the office propose; give the id of the suspension."""
    async with town.as_(office()) as web:
        asked = await web.post(PATH, json=decided(town, who))
        assert asked.status_code == 204, asked.text
        listed = (await web.get(PATH)).json()["items"]
    assert listed[0]["actions"] == ["ending"]
    return str(listed[0]["id"])


async def test_sec_08_a_suspended_person_looks_and_changes_nothing_and_is_told_why(town: Any) -> None:
    body, tokens = await town.registered()
    suspension = await proposed(town, body["id_number"])
    async with town.as_(office()) as web:
        own_word = await web.post(f"{PATH}/{suspension}/confirmation")
        assert (own_word.status_code, own_word.json()["code"]) == (403, "second-suspender-needed")
    async with town.as_(office(SECOND)) as web:
        assert (await web.post(f"{PATH}/{suspension}/confirmation")).status_code == 204
        assert (await web.post(f"{PATH}/{suspension}/confirmation")).json()["code"] == "suspension-decided"
    told = town.mail.letters[-1]
    assert (told.to, "15/QĐ-VP" in told.text, "Thanh tra tỉnh" in told.text) == (body["email"], True, True)
    async with town.as_() as visitor:
        old = {"refresh_token": tokens["refresh_token"]}
        assert (await visitor.post("/api/identity/sessions/refresh", json=old)).status_code == 401
    again = (await town.sign_in(body["email"], PASSWORD)).json()
    assert again["account"]["rights"] == ["dossier.follow"]
    async with await town.with_token(again) as own:
        standing = (await own.get("/api/identity/me/account-standing")).json()
        assert (standing["limited"], standing["suspension"]["decision_number"]) == (True, "15/QĐ-VP")
        refused = await own.patch("/api/identity/me", json={"version": 1, "address": "x"})
        assert refused.json()["code"] == "account-limited"


async def test_sec_08_a_suspension_ends_by_its_day_or_by_a_word_with_a_reason(town: Any) -> None:
    body, _ = await town.registered()
    suspension = await proposed(town, body["email"])
    async with town.as_(office(SECOND)) as web:
        await web.post(f"{PATH}/{suspension}/confirmation")
        again = await web.post(PATH, json=decided(town, body["email"]))
        assert (again.status_code, again.json()["code"]) == (409, "suspended-already")
        assert (await web.post(f"{PATH}/{suspension}/ending", json={"reason": "ngắn"})).status_code == 422
        lifted = {"reason": "Khiếu nại được chấp nhận"}
        assert (await web.post(f"{PATH}/{suspension}/ending", json=lifted)).status_code == 204
    assert "Khiếu nại được chấp nhận" in town.mail.letters[-1].text
    assert "draft.begin" in (await town.sign_in(body["email"], PASSWORD)).json()["account"]["rights"]
    second = await proposed(town, body["email"])
    async with town.as_(office(SECOND)) as web:
        await web.post(f"{PATH}/{second}/confirmation")
    town.clock.pass_(days=31)
    assert "draft.begin" in (await town.sign_in(body["email"], PASSWORD)).json()["account"]["rights"]


async def test_sec_08_nobody_is_suspended_without_an_account_or_by_who_lacks_the_right(town: Any) -> None:
    async with town.as_(office()) as web:
        unknown = await web.post(PATH, json=decided(town, "khong.co@example.vn"))
        assert (unknown.status_code, unknown.json()["code"]) == (404, "account-unknown")
        late = decided(town, "khong.co@example.vn", until_on="2020-01-01")
        assert (await web.post(PATH, json=late)).json()["code"] == "suspension-day"
    async with town.as_(officer("province_leader", agency="H42", scope="province")) as web:
        assert (await web.get(PATH)).status_code == 200
        assert (await web.post(PATH, json=decided(town, "a@b.vn"))).status_code == 403
    async with town.as_(officer("agency_admin")) as web:
        assert (await web.get(PATH)).status_code == 403
