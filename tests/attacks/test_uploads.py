"""Files that harm, sent as a citizen sends papers; and what becomes of those that are taken."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import httpx
import psutil
import pytest
from camp.papers import ENDLESS, JPEG, PDF, REFUSED, attach
from camp.stage import CITIZEN, Stage
from suite.demo.actors import Json
from suite.demo.example import PROCEDURE, photo
from suite.testing.uploads import pdf

pytestmark = pytest.mark.attack
GRAINS = 64 << 20  # what the memory of a service may move by


@pytest.fixture(scope="module")
def paper(stage: Stage) -> Iterator[tuple[httpx.Client, str, str]]:
    """Give a citizen, a draft of his and the paper it needs."""
    citizen = stage.person("congdan2@motcua.example")
    body = {"procedure_code": PROCEDURE, "agency": stage.known["agency"], "case": "standard"}
    draft = citizen.post("/api/intake/drafts", body)
    component = next(one["id"] for one in draft["components"] if one["needed"])
    yield citizen.http, draft["id"], component
    citizen.http.delete(f"/api/intake/drafts/{draft['id']}")


@pytest.mark.asvs("5.2.2", "5.2.1", "1.3.3", "1.3.4")
@pytest.mark.parametrize("what", REFUSED)
def test_s32_s34_s35_s39_a_file_that_harms_is_refused_with_its_reason(
    paper: tuple[httpx.Client, str, str], what: str
) -> None:
    answer = attach(*paper, *REFUSED[what]())
    assert answer.status_code in (413, 422), (answer.status_code, answer.text[:300])
    assert answer.json()["code"].startswith(("file-", "picture-")), answer.text
    assert answer.json()["detail"]


@pytest.mark.asvs("5.2.3", "2.4.1", "15.2.2")
@pytest.mark.parametrize("what", ENDLESS)
def test_s34_a_file_that_takes_everything_takes_nothing(
    stage: Stage, paper: tuple[httpx.Client, str, str], what: str
) -> None:
    intake, sent = int(stage.suite.note["pids"]["intake"]), ENDLESS[what]()
    before, begun = forget_peak(intake), time.monotonic()
    answer = attach(*paper, *sent)
    assert answer.status_code == 422, answer.text
    assert time.monotonic() - begun < 20
    assert peak(intake) - before < GRAINS


def peak(process: int) -> int:
    """Return how much memory a process held at most, in bytes, since that was last forgotten."""
    told = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", told)[0]) << 10


def forget_peak(process: int) -> int:
    """Begin anew with what a process holds now, and return that."""
    Path(f"/proc/{process}/clear_refs").write_text("5")
    return peak(process)


def test_s34_what_a_process_holds_for_a_moment_is_seen() -> None:
    """What is given back before the answer would hide from whoever looks afterwards."""
    takes = (
        f"print(flush=True); input(); held = bytearray({2 * GRAINS}); del held; print(flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", takes], stdin=PIPE, stdout=PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        before = forget_peak(process.pid)
        process.stdin.write(b"\n")
        process.stdin.flush()
        process.stdout.readline()
        assert psutil.Process(process.pid).memory_info().rss - before < GRAINS
        assert peak(process.pid) - before > GRAINS
        process.kill()


NAMES = [
    "../../../etc/passwd.jpg",
    "..\\..\\win.ini.jpg",
    "a\r\nSet-Cookie: x=y.jpg",
    'a"; filename="b.html.jpg',
    "=cmd|' /C calc'!A0.jpg",
    "<img src=x onerror=alert(1)>.jpg",
    "con.jpg",
    "a\u202egpj.jpg",
    "giấy chứng sinh" * 30 + ".jpg",
    "gia\u0302\u0301y.jpg",
    "%2e%2e%2fpasswd.jpg",
    "file:///etc/passwd.jpg",
]


@pytest.mark.asvs("5.3.2", "5.4.1", "5.4.2")
@pytest.mark.parametrize("name", NAMES)
def test_s32_the_name_of_a_file_is_only_a_name(
    stage: Stage, paper: tuple[httpx.Client, str, str], name: str
) -> None:
    http, draft, component = paper
    answer = attach(http, draft, component, name, photo("x"), JPEG)
    assert answer.status_code == 201, answer.text
    kept = next(one for one in every(answer.json()) if one.get("name"))
    for sign in ("/", "\\", "\r", "\n", '"', "\u202e", "<script", "\0"):
        assert sign not in kept["name"]
    assert kept["name"].lstrip()[:1] not in "=+-@"
    assert len(kept["name"].encode()) <= 190
    taken = kept.get("id")
    if taken:
        http.delete(f"/api/intake/drafts/{draft}/attachments/{taken}")


def every(told: Json | list[Json]) -> Iterator[Json]:
    """Walk through all objects of an answer."""
    if isinstance(told, dict):
        yield told
    for one in told.values() if isinstance(told, dict) else told:
        if isinstance(one, dict | list):
            yield from every(one)


@pytest.mark.asvs("5.2.1", "2.4.1")
def test_s32_a_body_beyond_measure_is_refused_before_it_is_read(paper: tuple[httpx.Client, str, str]) -> None:
    answer = attach(*paper, "a.pdf", pdf() + bytes(40 << 20), PDF)
    assert answer.status_code == 413


@pytest.mark.asvs("8.2.2", "5.3.1")
@pytest.mark.parametrize("draft", ["x", "../dossiers", "%00", "018f0000-0000-7000-8000-000000000001"])
def test_s32_a_file_goes_to_no_draft_of_anybody_else(
    stage: Stage, paper: tuple[httpx.Client, str, str], draft: str
) -> None:
    http, _, component = paper
    for place in (draft, stage.draft["id"]):
        assert attach(http, place, component, "a.jpg", photo("x"), JPEG).status_code in (400, 404, 405, 422)


def papers(stage: Stage) -> tuple[str, list[Json]]:
    """Return the finished dossier's address and its files."""
    dossier = stage.job.dossier(stage.job.citizen)
    return f"/api/intake/dossiers/{stage.job.code}", [
        one for part in dossier["components"] for one in part["files"]
    ]


@pytest.mark.asvs("3.2.1", "5.3.1", "5.4.1")
@pytest.mark.parametrize("who", [CITIZEN, "motcua.hoalu"])
def test_s32_a_file_is_downloaded_and_never_a_page_of_ours(stage: Stage, who: str) -> None:
    place, files = papers(stage)
    assert files
    for file in files:
        answer = stage.person(who).http.get(f"{place}/files/{file['id']}", params={"unscanned": "open"})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "no-store" in answer.headers["cache-control"]
