"""What the tests of feedback do again and again: file, enter, forward, reply, publish."""

from typing import Any

from qa_stage import AGENCY, Stage

Json = dict[str, Any]
WORDS: Json = {
    "category": "conduct",
    "title": "Thái độ tại bộ phận một cửa",
    "text": "Cán bộ tại bộ phận một cửa yêu cầu tôi bổ sung giấy tờ ngoài danh mục đã công khai.",
    "dossier": "H42.101-261116-0001",
    "sender": {"name": "Nguyễn Thị Ánh", "phone": "0912345678", "email": "anh@motcua.example"},
}
PHONED: Json = {**WORDS, "channel": "published_contacts", "came_at": "2026-11-16T01:30:00Z"}
REPLY = "Đã nhắc nhở và xin lỗi ông/bà."


async def filed(stage: Stage, who: str = "asker", **changes: Any) -> Json:
    """File feedback at the portal; give its receipt."""
    answer = await stage.send(who, "POST", "/feedback", {**WORDS, **changes})
    assert answer.status_code == 201, answer.text
    told: Json = answer.json()
    return told


async def entered(stage: Stage, **changes: Any) -> Json:
    """Enter what came by another channel; give its receipt."""
    answer = await stage.send("centre", "POST", "/feedback/entries", {**PHONED, **changes})
    assert answer.status_code == 201, answer.text
    told: Json = answer.json()
    return told


async def seen(stage: Stage, who: str, number: str) -> Json:
    """Read feedback as an officer."""
    told: Json = (await stage.send(who, "GET", f"/feedback/{number}")).json()
    return told


async def tries(stage: Stage, who: str, number: str, action: str, **sent: Any) -> Any:
    """Take an action on the newest version."""
    version = (await seen(stage, "centre", number))["version"]
    method = "PUT" if action == "publication" else "POST"
    return await stage.send(who, method, f"/feedback/{number}/{action}", {"version": version, **sent})


async def does(stage: Stage, who: str, number: str, action: str, **sent: Any) -> Json:
    """Take an action that works; give the feedback after it."""
    answer = await tries(stage, who, number, action, **sent)
    assert answer.status_code in (200, 201), answer.text
    told: Json = answer.json()
    return told


async def forwarded(stage: Stage, agency: str = AGENCY, **changes: Any) -> Json:
    """File and forward; give the receipt."""
    receipt = await filed(stage, **changes)
    await does(stage, "centre", receipt["number"], "triage", agency=agency, category="conduct")
    return receipt


async def replied(stage: Stage) -> str:
    """File, forward and reply; give the number."""
    receipt = await forwarded(stage)
    await does(stage, "head", receipt["number"], "reply", text=REPLY)
    number: str = receipt["number"]
    return number
