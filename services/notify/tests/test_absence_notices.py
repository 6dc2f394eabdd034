"""Notices about the dossiers of an officer who is away go to whoever stands in, too."""

from datetime import UTC, datetime

import pytest
from notify.domain.errors import ForeignOfficerError
from notify.usecases.forget_notices import forget_notices
from regulation import profiles
from regulation.retention import retention_of
from sqlalchemy import text

CODE = "H42.101-261207-0001"
LAN, BINH, OTHER = "officer-lan", "officer-binh", "officer-other"
DUE = {"code": CODE, "officer_id": LAN, "due_at": "2026-12-09T10:30:00Z"}


@pytest.fixture
async def handled(stage):
    """Give a stage where Lan handles a dossier and Binh works beside her."""
    for who, agency in ((LAN, "H42.101"), (BINH, "H42.101"), (OTHER, "H42.102")):
        fact = {"officer_id": who, "agency": agency, "display_name": who, "roles": [], "active": True}
        await stage.hear("identity.officer_changed.v1", fact)
    await stage.accepted()
    return stage


async def away(stage, *, agency="H42.101", **changes):
    fact = {"absence_id": "a-1", "officer_id": LAN, "substitute_id": BINH, "ended": False}
    fact |= {"from_on": "2026-12-07", "to_on": "2026-12-11"} | changes
    await stage.hear("processing.absence_changed.v1", fact, agency=agency)


async def told(stage, who):
    return [(one["kind"], one["body"]) for one in (await stage.inbox(who))["items"]]


@pytest.mark.parametrize(
    ("type_", "fact", "kind"),
    [
        ("processing.dossier_assigned.v1", {"assigned_by": "officer-head"}, "officer_assigned"),
        ("processing.dossier_due_soon.v1", {}, "officer_due_soon"),
        ("processing.dossier_overdue.v1", {}, "officer_overdue"),
    ],
)
async def test_r_int_21_the_substitute_hears_what_the_absent_officer_hears(handled, type_, fact, kind):
    await away(handled)
    whole = DUE | fact
    await handled.hear(type_, {k: v for k, v in whole.items() if k != "due_at" or not fact}, agency="H42.101")
    [(own, _)] = await told(handled, LAN)
    [(his, body)] = await told(handled, BINH)
    assert own == his == kind
    assert body.startswith(
        f"Hồ sơ này do {LAN} thụ lý; {LAN} vắng đến hết ngày 11/12/2026, bạn là người thay."
    )
    assert CODE in body


@pytest.mark.parametrize(
    "changes",
    [
        {"from_on": "2026-12-08"},
        {"from_on": "2026-12-01", "to_on": "2026-12-06"},
        {"substitute_id": None},
        {"officer_id": BINH, "substitute_id": LAN},
        {"ended": True},
    ],
)
async def test_r_int_21_nobody_else_is_told_when_nobody_stands_in_today(handled, changes):
    await away(handled, **changes)
    await handled.hear("processing.dossier_due_soon.v1", DUE, agency="H42.101")
    assert (len(await told(handled, LAN)), await told(handled, BINH)) == (1, [])


async def test_r_int_21_who_comes_back_early_is_told_alone_again(handled):
    await away(handled)
    await away(handled, ended=True)
    await handled.hear("processing.dossier_due_soon.v1", DUE, agency="H42.101")
    assert await told(handled, BINH) == []


async def test_s42_an_agency_says_of_no_other_agencys_officer_that_he_is_away(handled):
    for changes in ({"officer_id": OTHER}, {"substitute_id": OTHER}):
        with pytest.raises(ForeignOfficerError):
            await away(handled, **changes)
    await away(handled, agency=None, substitute_id=OTHER)


async def test_r_int_21_an_absence_that_is_over_is_forgotten(handled):
    await away(handled)
    retention = retention_of(profiles.load("ninh-binh"))
    for now, left in ((datetime(2026, 12, 11, 3, tzinfo=UTC), 1), (datetime(2026, 12, 12, 3, tzinfo=UTC), 0)):
        async with handled.database.sessions.begin() as session:
            await forget_notices(session, retention, now)
            assert await session.scalar(text("SELECT count(*) FROM absence")) == left
