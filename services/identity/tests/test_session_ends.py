"""How long a sign-in lasts: idle by who signed in, and twelve hours whatever is done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from identity.domain.sessions import Idling, slept
from identity.main import rules_of
from identity.usecases.seed_accounts import seed_accounts

REFRESH = "/api/identity/sessions/refresh"
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam", "national-2026")
OFFICER = {
    "kind": "officer",
    "full_name": "Lê Thị Mai",
    "email": "mai@motcua.example",
    "agency": "H42.101",
    "unit": "mot-cua",
    "scope": "agency",
    "password": "Mot mat ma dai",
}


async def signed_in(town: Any, login: str, number: str, *roles: str) -> dict[str, Any]:
    entry = {**OFFICER, "login": login, "id_number": number, "roles": list(roles)}
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    answer: dict[str, Any] = (await town.sign_in(login, OFFICER["password"])).json()
    return answer


async def renewed(town: Any, told: dict[str, Any]) -> Any:
    async with town.as_() as visitor:
        return await visitor.post(REFRESH, json={"refresh_token": told["refresh_token"]})


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.asvs("7.3.1")
def test_s15_every_profile_waits_longest_for_citizens_and_shortest_for_administrators(
    profile: str,
) -> None:
    idling = rules_of(profile).idling
    minutes = [
        idling.of(roles, officer=officer) // timedelta(minutes=1)
        for roles, officer in (
            (["citizen"], False),
            (["desk_officer", "signer"], True),
            (["agency_admin"], True),
            (["operator"], True),
            (["desk_officer", "province_office"], True),
        )
    ]
    assert minutes == [30, 15, 5, 5, 5]
    assert idling == Idling()


@pytest.mark.parametrize(
    ("login", "number", "role", "minutes"),
    [("mai.nhan", "037190099001", "desk_officer", 15), ("mai.quantri", "037190099002", "agency_admin", 5)],
)
@pytest.mark.asvs("7.3.1")
async def test_s15_a_sign_in_in_which_nobody_did_anything_is_renewed_no_more(
    town: Any, login: str, number: str, role: str, minutes: int
) -> None:
    told = await signed_in(town, login, number, role)
    assert told["idle_seconds"] == 60 * minutes
    town.clock.pass_(minutes=15 + minutes, seconds=-5)
    awake = await renewed(town, told)
    assert awake.status_code == 200
    town.clock.pass_(minutes=15 + minutes, seconds=5)
    assert (await renewed(town, awake.json())).status_code == 401


@pytest.mark.asvs("7.3.2")
async def test_s15_a_sign_in_ends_after_twelve_hours_whatever_is_done_and_no_token_outlives_it(
    town: Any,
) -> None:
    _, told = await town.registered()
    begun, ends_at = town.clock.now, datetime.fromisoformat(told["ends_at"])
    assert ends_at - begun == timedelta(hours=12)
    for _ in range(17):
        town.clock.pass_(minutes=41)
        told = (await renewed(town, told)).json()
        assert datetime.fromisoformat(told["ends_at"]) == ends_at
    left = (ends_at - town.clock.now).total_seconds()
    assert (told["expires_in"], left < 30 * 60) == (min(900, left), True)
    town.clock.pass_(seconds=left - 120)
    told = (await renewed(town, told)).json()
    assert told["expires_in"] == 120
    town.clock.pass_(seconds=121)
    assert (await renewed(town, told)).status_code == 401


def test_s15_who_works_until_the_token_ends_is_awake() -> None:
    issued = datetime(2026, 11, 27, 8, tzinfo=UTC)
    for minutes, over in ((15, False), (30, False), (31, True)):
        now = issued + timedelta(minutes=minutes)
        assert slept(now=now, issued_at=issued, idle=timedelta(minutes=15)) is over
