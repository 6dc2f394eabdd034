"""A ward on one day: its officers behind the counter and at their desks, and everything that comes in by five ways."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from common.clock import utc_now
from regulation.states import State
from regulation.zone import local
from suite.demo.actors import Actor, Json, eventually
from suite.demo.example import ANSWERS, PROCEDURE, photo
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD

BOOK = "/api/registers/books/incidents/entries"
LONGER = "1.004873"
"""A certificate that takes three working days: time enough to promise another day."""
SINGLE: Json = {"status": "never", "purpose": "marriage"}
OTHERS = ("H42.102", "H42.15")
"""Whom the ward asks for an opinion."""


def flat(pages: dict[str, Json]) -> Json:
    """Return the answers of all pages in one."""
    return {name: value for page in pages.values() for name, value in page.items()}


@dataclass
class Ward:
    """Who works in the ward, as clients of the suite, and the codes of the day by the way each came."""

    url: str
    folder: Path
    codes: dict[str, list[str]] = field(default_factory=dict)
    clerk: Actor = field(init=False)
    second: Actor = field(init=False)
    operator: Actor = field(init=False)

    def __post_init__(self) -> None:
        """Let everybody come to work."""
        self.jobs = MainJob(self.url, self.folder)
        self.jobs.sign_in()
        self.clerk = self.jobs.desk
        self.second = Actor(self.url).sign_in("motcua2.hoalu", PASSWORD)
        self.operator = Actor(self.url).sign_in("quantri", PASSWORD)

    @property
    def all(self) -> list[str]:
        """Return every dossier of the day."""
        return [code for codes in self.codes.values() for code in codes]

    def came(self, way: str, code: str) -> str:
        """Note a dossier that came in some way."""
        self.codes.setdefault(way, []).append(code)
        return code

    def outage(self, began: timedelta, ended: timedelta) -> tuple[str, datetime]:
        """Write an outage into the log that began and ended so long ago; return its number and a moment within it."""
        start, end = local(utc_now() - began), local(utc_now() - ended)
        opened = self.operator.post(
            BOOK,
            {
                "values": {
                    "began_on": f"{start:%Y-%m-%d}",
                    "began_time": f"{start:%H:%M}",
                    "reporter": "Bộ phận một cửa",
                    "part": "intake",
                    "severity": "urgent",
                    "nature": "technical",
                    "lead": "operator",
                    "effect": "Không nhận được hồ sơ.",
                    "announced": False,
                }
            },
        )
        over = {
            "ended_on": f"{end:%Y-%m-%d}",
            "ended_time": f"{end:%H:%M}",
            "cause": "Mất điện.",
            "completeness": "Đã nhận trên phiếu giấy.",
        }
        self.operator.post(
            f"{BOOK}/{opened['number']}/closing", {"version": opened["version"], "values": over}
        )
        number: str = opened["number"]
        eventually(lambda: self._closed(number), f"the desk to know outage {number}")
        return number, utc_now() - (began + ended) / 2

    def _closed(self, number: str) -> bool:
        known = self.clerk.get("/api/intake/desk/late-entries")["outages"]
        return any(one["number"] == number and one["ended_at"] for one in known)

    def online(self) -> str:
        """A citizen submits at the portal; the dossier waits at the desk."""
        job = self.job("")
        job.submit()
        eventually(job._in_queue, f"{job.code} at the desk")
        return self.came("online", job.code)

    def job(self, code: str) -> MainJob:
        """Return the way of one dossier in the hands of the same people."""
        made = MainJob(self.url, self.folder)
        made.code = code
        for name in ("citizen", "desk", "specialist", "leader"):
            setattr(made, name, getattr(self.jobs, name))
        return made

    def write_down(self, way: str, late: Json | None = None, procedure: str = PROCEDURE) -> str:
        """The clerk writes down what came to the counter in some way, and hands it in."""
        desk, counter = self.clerk, "/api/intake/counter"
        draft = desk.post(f"{counter}/drafts", {"procedure_code": procedure, "case": "standard"})
        place = f"{counter}/drafts/{draft['id']}"
        answers = flat(ANSWERS) | {"requester_id": f"0000{uuid.uuid4().int % 10**8:08d}"}
        if procedure == LONGER:
            answers = {name: value for name, value in answers.items() if name in WHO} | SINGLE
        kept = desk.ask("PATCH", place, json={"answers": answers, "version": draft["version"]})
        for component in kept["components"]:
            if component["needed"]:
                upload = {"file": (f"{component['id']}.jpg", photo(component["id"]), "image/jpeg")}
                desk.ask("POST", f"{place}/attachments", data={"component": component["id"]}, files=upload)
        body = {
            "draft_id": draft["id"],
            "declaration_accepted": True,
            "declaration_version": draft["declaration"]["version"],
            "way": way,
            "confirmation": "at_pickup" if way == "telephone" else "signature",
            "late": late,
        }
        code: str = desk.post(f"{counter}/dossiers", body)["code"]
        return self.came("late" if late else way, code)

    def confirm(self, code: str) -> None:
        """The second person compares the paper form and confirms."""
        version = self.second.get(f"/api/intake/dossiers/{code}")["version"]
        self.second.post(f"/api/intake/dossiers/{code}/late-confirmation", {"version": version})

    def accept(self, code: str) -> None:
        """The clerk finds everything in order and accepts."""
        job = self.job(code)
        job._judge({})
        self.clerk.post(
            f"/api/intake/dossiers/{code}/acceptance", {"version": job.dossier(self.clerk)["version"]}
        )

    def arrive(self, code: str) -> Json:
        """Wait until the unit has the dossier, and take it."""
        work = f"/api/processing/agencies/{self.jobs.example.agency}/dossiers/{code}"
        seen: Json = eventually(lambda: self.jobs.leader.get(work), f"{code} in its unit")
        if seen.get("officer") is None:
            self.jobs.specialist.post(f"{work}/claim")
        return seen

    def finish(self, code: str) -> None:
        """The specialist proposes, the leader signs."""
        self.arrive(code)
        job = self.job(code)
        job._propose()
        for action in ("approval", "signature"):
            if action in job._handled(job.leader)["actions"]:
                job._act(job.leader, action)
        self.expect(code, State.RESULT_READY, State.RETURNED)

    def expect(self, code: str, *states: str) -> Json:
        """Wait until the desk sees a dossier in a state."""

        def seen() -> Json | None:
            found: Json = self.clerk.get(f"/api/intake/dossiers/{code}")
            return found if found["state"] in states else None

        told: Json = eventually(seen, f"{code} in state {' or '.join(states)}")
        return told

    def counted(self, **only: Any) -> dict[str, int]:
        """Return the figures of the ward over all months of this year and the last, narrowed as one likes."""
        found: dict[str, int] = {"received": 0, "finished": 0}
        for year in (local(utc_now()).year, local(utc_now()).year - 1):
            rows = Actor(self.url).get("/api/stats/public", group="province", year=year, **only)["totals"]
            for name in found:
                found[name] += sum(row[name] for row in rows)
        return found


WHO = ("requester_name", "requester_id", "requester_phone", "requester_email", "requester_address")
