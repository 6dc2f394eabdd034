"""What everybody is told of the system itself: officers and applicants with a dossier under way."""

from typing import Any

import pytest
from notify.adapters.seed_templates import seed_templates
from notify.domain.kinds import Kind

ANH, LAN = "account-anh", "officer-lan"
WORDS = {"vi": "Chưa nộp được hồ sơ trực tuyến.", "en": "Applications cannot be sent."}
ENTRY: dict[str, Any] = {
    "book": "incidents",
    "number": "SC-2026-0001",
    "state": "open",
    "planned": False,
    "began_at": "2026-12-07T01:10:00Z",
    "expected_at": None,
    "ended_at": None,
    "notice": WORDS,
}


@pytest.fixture
async def furnished(staging):
    stage = await staging()
    await stage.furnish()
    await stage.submitted()
    await stage.hear("identity.officer_changed.v1", {"officer_id": LAN, "agency": "H42.101"})
    return stage


async def told(stage, person: str) -> list[tuple[str, str]]:
    items = (await stage.inbox(person))["items"]
    return [(one["kind"], one["subject"]) for one in items if one["kind"].startswith("system_")]


def test_every_kind_of_notice_has_a_text():
    assert {kind.value for kind in Kind} <= set(seed_templates())


async def test_r_ntf_11_officers_and_applicants_are_told_of_an_incident_and_of_its_end(furnished):
    event = await furnished.hear("registers.entry_opened.v1", ENTRY)
    await furnished.hear("registers.entry_opened.v1", ENTRY, id_=event)
    ended = {**ENTRY, "state": "closed", "ended_at": "2026-12-07T02:40:00Z"}
    await furnished.hear("registers.entry_closed.v1", ended)
    for person in (ANH, LAN):
        assert [kind for kind, _ in await told(furnished, person)] == ["system_over", "system_incident"]
    message = (await furnished.inbox(ANH, "en"))["items"][1]
    assert WORDS["en"] in message["body"]
    assert message["link"].endswith("/en/trang-thai")
    assert (message["dossier_code"], "08:10" in message["body"]) == (None, True)


async def test_r_ntf_11_a_planned_stop_is_told_as_one(furnished):
    await furnished.hear("registers.entry_opened.v1", {**ENTRY, "planned": True})
    assert [kind for kind, _ in await told(furnished, LAN)] == ["system_planned"]


@pytest.mark.parametrize(
    ("type_", "changes", "kinds"),
    [
        ("registers.entry_opened.v1", {"notice": None}, []),
        ("registers.entry_closed.v1", {"notice": None}, []),
        ("registers.entry_changed.v1", {"notice_changed": False}, []),
        ("registers.entry_changed.v1", {"notice_changed": True}, ["system_changed"]),
    ],
)
async def test_only_what_concerns_everybody_and_is_new_is_told(furnished, type_, changes, kinds):
    await furnished.hear(type_, {**ENTRY, **changes})
    assert [kind for kind, _ in await told(furnished, ANH)] == kinds
