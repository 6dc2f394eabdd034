"""Surveys, as the service of questions tells them."""

from typing import Any

from qa.domain.evaluation import INDICATORS
from qa.domain.survey_form import QuestionKind, SurveyQuestion, survey_definition
from starlette.responses import Response

NUMBER, DRAFT, CLOSED = "KS-2026-000002", "KS-2026-000003", "KS-2026-000001"
PAGES = (
    f"/{CLOSED}",
    f"/{DRAFT}/sua",
    f"/{DRAFT}/cau-hoi/moi",
    f"/{DRAFT}/cau-hoi/q1",
    f"/{DRAFT}/xem-thu",
    f"/{DRAFT}/cong-bo",
    f"/{DRAFT}/ket-thuc",
)
"""The pages on which surveys are built, below their list."""
ROOT, DESK = "/api/qa/surveys", "/api/qa/survey-desk"
EVALUATIONS, EVALUATED = "/api/qa/evaluations", "DG-2026-000001"
TITLE = {"vi": "Mức độ hài lòng quý IV", "en": "Satisfaction, fourth quarter"}
ASKED = [
    SurveyQuestion(
        "q1",
        QuestionKind.SINGLE,
        "Bạn nộp bằng cách nào?",
        "How did you file?",
        True,
        (("Trực tuyến", "Online"), ("Tại một cửa", "")),
    ),
    SurveyQuestion(
        "q2", QuestionKind.SEVERAL, "Điều gì còn khó?", "", False, (("Tìm thủ tục", ""), ("Nộp phí", ""))
    ),
    SurveyQuestion("q3", QuestionKind.SCALE, "Bạn hài lòng đến đâu?", "How satisfied are you?", False),
    SurveyQuestion("q4", QuestionKind.LONG, "Ý kiến khác", "", False),
]
LABELS = {"single": "Chọn một", "several": "Chọn nhiều", "scale": "Thang điểm 1–5", "long": "Chữ, nhiều dòng"}


def row(number: str = NUMBER, state: str = "published", **changes: Any) -> dict[str, Any]:
    """Give a survey in a list."""
    labels = {"draft": "Đang soạn", "published": "Đã công bố", "closed": "Đã kết thúc"}
    ran = state != "draft"
    return {
        "number": number,
        "kind": "satisfaction",
        "kind_label": "Khảo sát mức độ hài lòng",
        "title": TITLE["vi"],
        "title_en": TITLE["en"],
        "state": state,
        "state_label": labels[state],
        "audience": "everybody",
        "audience_label": "Mọi người",
        "opens_on": "2026-11-16" if ran else None,
        "closes_on": "2026-11-30" if ran else None,
        "results": state == "closed",
        **changes,
    }


def whole(number: str = NUMBER, state: str = "published", **changes: Any) -> dict[str, Any]:
    """Give a survey with its e-form."""
    return {
        **row(number, state),
        "introduction": "Ba phút, không ghi tên.",
        "introduction_en": "",
        "by_agency": True,
        "open": state == "published",
        "form": survey_definition(TITLE, ASKED),
        **changes,
    }


def built(number: str, state: str, *actions: str) -> dict[str, Any]:
    """Give a survey for who builds it."""
    questions = [
        {
            **one.kept,
            "kind_label": LABELS[one.kind],
            "choices": [{"vi": vi, "en": en} for vi, en in one.choices],
        }
        for one in ASKED
    ]
    taken = 11 if state == "closed" else None
    told = {"version": 3, "questions": questions, "taken": taken, "actions": list(actions)}
    return {**whole(number, state), **told}


def share(
    agency: str, name: str, answered: int | None, values: dict[str, int], mean: float | None = None
) -> Any:
    """Give how a question was answered somewhere."""
    return {"agency": agency, "agency_name": name, "answered": answered, "values": values, "mean": mean}


def figure(one: SurveyQuestion) -> dict[str, Any]:
    """Give the figures of a question: one agency told, one with too few."""
    options = [] if one.kind.written else one.options
    values = {option["value"]: 2 for option in options}
    mean = 3.5 if one.kind is QuestionKind.SCALE else None
    return {
        "name": one.name,
        "kind": one.kind,
        "label": one.vi,
        "label_en": one.en,
        "options": [{"value": option["value"], "label": option["vi"]} for option in options],
        "total": share("", "", 11, values, mean),
        "agencies": [
            share("H42.101", "UBND phường Hoa Lư", 11, values, mean),
            share("H42.15", "Sở Tư pháp", None, {}),
        ],
    }


def evaluation(**changes: Any) -> dict[str, Any]:
    """Give an evaluation with one agency of which some indicators tell nothing."""
    indicators = [
        {"key": one.key, "label": one.vi, "unit": one.unit, "source": one.source} for one in INDICATORS
    ]
    known: list[dict[str, Any]] = [{"value": 97.5, "count": 40}, {"value": 4.2, "count": 12}]
    nothing = {"value": None, "count": None}
    agency = {"agency": "H42.101", "agency_name": "UBND phường Hoa Lư"}
    return {
        **evaluation_row(),
        "version": 1,
        "conclusion": "",
        "indicators": indicators,
        "agencies": [{**agency, "measures": [known[0], nothing, nothing, known[1], known[1]]}],
        "open": True,
        **changes,
    }


def evaluation_row() -> dict[str, Any]:
    """Give an evaluation in a list."""
    return {
        "number": EVALUATED,
        "cycle": "quarter",
        "cycle_label": "Quý",
        "first": "2026-07-01",
        "last": "2026-09-30",
        "state": "open",
        "state_label": "Đang đánh giá",
        "closed_at": None,
    }


def paged(*items: dict[str, Any]) -> dict[str, Any]:
    """Give a list of one page."""
    return {"items": list(items), "total": len(items), "next": None}


def surveys() -> dict[str, Any]:
    """Answer as the service of surveys."""
    draft = built(DRAFT, "draft", "details", "questions", "publication", "discarding")
    results = {**row(CLOSED, "closed"), "taken": 11, "least": 5, "questions": [figure(one) for one in ASKED]}
    results["with_account"] = 9
    return {
        f"GET {ROOT}": paged(row(), row(CLOSED, "closed")),
        f"GET {ROOT}/{NUMBER}": whole(),
        f"PUT {ROOT}/{NUMBER}/answer": Response(status_code=204),
        f"GET {ROOT}/{CLOSED}/results": results,
        f"GET {ROOT}/{CLOSED}/results.csv": Response("Câu hỏi\n", media_type="text/csv"),
        f"GET {DESK}": paged(row(DRAFT, "draft"), row(), row(CLOSED, "closed")),
        f"POST {DESK}": draft,
        f"GET {DESK}/{DRAFT}": draft,
        f"GET {DESK}/{CLOSED}": built(CLOSED, "closed", "texts"),
        f"GET {DESK}/{NUMBER}": built(NUMBER, "published", "closing"),
        f"PUT {DESK}/{DRAFT}/*": draft,
        f"GET {EVALUATIONS}": paged(evaluation_row()),
        f"POST {EVALUATIONS}": evaluation(),
        f"GET {EVALUATIONS}/{EVALUATED}": evaluation(),
        f"POST {EVALUATIONS}/{EVALUATED}/closing": evaluation(),
        f"POST {DESK}/*": draft,
        f"GET {DESK}/{CLOSED}/texts": [
            {"question": "q4", "label": "Ý kiến khác", "texts": ["Bớt giấy tờ"], "total": 1, "next": None}
        ],
    }
