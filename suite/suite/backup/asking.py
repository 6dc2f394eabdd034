"""What a restored province is asked, to tell whether it is whole. What cannot be asked counts as no."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from typing import Final, Literal

import asyncpg
from audit.heads import Hand, shipped, undone
from audit.reading import AS_HASHED
from audit.verifying import verify as verify_log
from common.database import Database
from common.files import FileDamagedError, FileMissingError
from pydantic import BaseModel, ConfigDict
from regulation.states import WITH_THE_UNIT
from stats.usecases.check_identity import check_identity

from suite.backup.files import FILES, LARGE, SEALED, from_any
from suite.backup.installation import Installation, Report
from suite.backup.sealing import DamagedError
from suite.backup.telling import column, databases, on_the_way
from suite.run.layout import OWNERS, listens
from suite.run.postgres import PostgresServer
from suite.run.references import InstanceApartError, refuse_apart
from suite.run.references import verify as verify_files

Brings = Callable[[], Collection[str]]
Outcome = Literal["PASS", "FAIL", "COULD-NOT-VERIFY"]
SAMPLE: Final = 20
# An announcement repeats a present state: whoever hears it of a settled dossier does not begin one.
_ACCEPTED: Final = """select code from dossier where state = any($1) union select envelope->>'subject' from outbox
    where type = 'intake.dossier_accepted.v1' and not coalesce((envelope->>'announcement')::boolean, false)"""
_HEARD: Final = """select id from inbox where type like $1
    and received_at > (select max(received_at) from inbox) - interval '1 hour'"""


class Check(BaseModel):
    """One question to the restored province, and the answer."""

    model_config = ConfigDict(frozen=True)

    asks: str
    outcome: Outcome
    says: str = ""


class CopiedFiles:
    """The files as the copies hold them."""

    def __init__(self, place: Installation) -> None:
        self._place = place
        self.read: set[str] = set()
        self._names = {name.split("/")[-1].removesuffix(SEALED): name for name in place.copies.sizes(FILES)}

    async def get(self, sha256: str) -> bytes:
        """Read a file and check it. Raises: FileMissingError, FileDamagedError."""
        if sha256 not in self._names:
            raise FileMissingError
        self.read.add(sha256)
        try:
            data = from_any(self._place, self._names[sha256], most=LARGE)
        except DamagedError as error:
            raise FileDamagedError from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileDamagedError
        return data


async def ask(
    place: Installation, server: PostgresServer, at: datetime, report: Report, brings: Brings
) -> tuple[Check, ...]:
    """Ask a restored province every question there is; it is not older than the moment `at`.

    `brings` names the files that a restore would bring back.
    """
    files = CopiedFiles(place)
    questions: dict[str, Callable[[], Awaitable[str]]] = {
        "every service has its database": lambda: _all_there(server),
        "the accounts add up": lambda: _accounts(server),
        "no service knows a dossier that intake does not": lambda: _strangers(server),
        "nobody heard what its teller does not know": lambda: _rumours(server),
        "statistics know every dossier or wait for it": lambda: _uncounted(server),
        "the access logs are what was sealed": lambda: _access_logs(place, server, at),
        "every file that a row names is whole": lambda: _files(files, server),
        f"dossiers, at most {SAMPLE}, are whole from end to end": lambda: _sample(files, server),
        "processing has every accepted dossier or waits for it": lambda: _unhandled(server),
        "every other file that a restore brings is whole": lambda: _others(place, files, brings),
    }
    checks = []
    for number, (asks, question) in enumerate(questions.items(), 1):
        try:
            says = await question()
            checks.append(Check(asks=asks, outcome="FAIL" if says else "PASS", says=says))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            checks.append(Check(asks=asks, outcome="COULD-NOT-VERIFY", says=said))
        report("Questions", number / len(questions))
    return tuple(checks)


async def _all_there(server: PostgresServer) -> str:
    missing = set(OWNERS) - set(await databases(server))
    return f"missing: {', '.join(sorted(missing))}" if missing else ""


async def _accounts(server: PostgresServer) -> str:
    database = Database(server.dsn("stats"))
    try:
        async with database.sessions() as session:
            found = await check_identity(session, datetime.now(UTC))
            return f"{found.breach_count} accounts do not add up" if found.breach_count else ""
    finally:
        await database.dispose()


async def _strangers(server: PostgresServer) -> str:
    own = set(await column(server, "intake", "select code from dossier"))
    found = []
    for service in ("processing", "stats"):
        strange = set(await column(server, service, "select code from dossier")) - own
        found += [f"{service} knows {len(strange)} such"] if strange else []
    return "; ".join(found)


async def _rumours(server: PostgresServer) -> str:
    """Find facts heard in the last hour that whoever told them has forgotten: it is of an older moment.

    What an agency's own instance told stands in its own outbox, which is not here: then processing is not asked.
    """
    found, apart = [], await _are_apart(server)
    for hearer in OWNERS:
        for teller in sorted({kind.split(".")[0] for kind in listens(hearer)} - apart):
            heard = await column(server, hearer, _HEARD, f"{teller}.%")
            known = await column(server, teller, "select id from outbox where id = any($1)", heard)
            lost = len(set(heard) - set(known))
            found += [f"{hearer} heard {lost} facts that {teller} does not know"] if lost else []
    return "; ".join(found)


async def _are_apart(server: PostgresServer) -> set[str]:
    try:
        await refuse_apart(server.dsn("processing"))
    except InstanceApartError:
        return {"processing"}
    return set()


async def _uncounted(server: PostgresServer) -> str:
    own = set(await column(server, "intake", "select code from dossier"))
    own -= set(await column(server, "stats", "select code from dossier"))
    own -= await on_the_way(server, "intake", "stats") if own else set()
    return f"{len(own)} dossiers are in no statistics and on no way there" if own else ""


async def _unhandled(server: PostgresServer) -> str:
    """Find dossiers that the desk accepted and nobody handles; of one settled elsewhere processing knows by whom."""
    accepted = set(await column(server, "intake", _ACCEPTED, list(map(str, WITH_THE_UNIT))))
    accepted -= set(
        await column(server, "processing", "select code from dossier union select code from elsewhere")
    )
    accepted -= await on_the_way(server, "intake", "processing") if accepted else set()
    return f"{len(accepted)} accepted dossiers are not in processing and on no way there" if accepted else ""


async def _access_logs(place: Installation, server: PostgresServer, at: datetime) -> str:
    """Verify each log with the key that came back, up to the heads that were shipped by then."""
    passwords = json.loads((server.folder.parent / "secrets.json").read_text("utf-8"))
    found = []
    for name in OWNERS:
        connection = await asyncpg.connect(server.dsn(name), server_settings=AS_HASHED)
        try:
            found_heads = await shipped(place.heads_url, name)
            heads = [head for head in found_heads if head.at <= at] or (None if found_heads else [])
            key = Hand(name, passwords[f"audit-{name}"]).public_key
            gone = await undone(place.heads_url, name)
            told = await verify_log(connection, name, public_key=key, heads=heads, undone=gone, until=at)
        finally:
            await connection.close()
        # what had no seal yet gets none here, where nothing seals
        found += [f"{name}: {finding[-1]}" for finding in told.findings if finding[0] != "not sealed"]
    return "; ".join(found)


async def _files(files: CopiedFiles, server: PostgresServer) -> str:
    dsns = [server.dsn(name) for name in OWNERS]
    found = await verify_files(files, dsns, report=lambda _step, _share: None)
    bad = [f"{len(found.missing)} missing"] if found.missing else []
    bad += [f"{len(found.damaged)} damaged"] if found.damaged else []
    return ", ".join(bad)


async def _sample(files: CopiedFiles, server: PostgresServer) -> str:
    """Follow dossiers from their history to their papers, in intake and in processing."""
    codes = await column(server, "intake", "select code from dossier order by random() limit $1", SAMPLE)
    wrong = await column(
        server,
        "intake",
        """select d.code from dossier d where code = any($1) and state is distinct from (
            select to_state from step s where s.dossier_code = d.code order by at desc, id desc limit 1)""",
        codes,
    )
    found = [f"{len(wrong)} have a state their history does not tell"] if wrong else []
    papers = await column(
        server,
        "intake",
        "select sha256 from attachment where dossier_code = any($1) and scan not in ('pending', 'infected')",
        codes,
    )
    signed = (
        "select document->>'sha256' from dossier where code = any($1) and document->>'sha256' is not null"
    )
    papers += await column(server, "processing", signed, codes)
    bad = [sha256 for sha256 in papers if not await _is_whole(files, sha256)]
    found += [f"{len(bad)} of their {len(papers)} papers are missing or damaged"] if bad else []
    return "; ".join(found)


async def _others(place: Installation, files: CopiedFiles, brings: Brings) -> str:
    """Open what no question before has read: what lies in quarantine, and what no row names any more."""
    names = [name for name in brings() if name.rpartition("/")[2] not in files.read]
    bad = [name for name in names if not _opens(place, name)]
    return f"{len(bad)} of {len(names)} are whole in no copy" if bad else ""


def _opens(place: Installation, name: str) -> bool:
    try:
        from_any(place, f"{FILES}/{name}{SEALED}", most=LARGE)
    except DamagedError:
        return False
    return True


async def _is_whole(files: CopiedFiles, sha256: str) -> bool:
    try:
        await files.get(sha256)
    except (FileMissingError, FileDamagedError):
        return False
    return True
