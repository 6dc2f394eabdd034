"""A survey on its way: built, published, answered by people nobody knows, closed, its results read by everybody."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from regulation.zone import local_day

from suite.demo.actors import Actor, JourneyError, Json, patiently
from suite.demo.welcome import PASSWORD
from suite.run.provinces import STANDARD, retell

Say = Callable[[str, str], None]
ROOT = "/api/qa"
MARKS = (5, 4, 5, 3, 4)
"""How satisfied those are who answer; fewer than five would not be told."""
QUESTIONS: list[Json] = [
    {
        "kind": "single",
        "vi": "Anh chị nộp hồ sơ bằng cách nào?",
        "en": "How did you file?",
        "required": True,
        "choices": [{"vi": "Trực tuyến", "en": "Online"}, {"vi": "Tại bộ phận một cửa", "en": "At the desk"}],
    },
    {
        "kind": "scale",
        "vi": "Anh chị hài lòng đến đâu với việc giải quyết hồ sơ?",
        "en": "How satisfied are you with how it was handled?",
        "required": True,
    },
]


@dataclass
class SurveyJob:
    """One survey; `say` hears the title and the outcome of each step."""

    url: str
    say: Say = lambda _title, _what: None
    profile: str = STANDARD

    def __post_init__(self) -> None:
        """Bring the people in."""
        self.visitor, self.editor = Actor(self.url), Actor(self.url)
        self.number = ""

    def play(self) -> str:
        """Play every step and return the survey's number.

        Raises:
            JourneyError: a step did not go as it must.
        """
        self.editor.sign_in(retell("dieuphoi", self.profile), PASSWORD)
        for step in (self.publish, self.answer, self.close):
            step()
        return self.number

    def _sent(self, method: str, path: str, **body: object) -> Json:
        place = f"{ROOT}/survey-desk/{self.number}"
        versioned = {"version": self.editor.get(place)["version"], **body}
        done: Json = self.editor.ask(method, f"{place}/{path}", json=versioned)
        return done

    def publish(self) -> None:
        """The coordinator builds the survey and publishes it for a week."""
        today = local_day(datetime.now(UTC))
        title = f"Mức độ hài lòng tháng {today.month}/{today.year}"
        body = {
            "kind": "satisfaction",
            "audience": "everybody",
            "by_agency": False,
            "title": {"vi": title, "en": f"Satisfaction, {today.month}/{today.year}"},
            "introduction": {"vi": "Hai câu, một phút, không ghi tên.", "en": ""},
        }
        self.number = str(self.editor.post(f"{ROOT}/survey-desk", body)["number"])
        self._sent("PUT", "questions", questions=QUESTIONS)
        days = {"opens_on": today.isoformat(), "closes_on": (today + timedelta(days=7)).isoformat()}
        self._sent("POST", "publication", **days)
        self.say("Khảo sát", f"{self.number}: {title}, không ghi tên")

    def answer(self) -> None:
        """Five people answer, each once; the second try of one is refused."""
        place = f"{ROOT}/surveys/{self.number}/answer"
        for mark in MARKS:
            sent = {"values": {"q1": "1", "q2": str(mark)}, "agency": "", "browser": uuid.uuid4().hex}
            patiently(partial(self.visitor.put, place, sent))
        self.say("Người dân trả lời", f"{len(MARKS)} phiếu, mỗi trình duyệt một lần")

    def close(self) -> None:
        """The coordinator closes it; everybody reads the results, and nobody who said what."""
        self._sent("POST", "closing")
        told = self.visitor.get(f"{ROOT}/surveys/{self.number}/results")
        total = next(one for one in told["questions"] if one["name"] == "q2")["total"]
        if told["taken"] != len(MARKS) or total["mean"] is not None:
            raise JourneyError(
                f"few answers without an account are counted, and their marks are kept back: {told}"
            )
        self.say("Kết quả khảo sát", f"{told['taken']} phiếu không có tài khoản: quá ít để công bố điểm")
