"""The suite under attack, its people, and what belongs to the victim."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
from suite.demo.actors import Actor, Json, eventually
from suite.demo.example import PROCEDURE, photo
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

from camp.people import Browser, client, signed_in

CITIZEN, STRANGER = "congdan@motcua.example", "congdan2@motcua.example"

GUESSED = {
    "feedback": "PA-2026-000001",
    "phase": "result",
    "survey": "KS-2026-000001",
    "evaluation": "DG-2026-000001",
}
"""What anybody could guess: numbers count up."""


NOBODYS = (
    "change_id",
    "proof_id",
    "reset_id",
    "registration_id",
    "proposal_id",
    "suspension_id",
    "authorisation_id",
    "code_id",
    "hold_id",
    "request_id",
    "passkey_id",
    "bulk_id",
    "consultation_id",
    "absence_id",
    "view_id",
    "task",
)
"""What has keys that nobody guesses: an attacker sends some of his own."""


@dataclass
class Stage:
    """The suite under attack, its people, and what belongs to the victim."""

    suite: RunningSuite
    job: MainJob
    draft: Json
    known: dict[str, str]
    person: Callable[[str], Actor]
    browser: Callable[[str], Browser]

    @property
    def url(self) -> str:
        """Return where the edge answers."""
        return self.suite.url

    def service(self, name: str) -> str:
        """Return where a service itself answers, behind the edge."""
        return f"http://127.0.0.1:{self.suite.note['ports'][name]}"

    def stranger(self) -> httpx.Client:
        """Return somebody nobody knows, from an address of his own."""
        return client(self.url)

    def comes_back(self, login: str) -> None:
        """Sign somebody in again, over the API and at the portal, whose sign-ins a test ended."""
        self.person(login).sign_in(login, PASSWORD)
        self.browser(login).web.cookies.clear()
        self.browser(login).sign_in(login)

    def fate(self) -> Json:
        """Return what must not have changed after an attack."""
        dossier = self.job.dossier(self.job.citizen)
        draft = self.person(CITIZEN).get(f"/api/intake/drafts/{self.draft['id']}")
        return {"state": dossier["state"], "version": dossier["version"], "draft": draft["version"]}


def _draft(citizen: Actor, agency: str) -> tuple[Json, str]:
    """Begin an application with one paper, and return it with the paper's number."""
    body = {"procedure_code": PROCEDURE, "agency": agency, "case": "standard"}
    draft = citizen.post("/api/intake/drafts", body)
    component = next(one["id"] for one in draft["components"] if one["needed"])
    paper = citizen.ask(
        "POST",
        f"/api/intake/drafts/{draft['id']}/attachments",
        data={"component": component},
        files={"file": ("a.jpg", photo("a"), "image/jpeg")},
    )
    found: Json = citizen.get(f"/api/intake/drafts/{draft['id']}")
    return found, str(paper.get("id") or found["components"][0]["files"][0]["id"])


def question(citizen: Actor) -> tuple[str, str]:
    """Ask a question with a file in the citizen's account and return the numbers of both."""
    values = {
        "full_name": "Nguyễn Thị Ánh",
        "nationality": "Việt Nam",
        "id_number": "000190000001",
        "address": "Hoa Lư, Ninh Bình",
        "reply_phone": "0900000001",
    }
    sent = citizen.ask("POST", "/api/qa/uploads", files={"file": ("a.jpg", photo("a"), "image/jpeg")})
    body = {
        "files": [sent["ticket"]],
        "asker_kind": "individual",
        "values": values,
        "topic": "procedures",
        "title": "Giấy tờ khai sinh cho con",
        "text": "Tôi muốn hỏi khai sinh cho con cần những giấy tờ gì và nộp ở đâu?",
    }
    number = str(citizen.post("/api/qa/questions", body)["number"])
    return number, str(citizen.get(f"/api/qa/own-questions/{number}")["files"][0]["id"])


def barred(office: Actor) -> str:
    """Keep somebody nobody knows from asking and return the decision's key."""
    body = {
        "id_number": "000190009999",
        "decision": "12/QĐ-UBND",
        "ground": "Gửi nội dung xúc phạm nhiều lần",
    }
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    return str(office.post("/api/qa/bars", {**body, "appeal": "Thanh tra tỉnh", "until": until})["id"])


def finished(suite: RunningSuite, folder: Path, person: Callable[[str], Actor]) -> MainJob:
    """Play a dossier to its result."""
    job = MainJob(suite.url, folder)
    job.citizen, job.desk = person(CITIZEN), person(job.example.desk)
    job.specialist, job.leader = person(job.example.specialist), person(job.example.leader)
    job.submit()
    eventually(job._in_queue, "the dossier in the desk's queue")
    job.accept()
    eventually(lambda: job._handled(job.leader), "processing to know the dossier")
    for step in (job.specialise, job.return_once, job.sign, job.fetch):
        step()
    return job


def pitched(suite: RunningSuite, folder: Path) -> Stage:
    """Play one dossier to its result and begin another, both of one citizen."""
    person = cache(lambda login: signed_in(suite.url, login))
    job = finished(suite, folder, person)
    draft, file = _draft(job.citizen, job.example.agency)
    mails = eventually(lambda: job.citizen.get("/api/notify/messages")["items"], "a notice")
    asked, attached = question(job.citizen)
    known = {
        "code": job.code,
        "agency": job.example.agency,
        "draft_id": draft["id"],
        "file_id": file,
        "document_id": job.dossier(job.citizen)["documents"][0]["id"],
        "message_id": mails[0]["id"],
        "officer_id": person("quantri.hoalu").get("/api/identity/officers")["items"][0]["id"],
        "sha256": "0" * 64,
        "page": "child",
        "id_": PROCEDURE,
        "number": "1",
        "kind": "dossier_accepted",
        "book": "incidents",
        "question": asked,
        "attachment_id": attached,
        "paper_id": job.citizen.get("/api/intake/vault/papers")["items"][0]["id"],
        "bar_id": barred(person("vanphong.tinh")),
    }
    known |= GUESSED | dict.fromkeys(NOBODYS, str(uuid.uuid4()))
    browser = cache(lambda login: Browser(suite.url).sign_in(login))
    return Stage(suite, job, draft, known, person, browser)
