"""Behind the edge: rights in the database, who may tell events, files of the folder, words of the command line."""

import asyncio
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from camp.stage import Stage
from identity.main import demo_accounts
from suite.run.layout import OWNERS

pytestmark = pytest.mark.attack
SERVICES = OWNERS


def ask(stage: Stage, role: str, database: str, statement: str) -> Any:
    """Ask a database as a role of the suite."""
    secret = json.loads((stage.suite.state / "secrets.json").read_text())
    password = secret.get("passwords", secret)[role]

    async def answer() -> Any:
        dsn = f"postgresql://{role}:{password}@127.0.0.1:{stage.suite.note['postgres_port']}/{database}"
        connection = await asyncpg.connect(dsn, timeout=5)
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    return asyncio.run(answer())


REFUSED = (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidAuthorizationSpecificationError)


# Where the trigger that refuses every change hangs, and some column of it.
KEPT = """select tgrelid::regclass::text, (select attname from pg_attribute where attrelid = tgrelid
    and attnum > 0 and not attisdropped and attidentity = '' order by attnum desc limit 1)
    from pg_trigger where tgname = 'audit_keep_change'"""


@pytest.mark.asvs("13.2.2", "8.2.1", "13.2.1")
@pytest.mark.parametrize("role", SERVICES)
def test_s40_no_service_enters_the_database_of_another(stage: Stage, role: str) -> None:
    for other in (*SERVICES, "postgres"):
        if other != role:
            with pytest.raises(REFUSED):
                ask(stage, role, other, "select 1")


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("role", SERVICES)
@pytest.mark.parametrize(
    "statement",
    [
        "create role mallory",
        "create database mallory",
        "drop extension plpgsql",
        "copy (select 1) to program 'id'",
        "select pg_read_file('/etc/passwd')",
        "set role postgres",
        "alter system set ssl = off",
        "select lo_import('/etc/passwd')",
        "create table mallory (a int)",
        "drop table outbox",
        "alter table outbox disable trigger all",
        "select * from pg_authid",
        "load 'auto_explain'",
        "create function x() returns int language c as 'libc', 'abs'",
    ],
)
def test_s40_a_service_may_do_its_own_work_and_nothing_else(stage: Stage, role: str, statement: str) -> None:
    """Each is refused for want of the right, and not because something else about it is wrong."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        ask(stage, role, role, statement)


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("service", SERVICES)
def test_s40_who_carries_events_reads_nothing(stage: Stage, service: str) -> None:
    for statement in (
        "select * from outbox",
        "delete from inbox",
        "update inbox set type = 'x'",
        "truncate inbox",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            ask(stage, f"{service}_inbox", service, statement)


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize("service", SERVICES)
def test_s47_no_service_takes_a_line_of_its_log_back(stage: Stage, service: str) -> None:
    """Of none of the tables where rows are only added; refused before a row or a trigger is looked at."""
    kept = {row[0]: row[1] for row in ask(stage, service, service, KEPT)}
    assert {"audit_line", "audit_seal"} <= set(kept)
    for table, column in kept.items():
        for verb in (
            f"delete from {table} where false",
            f'update {table} set "{column}" = "{column}" where false',
            f"truncate {table}",
            f"drop table {table}",
            f"alter table {table} disable trigger all",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                ask(stage, service, service, verb)
        assert ask(stage, service, service, f"select count(*) from {table}")[0][0] >= 0  # the table is there


@pytest.mark.asvs("15.2.2")
@pytest.mark.parametrize("role", SERVICES)
def test_s40_no_statement_and_no_open_transaction_goes_on_for_ever(stage: Stage, role: str) -> None:
    for setting in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
        (row,) = ask(stage, role, role, f"show {setting}")
        assert row[0] not in ("0", 0), setting


def kept(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield what lies in a folder of a suite, outside the database's own."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name) != folder / "postgres" / "data"]
        for name in (*folders, *(one for one in files if one != "up.log")):  # the test's own
            path = Path(place, name)
            yield path, stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.asvs("13.3.1", "13.3.2", "16.4.2")
def test_s55_nobody_else_on_the_machine_reads_the_folder(stage: Stage) -> None:
    """Folders that servers pass through may be entered and not listed; everything else is the owner's alone."""
    passed = {stage.suite.state / "postgres"}
    wrong = {
        str(path.relative_to(stage.suite.state)): oct(mode)
        for path, mode in kept(stage.suite.state)
        if mode & (0o066 if path in passed else 0o077)
    }
    assert not wrong


@pytest.mark.asvs("13.3.1")
def test_s55_no_secret_stands_in_a_command_line_or_a_log(stage: Stage) -> None:
    told = json.loads((stage.suite.state / "secrets.json").read_text())
    words = [
        word for value in told.values() for word in (value.values() if isinstance(value, dict) else [value])
    ]
    words = [word for word in words if isinstance(word, str) and len(word) > 12]
    assert words
    shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    shown += "".join(log.read_text(errors="replace") for log in (stage.suite.state / "logs").glob("*.log"))
    assert not [word for word in words if word in shown]


