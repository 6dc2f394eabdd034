"""What the tests of questions do again and again: ask, sort, draft, release, publish."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import httpx
from common.database import Database
from common.ids import uuid7
from fastapi import FastAPI
from qa.models import Agency, Officer, Procedure
from suite.testing import outbox_events

QA = "/api/qa"
PROOF_KEY = "the key that identity has too"
AGENCY, OTHER = "H42.101", "H42.102"
MONDAY = "2026-11-16T02:00:00+00:00"  # 09:00 in Vietnam
TEXT = "Tôi muốn biết đăng ký khai sinh cho con sinh ở nước ngoài cần những giấy tờ gì và nộp ở đâu?"
ANSWER = (
    "Hồ sơ gồm tờ khai và giấy tờ chứng minh việc sinh ở nước ngoài, nộp tại xã nơi cư trú của cha hoặc mẹ."
)
PERSON: dict[str, Any] = {
    "full_name": "Nguyễn Thị Ánh",
    "nationality": "Việt Nam",
    "id_number": "001190000017",
    "address": "Số 8 phố Hàng Bông, Thái Nguyên",
    "email": "anh@motcua.example",
}
COMPANY: dict[str, Any] = {
    "organisation_name": "Công ty TNHH Sông Cầu",
    "organisation_phone": "02083855555",
    "organisation_email": "songcau@motcua.example",
    "representative_name": "Trần Văn Bình",
    "head_office_address": "Số 1 Hoàng Văn Thụ, Thái Nguyên",
    "asker_name": "Lê Thị Cúc",
    "asker_position": "Kế toán",
    "asker_phone": "0912345678",
    "asker_email": "cuc@motcua.example",
}
ASKERS: dict[str, dict[str, Any]] = {
    "ninh-binh": {name: said for name, said in PERSON.items() if name != "email"},
    "thai-nguyen": PERSON,
    "binh-dinh": {"name": "Nguyễn Thị Ánh", "reply_email": "anh@motcua.example"},
    "quang-tri": {"name": "Nguyễn Thị Ánh", "reply_phone": "0912345678"},
}
"""A person as the form of each province that takes questions asks for one; Hà Nam takes none."""
PROVINCES = (*ASKERS, "ha-nam")
LEADER = {
    "full_name": "Phạm Văn Dũng",
    "position": "Giám đốc",
    "phone": "0208 3855 888",
    "email": "dung@thainguyen.example",
}
CITATION = {
    "number": "60/2014/QH13",
    "title": "Luật Hộ tịch",
    "issuer": "Quốc hội",
    "issued_on": "2014-11-20",
    "effective_on": "2016-01-01",
}
Json = dict[str, Any]


def body(**changes: Any) -> Json:
    """Return a question as a person of Thái Nguyên asks it."""
    return {
        "asker_kind": "individual",
        "values": PERSON,
        "topic": "legal_rules",
        "agency": AGENCY,
        "title": "Đăng ký khai sinh cho con sinh ở nước ngoài",
        "text": TEXT,
        **changes,
    }


@dataclass
class Stage:
    """Everybody who takes part, on one service."""

    app: FastAPI
    database: Database
    people: dict[str, httpx.AsyncClient]

    def at(self, instant: str) -> None:
        """Move the clock of the service."""
        self.app.state.now = lambda: datetime.fromisoformat(instant)

    async def send(self, who: str, method: str, path: str, sent: Json | None = None) -> httpx.Response:
        """Send something as somebody."""
        headers = {"Idempotency-Key": str(uuid7())}
        return await self.people[who].request(method, f"{QA}{path}", json=sent, headers=headers)

    async def asked(self, who: str = "nobody", **changes: Any) -> Json:
        """Ask a question; give its number and key."""
        answer = await self.send(who, "POST", "/questions", body(**changes))
        assert answer.status_code == 201, answer.text
        told: Json = answer.json()
        return told

    async def seen(self, who: str, number: str) -> Json:
        """Read a whole question as an officer."""
        answer = await self.send(who, "GET", f"/questions/{number}")
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def does(self, who: str, number: str, action: str, **sent: Any) -> Json:
        """Take an action that works, on the newest version; give the question after it."""
        answer = await self.tries(who, number, action, **sent)
        assert answer.status_code in (200, 201), answer.text
        told: Json = answer.json()
        return told

    async def tries(self, who: str, number: str, action: str, **sent: Any) -> httpx.Response:
        """Take an action on the newest version."""
        if "version" not in sent:
            sent["version"] = (await self.seen("centre", number))["version"]
        method = "PUT" if action in ("draft", "publication") else "POST"
        return await self.send(who, method, f"/questions/{number}/{action}", sent)

    async def forwarded(self, agency: str = AGENCY, **changes: Any) -> Json:
        """Ask a question and forward it; give what the asker got."""
        asked = await self.asked(**changes)
        await self.does(
            "centre", asked["number"], "triage", agency=agency, topic=changes.get("topic", "legal_rules")
        )
        return asked

    async def drafted(self, **changes: Any) -> Json:
        """Ask, forward and draft; give what the asker got."""
        asked = await self.forwarded(**changes)
        await self.does("owner", asked["number"], "draft", text=ANSWER, citations=[CITATION], submit=True)
        return asked

    async def answered(self, **changes: Any) -> Json:
        """Ask, forward, draft and release; give what the asker got."""
        asked = await self.drafted(**changes)
        await self.does("signer", asked["number"], "release", **LEADER)
        return asked

    async def answered_by_account(self) -> Json:
        """Let an account ask with consent, and go on until its name is public."""
        asked = await self.answered_by("asker", consent_name=True)
        number = asked["number"]
        texts = {"title": "Khai sinh cho con", "question": TEXT, "answer": ANSWER}
        await self.does("owner", number, "publication", **texts, with_name=True)
        await self.does("controller", number, "publication/confirmation")
        return asked

    async def answered_by(self, who: str, **changes: Any) -> Json:
        """Let somebody ask, and go on until the answer is there."""
        asked = await self.asked(who, **changes)
        number = asked["number"]
        await self.does("centre", number, "triage", agency=AGENCY, topic="legal_rules")
        await self.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
        await self.does("signer", number, "release", **LEADER)
        return asked

    async def published(self, title: str = "Khai sinh cho con sinh ở nước ngoài", **changes: Any) -> Json:
        """Go all the way until everybody may read the answer."""
        asked = await self.answered(**changes)
        texts = {"title": title, "question": changes.get("text", TEXT), "answer": ANSWER}
        await self.does("owner", asked["number"], "publication", **texts)
        await self.does("controller", asked["number"], "publication/confirmation")
        return asked

    async def events(self, *types: str) -> list[Json]:
        """Give the announced facts of some types in their order."""
        async with self.database.sessions() as session:
            told = await outbox_events(session)
        return [data for name, data in told if not types or name.split(".")[1] in types]


async def fill(database: Database) -> None:
    """Enter two agencies, one that ended, a procedure, and who works there."""
    async with database.sessions.begin() as session:
        for code, name, until in (
            (AGENCY, "Sở Tư pháp", None),
            (OTHER, "Sở Xây dựng", None),
            ("H42.900", "Sở cũ", date(2026, 1, 1)),
        ):
            session.add(
                Agency(
                    code=code,
                    version=1,
                    name=name,
                    name_en="",
                    parent="H42",
                    valid_from=date(2020, 1, 1),
                    valid_to=until,
                )
            )
        session.add(Procedure(code="1.001193", version=1, name="Đăng ký khai sinh", name_en=""))
        for id_, agency, role in (
            ("owner", AGENCY, "qa_owner"),
            ("head", AGENCY, "agency_head"),
            ("signer", AGENCY, "signer"),
            ("other-head", OTHER, "agency_head"),
            ("centre", "", "coordinator"),
        ):
            session.add(
                Officer(id=id_, version=1, display_name=id_, agency=agency, roles=[role], active=True)
            )
