"""What the service rests on: its tables, its hashing, its mail, its seed."""

import asyncio
import time
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from common.database import Database
from common.errors import TooManyRequestsError
from common.migrations import differences
from identity.adapters.argon2_passwords import Argon2Passwords
from identity.adapters.smtp_mail import NoMail, SmtpMail
from identity.domain.devices import visitor
from identity.main import create_worker, demo_accounts, rules_of, seed
from identity.models import Base
from identity.ports import Letter
from identity.settings import Settings
from suite.run.places import free_port

LETTER = Letter("a@motcua.example", "Mã xác nhận", "Mã: 123456")


async def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []


async def test_a_password_is_kept_as_argon2id_at_the_measured_cost() -> None:
    passwords = Argon2Passwords()
    stored = await passwords.hash("Đường làng năm ấy")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.matches(stored, "Đường làng năm ấy")
    assert not await passwords.matches(stored, "Đường làng năm xưa")
    assert not await passwords.matches("not a hash", "x")
    assert not await passwords.matches(None, "nobody has this password")


async def test_nobody_takes_as_long_as_somebody() -> None:
    passwords = Argon2Passwords()
    stored = await passwords.hash("Đường làng năm ấy")

    async def cost(kept: str | None) -> float:
        started = time.process_time()
        for _ in range(5):
            await passwords.matches(kept, "wrong")
        return time.process_time() - started

    somebody, nobody = await cost(stored), await cost(None)
    assert 0.5 < nobody / somebody < 2


async def test_a_flood_of_sign_ins_is_told_to_come_back() -> None:
    passwords = Argon2Passwords(at_once=1, waiting=2)
    outcomes = await asyncio.gather(*(passwords.hash("x" * 12) for _ in range(4)), return_exceptions=True)
    assert [isinstance(outcome, TooManyRequestsError) for outcome in outcomes] == [False, False, True, True]


async def test_mail_goes_over_real_smtp_and_a_silent_server_is_a_no() -> None:
    received: list[Any] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            received.append(envelope)
            return "250 kept" if len(received) == 1 else "452 full"

    server = Controller(Handler(), hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        mail = SmtpMail("127.0.0.1", server.port, "khong-tra-loi@motcua.example")
        assert await mail.send(LETTER) is True
        assert await mail.send(LETTER) is False
    finally:
        server.stop()
    assert received[0].rcpt_tos == ["a@motcua.example"]
    assert b"From: khong-tra-loi@motcua.example" in received[0].content
    assert await SmtpMail("127.0.0.1", free_port(), "x@motcua.example").send(LETTER) is False
    assert await NoMail().send(LETTER) is False


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1"
COC_COC = "Mozilla/5.0 (Linux; Android 15) coc_coc_browser/140.0 Chrome/141.0 Mobile Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (IPHONE, ("phone", "iOS 18.1", "Safari 18.1")),
        (COC_COC, ("phone", "Android 15", "Cốc Cốc 140.0")),
        (FIREFOX, ("computer", "Linux", "Firefox 140.0")),
        ("curl/8", ("not available",) * 3),
        (None, ("not available",) * 3),
    ],
)
def test_a_device_is_read_from_what_its_browser_says(said: str | None, shown: tuple[str, str, str]) -> None:
    seen = visitor(None, said)
    assert (seen.device, seen.system, seen.browser) == shown
    assert seen.address == "not available"


@pytest.mark.parametrize("profile", ["ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam"])
def test_every_profile_says_what_this_service_asks(profile: str) -> None:
    rules = rules_of(profile)
    assert rules.default_scope == "own"
    assert rules.first_login_change is True
    assert ("local" in rules.citizen_source) is (profile != "quang-tri")


async def test_the_demonstration_people_are_made_once_and_can_sign_in(make_town: Any) -> None:
    town = await make_town()
    people = demo_accounts()
    assert await seed(town.database) == len(people)
    assert await seed(town.database) == 0
    assert len({person["id_number"] for person in people}) == len(people)
    assert all(person["id_number"].startswith("000") for person in people)
    from_argon2 = Argon2Passwords()
    town.app.state.built = type(town.app.state.built)(
        **{**vars(town.app.state.built), "passwords": from_argon2}
    )
    for login in ("congdan@motcua.example", "motcua.hoalu", "quantri"):
        tokens = (await town.sign_in(login, "Motcua-Demo-2026")).json()
        assert tokens["must_change_password"] is False
    assert (await town.sign_in("moi.hoalu", "Motcua-Demo-2026")).json()["must_change_password"] is True


async def test_the_worker_relays_hears_who_may_be_erased_and_keeps_its_jobs(
    database: Database, tmp_path: Any
) -> None:
    worker = create_worker(Settings(key_folder=tmp_path), database)
    assert worker is not None
    assert worker.subscriptions is not None
    assert {"erase-accounts", "forget-expired", "rotate-key"} <= {job.name for job in worker.jobs}