@pytest.mark.asvs("14.2.1", "16.2.5")
def test_s44_no_event_names_a_person(stage: Stage) -> None:
    for service in SERVICES:
        text = str(ask(stage, service, service, "select envelope from outbox"))
        for word in ("Nguyễn Thị Ánh", "000190000001", "congdan@motcua.example", "0900000001"):
            assert word not in text, (service, word)


def motcua(stage: Stage, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "suite.cli", *words]
    environment = {**os.environ, "MOTCUA_STATE": str(stage.suite.state)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


ROWS = "select t::text from {} t"
TABLES = (
    "select quote_ident(relname) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
)


def everything(stage: Stage, service: str) -> str:
    """Read every row of a service's database as its own role, which is all that a copy of it holds."""
    tables = [row[0] for row in ask(stage, service, service, TABLES)]
    return "".join(str(ask(stage, service, service, ROWS.format(table))) for table in tables)


def canaries(stage: Stage) -> list[str]:
    """Return numbers and addresses of everybody, and what the citizen wrote into the form."""
    told = [entry[field] for entry in demo_accounts() for field in ("id_number", "email")]
    told += [entry["phone"][1:] for entry in demo_accounts() if entry.get("phone")]
    answers = {name: value for page in stage.job.example.answers.values() for name, value in page.items()}
    told += [answers["requester_address"]["detail"], answers["mother_born_on"], answers["child_born_on"]]
    return told


WAY = re.compile(r"/(?:api|can-bo|tra-cuu|ho-so|xac-minh|en)/[^\s\"{}]*\d{4}")
"""An address somebody opened, with a number in it; the pattern of a route has none."""


def sinks(stage: Stage) -> dict[str, str]:
    """Return what operators and their programs read: logs, numbers, and what is told of failed events and jobs."""
    found = {log.name: log.read_text(errors="replace") for log in (stage.suite.state / "logs").glob("*.log")}
    apis = {name: port for name, port in stage.suite.note["watched"].items() if not name.endswith("-worker")}
    for name, port in apis.items():
        found[f"numbers of {name}"] = httpx.get(f"http://127.0.0.1:{port}/metrics").raise_for_status().text
    failures = "select error from inbox where error is not null union all select error from job_lock"
    return found | {f"failures of {one}": str(ask(stage, one, one, failures)) for one in SERVICES}


def told_in(texts: dict[str, str], words: list[str]) -> list[tuple[str, str]]:
    """Return which of the words, and which opened addresses, stand in which text."""
    named = [(name, one) for name, text in texts.items() for one in words if one in text]
    return named + [(name, opened[0]) for name, text in texts.items() if (opened := WAY.search(text))]


@pytest.mark.asvs("14.2.1", "16.2.5")
def test_s44_no_log_and_no_number_holds_a_person_an_answer_or_an_address_somebody_opened(
    stage: Stage,
) -> None:
    wanted = [*canaries(stage), *(one["full_name"] for one in demo_accounts())]
    planted = {"planted": f"{wanted[0]} {wanted[-1]} /api/intake/dossiers/H42.101-261128-0001"}
    assert len(told_in(planted, wanted)) == 3
    told = sinks(stage)
    assert sum("motcua_outbox_oldest_unpublished" in text for text in told.values()) >= len(SERVICES)
    assert told_in(told, wanted) == []


@pytest.mark.asvs("11.3.3", "14.2.4")
def test_s41_who_copies_the_databases_finds_nobodys_number_address_or_answer(stage: Stage) -> None:
    desk = stage.person(stage.job.example.desk)
    desk.get("/api/intake/desk/dossiers?q=000190000001")
    kept = motcua(stage, "keys", "seal")
    assert kept.returncode == 0, kept.stdout + kept.stderr
    told = motcua(stage, "keys", "list")
    assert (told.returncode, "k0" in told.stdout, "in clear" in told.stdout) == (0, True, False), told.stdout
    texts = {service: everything(stage, service) for service in SERVICES}
    wanted = canaries(stage)
    found = {(service, one) for service, text in texts.items() for one in wanted if one in text}
    assert found == set()
    assert all("Nguyễn" in texts[service] for service in ("identity", "intake")), "names stay readable"


@pytest.mark.asvs("11.2.2")
def test_s42_the_key_of_a_running_suite_is_changed_by_command(stage: Stage) -> None:
    made = motcua(stage, "keys", "rotate")
    assert made.returncode == 0, made.stdout + made.stderr
    folders = [stage.suite.state / "keys" / "identity"]
    folders += [stage.suite.state / "signing" / name for name in ("intake", "processing")]
    folders.append(stage.suite.state / "keys" / "qa")
    for folder in folders:
        file = folder / "sealing.keys"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_uid == folder.stat().st_uid


@pytest.mark.asvs("16.4.2")
def test_s47_after_all_this_the_log_is_whole(stage: Stage) -> None:
    told = motcua(stage, "audit", "verify")
    assert told.returncode == 0, told.stdout + told.stderr
