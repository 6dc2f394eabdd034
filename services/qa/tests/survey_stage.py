"""What the tests of surveys do again and again: build one, publish it, let people answer, close it."""

from typing import Any

from qa_stage import AGENCY, QA, Json, Stage
from suite.testing import citizen, client

QUESTIONS: list[Json] = [
    {
        "kind": "single",
        "vi": "Bạn nộp hồ sơ bằng cách nào?",
        "en": "How did you file?",
        "required": True,
        "choices": [{"vi": "Trực tuyến", "en": "Online"}, {"vi": "Tại một cửa"}],
    },
    {"kind": "several", "vi": "Điều gì còn khó?", "choices": [{"vi": "Tìm thủ tục"}, {"vi": "Nộp phí"}]},
    {"kind": "scale", "vi": "Bạn hài lòng đến đâu?", "en": "How satisfied are you?"},
    {"kind": "short", "vi": "Một điều nên sửa"},
    {"kind": "long", "vi": "Ý kiến khác"},
]
DETAILS: Json = {
    "kind": "satisfaction",
    "audience": "everybody",
    "by_agency": True,
    "title": {"vi": "Hài lòng quý IV", "en": "Satisfaction, fourth quarter"},
    "introduction": {"vi": "Ba phút, không ghi tên.", "en": ""},
}
RUNS = {"opens_on": "2026-11-16", "closes_on": "2026-11-30"}
AFTER = "2026-12-01T02:00:00+00:00"


async def written(stage: Stage, **details: Any) -> Json:
    """Begin a survey and give it its questions."""
    begun = await stage.send("centre", "POST", "/survey-desk", {**DETAILS, **details})
    assert begun.status_code == 201, begun.text
    made = begun.json()
    sent = {"version": made["version"], "questions": QUESTIONS}
    filled = await stage.send("centre", "PUT", f"/survey-desk/{made['number']}/questions", sent)
    assert filled.status_code == 200, filled.text
    told: Json = filled.json()
    return told


async def running(stage: Stage, **details: Any) -> str:
    """Publish a survey that runs now; give its number."""
    made = await written(stage, **details)
    answer = await stage.send(
        "centre", "POST", f"/survey-desk/{made['number']}/publication", {"version": made["version"], **RUNS}
    )
    assert answer.status_code == 201, answer.text
    return str(made["number"])


async def answers(
    stage: Stage, number: str, browser: int | str | None = 0, who: str = "nobody", **given: Any
) -> Any:
    """Answer a survey as a browser, or as an account."""
    values = given.pop("values", {"q1": "1", "q3": "5"})
    key = "short" if browser is None else f"browser-{browser:0>20}"
    body = {"values": values, "agency": AGENCY, "browser": key, **given}
    return await stage.people[who].put(f"{QA}/surveys/{number}/answer", json=body)


def citizens(stage: Stage, place: int) -> str:
    """Name one of many who have an account."""
    name = f"citizen-{place}"
    if name not in stage.people:
        stage.people[name] = client(stage.app, citizen(name))
    return name


async def closed(stage: Stage, number: str) -> None:
    """Close a survey by hand."""
    version = (await stage.send("centre", "GET", f"/survey-desk/{number}")).json()["version"]
    answer = await stage.send("centre", "POST", f"/survey-desk/{number}/closing", {"version": version})
    assert answer.status_code == 201, answer.text


async def results(stage: Stage, number: str) -> Json:
    """Read what everybody may read of a closed survey."""
    answer = await stage.send("nobody", "GET", f"/surveys/{number}/results")
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told
