"""The real clamd with two signatures of our own: what it finds, what it will not take, what happens without it."""

import asyncio
import hashlib
import io
import os
import signal
import subprocess
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
import pytest_asyncio
from common.database import Database
from files.antivirus import Clamd
from files.kinds import DOCX
from files.scanning import ScanVerdict
from intake.queries.pending import pending_scans
from suite.run.places import free_port, give, is_taken, unprivileged
from suite.run.processes import kill, spawn, stop, wait_until
from suite.testing import FreshDatabase, officer
from suite.testing.folders import private_folder

real = pytest.mark.antivirus
PROGRAM = "/usr/sbin/clamd"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 4 << 20  # what this clamd takes in one stream
READS = 1 << 20  # and how far it reads into a file
PATIENCE = 1.0  # seconds until a silent clamd counts as away

_TYPES = f'<T><Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></T>'


@dataclass
class ClamdServer:
    """A private clamd that knows EICAR and nothing else, and downloads nothing."""

    folder: Path = field(default_factory=lambda: private_folder("av"))
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def scanning(self) -> bool:
        """Tell whether a stream has begun to arrive that has not been judged yet."""
        return any((self.folder / "streams").iterdir())

    def prepare(self) -> None:
        """Write signatures and configuration; the account it runs under may write its own folder only."""
        for name in ("signatures", "streams"):
            (self.folder / name).mkdir()
        give(self.folder / "streams", unprivileged())
        known = f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test\n"
        (self.folder / "signatures" / "eicar.hdb").write_text(known)
        (self.folder / "signatures" / "eicar.ndb").write_text(f"Eicar-Mark:0:*:{EICAR.hex()}\n")
        (self.folder / "clamd.conf").write_text(
            f"Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket {self.port}\n"
            f"DatabaseDirectory {self.folder}/signatures\nTemporaryDirectory {self.folder}/streams\n"
            f"StreamMaxLength {LARGEST}\nMaxFileSize {READS}\nAlertExceedsMax yes\n"
        )

    def start(self) -> None:
        """Start the daemon and return once it listens."""
        command = [PROGRAM, "-c", self.folder / "clamd.conf"]
        self.process = spawn(command, log=self.folder / "clamd.log", environment={"LC_ALL": "C.UTF-8"})
        wait_until(lambda: is_taken(self.port), self.process, "clamd", 30)

    def kill(self) -> None:
        """End the daemon as a power cut would."""
        kill(self.process)
        for left in (self.folder / "streams").iterdir():
            left.unlink()

    def send(self, what: signal.Signals) -> None:
        """Stop the daemon where it stands, or let it go on."""
        assert self.process is not None
        self.process.send_signal(what)

    def scanner(self) -> Clamd:
        """Return what the service talks to it with."""
        return Clamd("127.0.0.1", self.port, PATIENCE)


@pytest.fixture(scope="module")
def clamd() -> Iterator[ClamdServer]:
    """Give one private clamd to all tests of this file."""
    server = ClamdServer()
    server.prepare()
    server.start()
    yield server
    stop(server.process)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(fresh_database: FreshDatabase) -> Database:
    """Give a database of our own: what is found here is no business of other tests."""
    return await fresh_database("intake")


