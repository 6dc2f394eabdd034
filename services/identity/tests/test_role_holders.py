"""Who holds the province's posts: by the regulation, or named with days and somebody who stands in."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from identity.domain.holders import HolderPeriodError, Naming, Post, must_follow, on_day
from identity.main import rules_of
from suite.testing import officer

DAY = date(2026, 11, 28)
OFFICE = officer(
    "province_office", agency="H42", scope="province", subject="018f0000-0000-7000-8000-0000000000fb"
)
ADMIN = officer("agency_admin", agency="H42.101", subject="018f0000-0000-7000-8000-0000000000fc")
PATH = "/api/identity/role-holders"


class Row(NamedTuple):
    post: str
    from_on: date
    until_on: date | None


@pytest.mark.parametrize(("day", "held"), [(-1, None), (0, "a"), (9, "a"), (10, "b"), (900, "b")])
def test_r_org_01_each_day_has_its_holder(day, held):
    rows = {
        "a": Row("owner", DAY, DAY + timedelta(days=9)),
        "b": Row("owner", DAY + timedelta(days=10), None),
    }
    found = on_day(rows.values(), DAY + timedelta(days=day)).get("owner")
    assert found == (rows[held] if held else None)


@pytest.mark.parametrize(("begins", "ends", "before"), [(0, -1, None), (0, None, 0), (0, None, 5)])
def test_r_org_01_a_holder_follows_the_one_before_and_ends_after_beginning(begins, ends, before):
    until = None if ends is None else DAY + timedelta(days=ends)
    said = Naming(Post.OWNER, "UBND", "", "1/QĐ", DAY + timedelta(days=begins), until)
    with pytest.raises(HolderPeriodError):
        must_follow(said, None if before is None else DAY + timedelta(days=before))


@pytest.mark.parametrize(("profile", "owner"), [("ninh-binh", ("ubnd",)), ("quang-tri", ("ubnd",))])
def test_r_org_01_the_profile_names_the_bodies(profile, owner):
    assert rules_of(profile).bodies["owner"] == owner


async def test_r_org_01_a_holder_is_named_with_a_substitute_and_ends_the_one_before(make_town, key):
    town = await make_town("quang-tri")
    today = town.clock.now.date()

    async def named(body: str, begins: int, caller: Any = OFFICE) -> Any:
        said = {
            "post": "operation",
            "body": body,
            "substitute": "Văn phòng UBND tỉnh",
            "document_number": "7/QĐ",
        }
        async with town.as_(caller) as web:
            return await web.post(
                PATH, json={**said, "from_on": str(today + timedelta(days=begins))}, headers=key()
            )

    async with town.as_(OFFICE) as web:
        first = (await web.get(PATH)).json()
    assert [one["post"] for one in first["items"]] == [post.value for post in Post]
    assert first["items"][3]["body"] == "Văn phòng Ủy ban nhân dân tỉnh, Đơn vị vận hành được thuê"
    assert (await named("Trung tâm Chuyển đổi số", -10)).status_code == 201
    assert (await named("Sở Khoa học và Công nghệ", 20)).status_code == 201
    assert (await named("Sở khác", 5)).json()["code"] == "holder-period"
    assert (await named("Sở khác", 50, ADMIN)).status_code == 403
    async with town.as_(officer("specialist", agency="H42.101")) as web:
        told = (await web.get(PATH)).json()
    now = next(one for one in told["items"] if one["post"] == "operation")
    assert (now["body"], now["substitute"], now["counts"]) == (
        "Trung tâm Chuyển đổi số",
        "Văn phòng UBND tỉnh",
        True,
    )
    assert now["until_on"] == str(today + timedelta(days=19))
    assert told["may_name"] is False
