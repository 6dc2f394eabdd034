"""Who has to act is told at once: of an urgent incident, an account that was lost, a sign-in from elsewhere."""

from typing import Any

import pytest
from notify.domain.alarms import alarmed
from notify.main import writer_of
from notify.settings import Settings
from regulation.roles import Role

OPERATOR, OFFICE, ADMIN, OTHER, LAN = "of-operator", "of-office", "of-admin", "of-other", "officer-lan"
ENTRY: dict[str, Any] = {
    "book": "reports",
    "number": "BSC-2026-0001",
    "state": "open",
    "planned": False,
    "began_at": None,
    "expected_at": None,
    "ended_at": None,
    "notice": None,
    "alarm": True,
}


async def peopled(staging: Any, profile: str) -> Any:
    stage = await staging(profile)
    for who, role, agency in (
        (OPERATOR, "operator", "H42"),
        (OFFICE, "province_office", "H42"),
        (ADMIN, "agency_admin", "H42.101"),
        (OTHER, "agency_admin", "H42.102"),
        (LAN, "specialist", "H42.101"),
    ):
        told = {
            "officer_id": who,
            "agency": agency,
            "roles": [role],
            "display_name": f"Tên {who}",
            "active": True,
        }
        await stage.hear("identity.officer_changed.v1", told)
    return stage


async def told(stage: Any) -> dict[str, list[str]]:
    found = {}
    for who in (OPERATOR, OFFICE, ADMIN, OTHER, LAN):
        items = (await stage.inbox(who))["items"]
        found[who] = [one["kind"] for one in items]
    return {who: kinds for who, kinds in found.items() if kinds}


@pytest.mark.parametrize(
    ("profile", "people"),
    [("ninh-binh", {OPERATOR}), ("binh-dinh", {OPERATOR, OFFICE}), ("quang-tri", {OPERATOR, OFFICE})],
)
async def test_r_ops_05_an_urgent_report_alarms_the_operator_and_whom_the_province_names(
    staging: Any, profile: str, people: set[str]
) -> None:
    stage = await peopled(staging, profile)
    event = await stage.hear("registers.entry_opened.v1", ENTRY)
    await stage.hear("registers.entry_opened.v1", ENTRY, id_=event)
    await stage.hear("registers.entry_opened.v1", {**ENTRY, "alarm": False, "number": "BSC-2026-0002"})
    assert await told(stage) == {who: ["officer_alarm"] for who in people}
    [notice] = (await stage.inbox(OPERATOR))["items"]
    assert notice["link"].endswith("/can-bo/so/reports/muc/BSC-2026-0001")


async def test_r_ops_05_what_everybody_is_told_reaches_the_operator_as_the_alarm(staging: Any) -> None:
    stage = await peopled(staging, "ninh-binh")
    words = {"vi": "Chưa nộp được hồ sơ.", "en": "Applications cannot be sent."}
    await stage.hear("registers.entry_opened.v1", {**ENTRY, "book": "incidents", "notice": words})
    found = await told(stage)
    assert (found[OPERATOR], found[LAN]) == (["officer_alarm"], ["system_incident"])


async def test_r_acc_15_the_agencys_administrator_is_told_of_a_lost_account_and_no_other(
    staging: Any,
) -> None:
    stage = await peopled(staging, "ninh-binh")
    lost = {"account_id": LAN, "kind": "officer", "agency": "H42.101"}
    await stage.hear("identity.control_lost.v1", lost, agency="H42.101")
    assert await told(stage) == {ADMIN: ["officer_account_lost"]}
    [notice] = (await stage.inbox(ADMIN))["items"]
    assert (f"Tên {LAN}" in notice["subject"], notice["link"].endswith(f"/can-bo/quan-tri/can-bo/{LAN}")) == (
        True,
        True,
    )
    await stage.hear("identity.control_lost.v1", {"account_id": "someone", "kind": "citizen", "agency": None})
    assert await told(stage) == {ADMIN: ["officer_account_lost"]}


async def test_r_acc_16_the_officer_and_the_administrator_hear_of_a_sign_in_from_elsewhere(
    staging: Any,
) -> None:
    stage = await peopled(staging, "ninh-binh")
    fact = {"officer_id": LAN, "agency": "H42.101"}
    await stage.hear("identity.sign_in_superseded.v1", fact, agency="H42.101")
    assert await told(stage) == {ADMIN: ["officer_elsewhere"], LAN: ["officer_elsewhere"]}


def test_r_ops_05_the_roles_told_are_those_of_the_bodies_that_the_profile_names() -> None:
    assert alarmed([]) == {Role.OPERATOR}
    assert alarmed(["provincial_police", "desks"]) == {Role.OPERATOR, Role.POLICE}
    assert writer_of(Settings(profile="quang-tri")).alarmed == {Role.OPERATOR, Role.PROVINCE_OFFICE}
