"""The main job from search to signed result, played through the gateway by its people."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from regulation.states import State
from regulation.zone import local as local_time

from suite.demo.actors import Actor, JourneyError, Json, RefusedError, eventually
from suite.demo.example import PROCEDURE, Example, example, photo
from suite.demo.welcome import PASSWORD
from suite.run.provinces import STANDARD

Say = Callable[[str, str], None]


def local(instant: str) -> str:
    """Show an instant as a Vietnamese clerk writes it."""
    return f"{local_time(datetime.fromisoformat(instant)):%H:%M ngày %d/%m/%Y}"


@dataclass
class MainJob:
    """One dossier on its way; `say` hears the title and the outcome of each step."""

    url: str
    folder: Path
    say: Say = lambda _title, _what: None
    profile: str = STANDARD
    code: str = ""
    papers: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Bring the people in."""
        self.example: Example = example(self.profile)
        self.visitor = Actor(self.url)
        self.citizen = Actor(self.url)
        self.desk = Actor(self.url)
        self.specialist = Actor(self.url)
        self.leader = Actor(self.url)

    def play(self) -> str:
        """Play every step and return the dossier code.

        Raises:
            JourneyError: a step did not go as it must.
        """
        for step in self.steps():
            step()
        return self.code

    def steps(self) -> Iterator[Callable[[], None]]:
        """Yield the steps in order."""
        yield from (
            self.find,
            self.sign_in,
            self.submit,
            self.ask_for_supplement,
            self.answer,
            self.accept,
            self.compare,
            self.specialise,
            self.return_once,
            self.sign,
            self.fetch,
            self.verify,
            self.count,
        )

    def find(self) -> None:
        """A visitor finds the procedure in plain words."""
        self.before = self.figures()
        found = self.visitor.get("/api/catalog/procedures", q="lam giay khai sinh", limit=5)
        codes = [item["code"] for item in found["items"]]
        if PROCEDURE not in codes:
            raise JourneyError(f"“lam giay khai sinh” does not find {PROCEDURE}: {codes}")
        page = self.visitor.get(f"/api/catalog/procedures/{PROCEDURE}")
        self.say(
            "Tìm thủ tục", f"“lam giay khai sinh” → {PROCEDURE} {page['name']} ({found['total']} kết quả)"
        )

    def sign_in(self) -> None:
        """Everybody signs in."""
        self.citizen.sign_in("congdan@motcua.example", PASSWORD)
        self.desk.sign_in(self.example.desk, PASSWORD)
        self.specialist.sign_in(self.example.specialist, PASSWORD)
        self.leader.sign_in(self.example.leader, PASSWORD)
        self.say("Đăng nhập", "công dân, một cửa, chuyên viên, lãnh đạo")

    def submit(self) -> None:
        """The citizen fills the form page by page, uploads the papers and submits, twice with one key."""
        draft = self.citizen.post(
            "/api/intake/drafts",
            {"procedure_code": PROCEDURE, "agency": self.example.agency, "case": "standard"},
        )
        place = f"/api/intake/drafts/{draft['id']}"
        for page, values in self.example.answers.items():
            draft = self.citizen.put(f"{place}/pages/{page}", {"values": values})
        for component in draft["components"]:
            if component["needed"]:
                upload = {"file": (f"{component['id']}.jpg", photo(component["id"]), "image/jpeg")}
                self.citizen.ask(
                    "POST", f"{place}/attachments", data={"component": component["id"]}, files=upload
                )
        declared = {"declaration_accepted": True, "declaration_version": draft["declaration"]["version"]}
        body = {"draft_id": draft["id"], "result_channel": "online", **declared}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        started = time.perf_counter()
        first = self.citizen.post("/api/intake/dossiers", body, headers=key)
        took = (time.perf_counter() - started) * 1000
        if self.citizen.post("/api/intake/dossiers", body, headers=key)["code"] != first["code"]:
            raise JourneyError("a double click made two dossiers")
        self.code = first["code"]
        self.say(
            "Nộp hồ sơ", f"mã {self.code} sau {took:.0f} ms; kiểm tra trước {local(first['check_due_at'])}"
        )

    def dossier(self, who: Actor) -> Json:
        """Return the dossier as somebody sees it."""
        seen: Json = who.get(f"/api/intake/dossiers/{self.code}")
        return seen

    def ask_for_supplement(self) -> None:
        """The desk sees the dossier at once, checks it, and asks for everything missing in one request."""
        started = time.perf_counter()
        eventually(self._in_queue, "the dossier in the desk's queue")
        waited = time.perf_counter() - started
        self._judge({"giay-chung-sinh": ("wrong", "Ảnh mờ, không đọc được ngày sinh")})
        request = {
            "version": self.dossier(self.desk)["version"],
            "reason": "Ảnh giấy chứng sinh bị mờ",
            "guidance": "Chụp lại giấy chứng sinh đủ bốn góc, đủ sáng",
            "items": [{"component": "giay-chung-sinh", "note": "Chụp lại rõ ngày, tháng, năm sinh"}],
        }
        self.desk.post(f"/api/intake/dossiers/{self.code}/supplement-requests", request)
        self._expect(self.desk, State.SUPPLEMENT_REQUESTED)
        self.say("Yêu cầu bổ sung", f"hồ sơ vào hàng đợi sau {waited:.2f} s; một yêu cầu, đầy đủ một lần")

    def _in_queue(self) -> bool:
        page = self.desk.get("/api/intake/desk/dossiers", q=self.code)
        return any(item["code"] == self.code for item in page["items"])

    def _judge(self, otherwise: dict[str, tuple[str, str]]) -> None:
        seen = self.dossier(self.desk)
        verdicts = [
            {"component": part["id"], "verdict": verdict, "note": note}
            for part in seen["components"]
            for verdict, note in [otherwise.get(part["id"], ("ok", ""))]
        ]
        self.desk.put(
            f"/api/intake/dossiers/{self.code}/checklist", {"version": seen["version"], "items": verdicts}
        )

    def _expect(self, who: Actor, *states: str) -> Json:
        def ask() -> Json | None:
            seen = self.dossier(who)
            return seen if seen["state"] in states else None

        return dict(eventually(ask, f"{self.code} in state {' or '.join(states)}"))

    def answer(self) -> None:
        """The citizen finds the request among the open ones and sends a better photograph."""
        requests = self.citizen.get("/api/intake/requests")
        items = requests["items"] if isinstance(requests, dict) else requests
        if not any(self.code in str(item) for item in items):
            raise JourneyError("the open request is not on the citizen's start page")
        place = f"/api/intake/dossiers/{self.code}"
        upload = {"file": ("giay-chung-sinh-2.jpg", photo("giay chung sinh ro"), "image/jpeg")}
        self.citizen.ask("POST", f"{place}/attachments", data={"component": "giay-chung-sinh"}, files=upload)
        self.citizen.post(f"{place}/supplement-answer", {"version": self.dossier(self.citizen)["version"]})
        self._expect(self.citizen, State.SUBMITTED)
        self.say("Bổ sung", "ảnh chụp lại đã gửi; đồng hồ kiểm tra chạy lại từ đầu")

    def accept(self) -> None:
        """The desk accepts: receipt with appointment, due date explained, dossier with the specialist unit."""
        self._judge({})
        version = self.dossier(self.desk)["version"]
        self.desk.post(f"/api/intake/dossiers/{self.code}/acceptance", {"version": version})
        seen = self._expect(self.citizen, State.FORWARDED, State.IN_PROCESS)
        self.say("Tiếp nhận", f"hẹn trả {local(seen['due']['due_at'])}")
        self.say("Vì sao là ngày này?", seen["due"]["sentence"])
        for row in seen["due"]["rows"]:
            counted = "tính" if row["counted"] else "không tính"
            self.say("", f"   {row['start']} – {row['end']}  {counted:<10}  {row['text']}")

    def compare(self) -> None:
        """Where the regulation has forms signed and originals shown before a result goes, the applicant does so."""
        seen = self.dossier(self.desk)
        if not seen["pickup"]:
            return
        found = {item["component"]: item["choices"][0]["id"] for item in seen["pickup"]}
        items = [{"component": component, "finding": finding} for component, finding in found.items()]
        place = f"/api/intake/dossiers/{self.code}/comparison"
        self.desk.put(place, {"version": seen["version"], "items": items})
        self.say("Đối chiếu bản chính", ", ".join(item["name"] for item in seen["pickup"]))

    def _handled(self, who: Actor) -> Json:
        seen: Json = who.get(f"/api/processing/agencies/{self.example.agency}/dossiers/{self.code}")
        return seen

    def _act(self, who: Actor, action: str, **body: object) -> Json:
        versioned = {"version": self._handled(who)["version"], **body}
        done: Json = who.post(
            f"/api/processing/agencies/{self.example.agency}/dossiers/{self.code}/{action}", versioned
        )
        return done

    def specialise(self) -> None:
        """The specialist takes the dossier and proposes to grant it."""
        if self._handled(self.leader).get("officer") is None:
            self.specialist.post(f"/api/processing/agencies/{self.example.agency}/dossiers/{self.code}/claim")
        self._propose()
        self.say("Chuyên viên", "nhận hồ sơ, kiểm tra, trình lãnh đạo")

    def _propose(self) -> None:
        handled = self._handled(self.specialist)
        lines = [line["name"] for page in handled["result_form"]["pages"] for line in page["fields"]]
        content = {name: self.example.result[name] for name in lines if name in self.example.result}
        self._act(self.specialist, "proposal", outcome="grant", content=content)

    def return_once(self) -> None:
        """The leader returns the proposal once with remarks; the specialist proposes again."""
        self._act(self.leader, "sending-back", remarks="Ghi rõ nơi sinh theo giấy chứng sinh")
        self._propose()
        self.say("Lãnh đạo trả lại", "“Ghi rõ nơi sinh theo giấy chứng sinh”; chuyên viên trình lại")

    def sign(self) -> None:
        """The leader approves and signs; the citizen sees the result within the minute the rows allow."""
        if "approval" in self._handled(self.leader)["actions"]:
            self._act(self.leader, "approval", remarks="Đồng ý")
        if "signature" in self._handled(self.leader)["actions"]:
            self._act(self.leader, "signature")
        started = time.perf_counter()
        self._expect(self.citizen, State.RESULT_READY, State.RETURNED)
        self.say("Ký", f"công dân thấy kết quả sau {time.perf_counter() - started:.2f} s")

    def fetch(self) -> None:
        """The citizen reads the notices and downloads every paper."""
        seen = self._expect(self.citizen, State.RETURNED)
        for paper in seen["documents"]:
            content = self.citizen.get(f"/api/intake/dossiers/{self.code}/documents/{paper['id']}")
            if not content.startswith(b"%PDF"):
                raise JourneyError(f"{paper['kind']} is no PDF")
            place = self.folder / f"{self.code}-{paper['kind']}.pdf"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            self.papers.append(place)
        notices = eventually(
            lambda: self.citizen.get("/api/notify/messages")["items"], "a notice in the inbox"
        )
        self.say("Nhận kết quả", f"{len(self.papers)} giấy tờ PDF, {len(notices)} thông báo")
        for place in self.papers:
            self.say("", f"   {place}")

    def verify(self) -> None:
        """Anybody checks the signature by its code and looks the dossier up without seeing who it belongs to."""
        code = self._handled(self.leader)["verification_code"]
        report = self.visitor.get(f"/api/intake/verifications/{code}")
        if not report["valid"]:
            raise JourneyError(f"the signature does not verify: {report}")
        public = self.visitor.get(f"/api/intake/tracking/{self.code}")
        if "Nguyễn Thị Ánh" in str(public):
            raise JourneyError("the public look-up shows the applicant's name")
        try:
            Actor(self.url).sign_in("congdan2@motcua.example", PASSWORD).get(
                f"/api/intake/dossiers/{self.code}"
            )
        except RefusedError as refusal:
            if refusal.status != 404:
                raise
        else:
            raise JourneyError("somebody else sees the dossier")
        self.say(
            "Xác minh",
            f"chữ ký hợp lệ: {report['signer']}, {local(report['signed_at'])}; người khác không xem được",
        )

    def figures(self) -> Json:
        """Return the figures of the running month for the whole province."""
        totals = Actor(self.url).get("/api/stats/public", group="province")["totals"]
        return dict(totals[-1])

    def count(self) -> None:
        """The public statistics have counted the dossier, and their sums agree."""

        def counted() -> Json | None:
            now = self.figures()
            more = now["received"] > self.before["received"] and now["finished"] > self.before["finished"]
            return now if more else None

        now = eventually(counted, "statistics to count the dossier")
        come_in = now["carried_over"] + now["received"]
        if come_in != now["finished"] + now["in_progress"] + now["paused"] + now["withdrawn"]:
            raise JourneyError(f"the account does not add up: {now}")
        self.say("Thống kê", f"tiếp nhận {now['received']}, đã giải quyết {now['finished']}; cộng sổ khớp")