def archive(content: bytes, name: str = "word/media/anh.bin") -> bytes:
    """Return a zip that intake takes for a letter."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("[Content_Types].xml", _TYPES)
        members.writestr("_rels/.rels", '<R><R Type="x/officeDocument" Target="word/document.xml"/></R>')
        members.writestr("word/document.xml", b"<w/>")
        members.writestr(name, content)
    return out.getvalue()


def attached(pdf: pikepdf.Pdf) -> None:
    """Hide EICAR in a PDF; without the checksum that makes clamd overlook the compression."""
    pdf.attachments["x.txt"] = EICAR
    del pdf.attachments["x.txt"].get_file().obj.Params


@real
@pytest.mark.parametrize("where", ["raw", "after a picture", "zip", "zip in a zip", "PDF with an attachment"])
async def test_clamd_finds_a_virus_wherever_it_hides(clamd, stage, where):
    data = {
        "raw": EICAR,
        "after a picture": stage.photo() + EICAR,
        "zip": archive(EICAR),
        "zip in a zip": archive(archive(EICAR)),
        "PDF with an attachment": stage.pdf(change=attached),
    }[where]
    assert (EICAR in data) == (where in {"raw", "after a picture"})
    verdict = await clamd.scanner().scan(data)
    assert verdict.state == "infected"
    assert verdict.note.startswith("Eicar-")


@real
async def test_clamd_passes_plain_papers_up_to_the_size_it_reads(clamd, stage):
    plain = [stage.pdf(3), stage.photo(), archive(b"photo"), stage.photo() + bytes(READS - 2000)]
    assert [(await clamd.scanner().scan(data)).state for data in plain] == ["clean"] * 4


@real
@pytest.mark.parametrize(
    ("size", "note"),
    [
        (READS + 1, "Heuristics.Limits.Exceeded.MaxFileSize"),
        (LARGEST + 1, "INSTREAM size limit exceeded. ERROR"),
        (20 << 20, "INSTREAM size limit exceeded. ERROR"),
    ],
)
async def test_a_file_larger_than_clamd_takes_is_neither_clean_nor_infected_nor_asked_about_for_ever(
    clamd, size, note
):
    verdict = await clamd.scanner().scan(os.urandom(size))
    assert (verdict.state, verdict.note) == ("not_scanned", note)


@real
async def test_r_sec_05_clamds_finding_quarantines_the_file_and_reaches_the_head_of_the_agency(
    clamd, make_stage
):
    stage = await make_stage(scanner=clamd.scanner())
    draft = await stage.draft()
    bad = archive(EICAR)
    refused = await stage.attach(draft["id"], "bang-ke", bad, "bang-ke.docx")
    assert (refused.status_code, refused.json()["code"]) == (403, "file-quarantined")
    reports = (await stage.get("desk/malware-reports", officer("agency_head"))).json()["items"]
    (report,) = [item for item in reports if item["sha256"] == hashlib.sha256(bad).hexdigest()]
    assert report["signature"].startswith("Eicar-")
    taken = await stage.attach(draft["id"], "bang-ke", archive(b"photo"), "bang-ke.docx")
    assert (taken.status_code, taken.json()["scan"]) == (201, "clean")


@asynccontextmanager
async def halted(clamd: ClamdServer) -> AsyncIterator[None]:
    """Keep clamd from running: it still accepts connections and never answers."""
    clamd.send(signal.SIGSTOP)
    yield
    clamd.send(signal.SIGCONT)


@asynccontextmanager
async def killed(clamd: ClamdServer) -> AsyncIterator[None]:
    """End clamd and start it again later."""
    clamd.kill()
    yield
    clamd.start()


@real
@pytest.mark.parametrize("away", [halted, killed])
async def test_r_sec_05_what_is_uploaded_while_clamd_is_away_waits_and_is_scanned_when_it_is_back(
    clamd, make_stage, away
):
    stage = await make_stage(scanner=clamd.scanner())
    draft = await stage.draft()
    async with away(clamd):
        plain = await stage.attach(draft["id"], "giay-chung-sinh", stage.photo(), "anh.jpg")
        bad = await stage.attach(draft["id"], "bang-ke", archive(EICAR + os.urandom(9)), "bang-ke.docx")
        assert [(one.status_code, one.json()["scan"]) for one in (plain, bad)] == [(201, "pending")] * 2
        await rescan(stage)
        assert await scans(stage, draft) == {"anh.jpg": "pending", "bang-ke.docx": "pending"}
    await rescan(stage)
    assert await scans(stage, draft) == {"anh.jpg": "clean", "bang-ke.docx": "infected"}


async def rescan(stage) -> None:
    """Let the clock ask the scanner again."""
    await {job.name: job for job in stage.jobs()}["rescan-files"].run(stage.database, stage.now)


async def scans(stage, draft) -> dict[str, str]:
    """Return what is known of each file of a draft."""
    found = (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["attachments"]
    return {item["name"]: item["scan"] for item in found}


async def test_a_file_the_scanner_falls_over_does_not_hold_up_the_others(make_stage, scanner):
    stage = await make_stage(scanner=scanner)
    draft, away = await stage.draft(), ScanVerdict("pending", "away")
    scanner.answer = away
    assert (await stage.attach(draft["id"], "giay-chung-sinh", name="nang.pdf")).status_code == 201
    assert (await stage.attach(draft["id"], "bang-ke", name="nhe.pdf")).status_code == 201
    verdicts = iter([away])

    async def scan(data: bytes) -> ScanVerdict:
        return next(verdicts, ScanVerdict("clean"))

    scanner.scan = scan
    await rescan(stage)
    assert sorted((await scans(stage, draft)).values()) == ["clean", "pending"]


async def test_files_that_always_take_too_long_keep_no_later_one_from_its_turn(make_stage, scanner):
    stage = await make_stage(scanner=scanner)
    draft = await stage.draft()
    scanner.answer = ScanVerdict("pending", "away")
    for name in ("nang.pdf", "nhe.pdf"):
        assert (await stage.attach(draft["id"], "bang-ke", name=name)).status_code == 201
    async with stage.database.sessions() as session:
        asked = {(await pending_scans(session, limit=1))[0] for _ in range(60)}
    assert len(asked) >= 2


@real
@pytest.mark.parametrize("away", [halted, killed])
async def test_a_clamd_that_falls_in_the_middle_of_a_file_leaves_it_pending(clamd, away):
    scanner, data = clamd.scanner(), os.urandom(LARGEST)
    asked = asyncio.create_task(scanner.scan(data))
    async with asyncio.timeout(10):
        while not clamd.scanning:
            assert not asked.done()
            await asyncio.sleep(0)
    async with away(clamd):
        assert (await asked).state == "pending"
    assert (await scanner.scan(b"a plain text")).state == "clean"


Answering = Callable[[bytes], Awaitable[Clamd]]


@pytest.fixture
async def answering() -> AsyncIterator[Answering]:
    """Give a maker of stand-ins for a clamd that reads one stream and says what the real one hardly ever says."""
    servers: list[asyncio.Server] = []

    async def make(answer: bytes) -> Clamd:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\0\0\0\0")
            writer.write(answer)
            writer.close()

        servers.append(await asyncio.start_server(serve, "127.0.0.1", 0))
        return Clamd("127.0.0.1", servers[-1].sockets[0].getsockname()[1], PATIENCE)

    yield make
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"stream: Can't allocate memory ERROR\n", "not_scanned"),
        (b"Can't write to temporary file. ERROR\n", "not_scanned"),
        (b"\n", "pending"),
        (b"", "pending"),
    ],
)
async def test_only_ok_means_clean(answering, answer, state):
    scanner = await answering(answer)
    assert (await scanner.scan(b"x" * 3000)).state == state


async def test_a_closed_door_leaves_the_file_pending():
    assert (await Clamd("127.0.0.1", free_port()).scan(b"x")).state == "pending"
