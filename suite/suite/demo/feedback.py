"""What follows a dossier: its owner gives feedback, which is settled and answered, and rates how it was handled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from suite.demo.actors import Actor, JourneyError, Json, eventually
from suite.demo.welcome import PASSWORD
from suite.run.provinces import STANDARD, retell

Say = Callable[[str, str], None]
ROOT = "/api/qa"
TITLE, TEXT = (
    "Góp ý về nộp ảnh giấy chứng sinh",
    "Tôi phải chụp lại giấy chứng sinh hai lần. Xin hướng dẫn rõ hơn.",
)
REPLY = "Đã thêm ảnh mẫu vào trang hướng dẫn của thủ tục. Cảm ơn anh chị đã góp ý."
SENDER = {"name": "Nguyễn Thị Ánh", "phone": "0900000001", "email": "congdan@motcua.example"}


@dataclass
class FeedbackAndRating:
    """Feedback about one dossier, and its rating; `say` hears the title and the outcome of each step."""

    url: str
    code: str
    say: Say = lambda _title, _what: None
    profile: str = STANDARD

    def __post_init__(self) -> None:
        """Bring the people in."""
        self.agency = retell("H42.101", self.profile)
        self.citizen = Actor(self.url).sign_in("congdan@motcua.example", PASSWORD)
        self.coordinator = Actor(self.url).sign_in(retell("dieuphoi", self.profile), PASSWORD)
        self.leader = Actor(self.url).sign_in(retell("lanhdao.hoalu", self.profile), PASSWORD)

    def play(self) -> str:
        """Play every step and return the feedback's number.

        Raises:
            JourneyError: a step did not go as it must.
        """
        number, key = self.send()
        self.settle(number)
        self.read(key)
        self.rate()
        return number

    def send(self) -> tuple[str, str]:
        """The citizen gives feedback on the portal, or by a channel from which officers enter it."""
        body: Json = {
            "category": "suggestion",
            "title": TITLE,
            "text": f"{TEXT} ({self.code})",
            "dossier": self.code,
            "sender": SENDER,
        }
        terms = self.citizen.get(f"{ROOT}/feedback-terms")
        if terms["from_portal"]:
            sent, how = self.citizen.post(f"{ROOT}/feedback", body), "trên Cổng"
        else:
            channels = {one["value"]: one["label"] for one in terms["entry_channels"]}
            channel = "phone" if "phone" in channels else next(iter(channels))
            came = {"channel": channel, "came_at": datetime.now(UTC).isoformat()}
            sent = self.coordinator.post(f"{ROOT}/feedback/entries", {**body, **came})
            how = f"qua {channels[channel]}"
        self.say("Phản ánh, góp ý", f"số {sent['number']}, {how}, về hồ sơ {self.code}")
        return sent["number"], sent["key"]

    def settle(self, number: str) -> None:
        """The coordinator forwards it, the agency replies."""
        place = f"{ROOT}/feedback/{number}"
        seen = self.coordinator.get(place)
        sorted_ = {"version": seen["version"], "agency": self.agency, "category": "suggestion"}
        self.coordinator.post(f"{place}/triage", sorted_)
        self.leader.post(f"{place}/reply", {"version": self.leader.get(place)["version"], "text": REPLY})
        self.say("Trả lời phản ánh", REPLY)

    def read(self, key: str) -> None:
        """The sender reads the reply."""
        seen = self.citizen.post(f"{ROOT}/follow-ups/feedback", {"key": key})
        if not seen["reply"] or seen["reply"]["text"] != REPLY:
            raise JourneyError(f"the sender does not read the reply: {seen}")

    def rate(self) -> None:
        """The citizen rates how the result came."""
        place = f"{ROOT}/own-ratings/{self.code}"

        def open_phase() -> bool:
            return any(one["phase"] == "result" and one["open"] for one in self.citizen.get(place)["phases"])

        eventually(open_phase, f"the rating of {self.code}")
        told = self.citizen.put(f"{place}/result", {"progress": 5, "quality": 4, "comment": "Nhanh, rõ ràng"})
        given = next(one for one in told["phases"] if one["phase"] == "result")
        self.say("Đánh giá", f"tiến độ {given['progress']}/5, chất lượng {given['quality']}/5")
