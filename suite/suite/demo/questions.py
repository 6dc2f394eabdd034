"""A question on its way: asked, sorted, drafted, released and, where the province publishes, found by all."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from suite.demo.actors import Actor, JourneyError, Json, eventually, patiently
from suite.demo.welcome import PASSWORD
from suite.run.provinces import STANDARD, retell

Say = Callable[[str, str], None]
ROOT = "/api/qa"
WHO = {
    "name": "Nguyễn Thị Ánh",
    "full_name": "Nguyễn Thị Ánh",
    "nationality": "Việt Nam",
    "id_number": "000190000001",
    "address": "Số 5 đường Tràng An",
    "email": "congdan@motcua.example",
    "reply_email": "congdan@motcua.example",
}
"""What the asker says of herself; each province asks for some of it."""
TITLE = "Khai sinh muộn"
TEXT = "Con tôi đã 3 tuổi mà chưa khai sinh. Tôi phải nộp giấy tờ gì, có bị phạt không?"
ANSWER = "Anh chị nộp tờ khai đăng ký khai sinh và giấy chứng sinh. Khai sinh muộn không bị phạt."
CITATION = {
    "number": "60/2014/QH13",
    "title": "Luật Hộ tịch",
    "issued_on": "2014-11-20",
    "issuer": "Quốc hội",
    "effective_on": "2016-01-01",
}
PEOPLE = ("dieuphoi", "hoidap.hoalu", "lanhdao.hoalu")


@dataclass(frozen=True)
class Written:
    """A question as somebody asks it, and its answer as an agency gives it."""

    title: str
    text: str
    answer: str
    citation: Json
    procedure: str | None = "1.001193"


def asks(url: str) -> bool:
    """Say whether the province takes questions."""
    return bool(Actor(url).get(f"{ROOT}/terms")["enabled"])


@dataclass
class QuestionAndAnswer:
    """One question; `say` hears the title and the outcome of each step."""

    url: str
    say: Say = lambda _title, _what: None
    profile: str = STANDARD
    written: Written | None = None
    """What is asked; without it the usual question, with a mark that tells it from those of earlier runs."""
    number: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        """Bring the people in."""
        self.agency = retell("H42.101", self.profile)
        self.asker, self.visitor = Actor(self.url), Actor(self.url)
        self.coordinator, self.owner, self.leader = (Actor(self.url) for _ in PEOPLE)
        self.mark = uuid.uuid4().hex[:6]
        usual = Written(f"{TITLE} {self.mark}", f"{TEXT} ({self.mark})", ANSWER, CITATION)
        self.told = self.written or usual
        self.terms: Json = {}

    def play(self) -> str:
        """Play every step and return the question's number.

        Raises:
            JourneyError: a step did not go as it must.
        """
        for step in self.steps():
            step()
        return self.number

    def steps(self) -> Iterator[Callable[[], None]]:
        """Yield the steps in order; the last two where the province publishes."""
        yield from (self.sign_in, self.ask, self.sort, self.draft, self.release, self.read)
        if self.terms["publishes"] != "no":
            yield from (self.publish, self.find)

    def sign_in(self) -> None:
        """The officers sign in; whoever asks needs no account."""
        self.terms = self.asker.get(f"{ROOT}/terms")
        for actor, login in zip((self.coordinator, self.owner, self.leader), PEOPLE, strict=True):
            actor.sign_in(retell(login, self.profile), PASSWORD)

    def ask(self) -> None:
        """Somebody asks and gets a number and a link."""
        form = self.terms["forms"]["individual"]
        names = {field["name"] for page in form["pages"] for field in page["fields"]}
        body = {
            "asker_kind": "individual",
            "values": {name: WHO[name] for name in WHO if name in names},
            "topic": self.terms["topics"][0]["value"],
            "agency": None,
            "procedure": self.told.procedure,
            "title": self.told.title,
            "text": self.told.text,
            "warnings_seen": True,
        }
        asked = patiently(lambda: self.asker.post(f"{ROOT}/questions", body))
        self.number, self.key = asked["number"], asked["key"]
        self.say("Đặt câu hỏi", f"số {self.number}, không cần tài khoản, theo dõi bằng liên kết")

    def _seen(self, who: Actor) -> Json:
        return dict(
            eventually(lambda: who.get(f"{ROOT}/questions/{self.number}"), f"{self.number} before an officer")
        )

    def _act(self, who: Actor, action: str, *, method: str = "POST", **body: object) -> Json:
        sent = {"version": self._seen(who)["version"], **body}
        done: Json = who.ask(method, f"{ROOT}/questions/{self.number}/{action}", json=sent)
        return done

    def sort(self) -> None:
        """The coordinator sorts the question and forwards it."""
        sorted_ = self._act(
            self.coordinator,
            "triage",
            agency=self.agency,
            topic=self.terms["topics"][0]["value"],
            kind="own",
        )
        due = next(
            clock for clock in sorted_["clocks"] if not clock["ended_at"] and clock["kind"] == "answer"
        )
        self.say("Phân loại", f"chuyển {sorted_['agency_name']}; {due['sentence']}")

    def draft(self) -> None:
        """The agency's officer drafts and passes the draft on."""
        cited = self.told.citation
        body = {"text": self.told.answer, "citations": [cited], "no_citation_reason": "", "submit": True}
        self._act(self.owner, "draft", method="PUT", **body)
        self.say("Dự thảo", f"viện dẫn {cited['number']}, trình lãnh đạo")

    def release(self) -> None:
        """The leader releases the answer under the own name."""
        known = self._seen(self.leader)["leader"] or {}
        signed = {
            "full_name": known.get("full_name") or self.leader.account["display_name"],
            "position": known.get("position") or "Chủ tịch",
            "phone": known.get("phone") or "02293871234",
            "email": known.get("email") or "hoidap@motcua.example",
        }
        self._act(self.leader, "release", **signed)
        self.say("Lãnh đạo duyệt", f"{signed['full_name']} trả lời")

    def read(self) -> None:
        """Whoever asked reads the answer by the link."""
        seen = self.asker.post(f"{ROOT}/follow-ups", {"key": self.key})
        if not seen["answer"] or seen["answer"]["text"] != self.told.answer:
            raise JourneyError(f"the asker does not read the answer: {seen}")
        self.say("Người hỏi đọc", seen["answer"]["standing_notice"])

    def publish(self) -> None:
        """The agency proposes what may be public, personal data masked; a second person publishes it."""
        ready = self.owner.get(f"{ROOT}/questions/{self.number}/masking")
        body = {name: ready[name] for name in ("title", "question", "answer")}
        self._act(self.owner, "publication", method="PUT", **body, with_name=False)
        self._act(self.coordinator, "publication/confirmation")
        self.say("Công khai", "người thứ hai đã xem lại")

    def find(self) -> None:
        """Anybody finds the answer in plain words, and nobody reads who asked."""
        words = self.written.title if self.written else f"khai sinh muon {self.mark}"

        def found() -> bool:
            page = self.visitor.get(f"{ROOT}/answers", q=words, limit=5)
            return self.number in [item["number"] for item in page["items"]]

        eventually(found, f"“{words}” to find {self.number}")
        public = self.visitor.get(f"{ROOT}/answers/{self.number}")
        if any(secret in str(public) for secret in (WHO["full_name"], WHO["id_number"], WHO["email"])):
            raise JourneyError("the published answer tells who asked")
        self.say("Tìm thấy", f"“{words}” → {self.number}; không lộ người hỏi")
