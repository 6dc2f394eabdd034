"""The edge's own refusals, told like every refusal of the suite: problem+json, and a plain page for browsers."""

from typing import Any, NamedTuple

from gateway.domain.filters import JWT, NO_KEYS, WHY_REFUSED
from gateway.domain.headers import API_HEADERS, added
from gateway.domain.waiting import AGAIN, AGAIN_AFTER, BUSY, waiting_page

Json = dict[str, Any]


class Refusal(NamedTuple):
    """One status the edge answers by itself, with its code and its words."""

    status: int
    title: str
    code: str
    vi: str
    en: str


REFUSALS = (
    Refusal(400, "Bad Request", "bad-request", "Yêu cầu không hợp lệ.", "The request is not valid."),
    Refusal(
        401,
        "Unauthorized",
        "unauthenticated",
        "Bạn cần đăng nhập để tiếp tục.",
        "You need to sign in to continue.",
    ),
    Refusal(
        403,
        "Forbidden",
        "forbidden",
        "Bạn không có quyền thực hiện việc này.",
        "You are not allowed to do this.",
    ),
    Refusal(
        404,
        "Not Found",
        "not-found",
        "Không tìm thấy nội dung được yêu cầu.",
        "What you asked for was not found.",
    ),
    Refusal(
        408,
        "Request Timeout",
        "request-timeout",
        "Yêu cầu gửi quá chậm. Hãy gửi lại.",
        "The request came too slowly. Send it again.",
    ),
    Refusal(
        413, "Content Too Large", "body-too-large", "Nội dung gửi lên quá lớn.", "What was sent is too large."
    ),
    Refusal(
        429,
        "Too Many Requests",
        "too-many-requests",
        "Bạn thao tác quá nhanh. Hãy thử lại sau ít phút.",
        "Too many attempts. Try again in a few minutes.",
    ),
    Refusal(
        431,
        "Request Header Fields Too Large",
        "headers-too-large",
        "Tiêu đề của yêu cầu quá lớn.",
        "The headers of the request are too large.",
    ),
    Refusal(
        502,
        "Bad Gateway",
        "unavailable",
        "Hệ thống tạm thời chưa sẵn sàng. Hãy thử lại sau ít phút.",
        "The system is not available right now. Try again in a few minutes.",
    ),
    Refusal(
        503,
        "Service Unavailable",
        "unavailable",
        "Hệ thống tạm thời chưa sẵn sàng. Hãy thử lại sau ít phút.",
        "The system is not available right now. Try again in a few minutes.",
    ),
    Refusal(
        504,
        "Gateway Timeout",
        "unavailable",
        "Hệ thống trả lời quá chậm. Hãy thử lại sau ít phút.",
        "The system answers too slowly. Try again in a few minutes.",
    ),
)
OVERLOADED = Refusal(503, "Service Unavailable", "overloaded", BUSY["vi"], BUSY["en"])
UNAVAILABLE, TOO_LARGE = 503, 413
PASSING = frozenset((502, 503, 504))
"""What will be otherwise in a moment: who asks is told when to ask again."""
TOO_LARGE_PAGE = "/qua-lon"
"""The portal's page about a body that the edge stopped."""
PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{words}</title></head><body><main><h1>{words}</h1><p>{advice}</p>"
    "<p>{incident}: <code>%REQ(X-REQUEST-ID)%</code></p></main></body></html>"
)
ADVICE = {
    "vi": "Nếu bạn đang điền biểu mẫu, hãy quay lại trang trước: nội dung đã nhập vẫn còn.",
    "en": "If you were filling in a form, go back one page: what you entered is still there.",
}

INCIDENT = {"vi": "Mã tra cứu sự cố", "en": "Incident code"}
"""What a person tells who asks for help; every log line of the request carries it."""


def local_replies() -> Json:
    """Write the answers for every status, as a page where one is wanted, in English where it is preferred."""
    away = next(refusal for refusal in REFUSALS if refusal.status == UNAVAILABLE)
    # An edge that could not read the keys yet knows nothing about a token: that is no refusal of the person.
    cases = [
        (away, _no_keys()),
        (OVERLOADED, {"response_flag_filter": {"flags": ["UO"]}}),
        *((refusal, _status(refusal.status)) for refusal in REFUSALS),
    ]
    return {"mappers": [_too_large("/en"), _too_large(""), *(m for case in cases for m in _mappers(*case))]}


def _mappers(refusal: Refusal, case: Json) -> list[Json]:
    """Write one refusal: a page that asks again by itself where a page was asked for, else a page, else a problem."""
    told = [_mapper(refusal, case, lang, page=page) for page in (True, False) for lang in ("en", "vi")]
    return [_waiting(refusal, case), *told] if refusal.status in PASSING else told


def _waiting(refusal: Refusal, case: Json) -> Json:
    asked = [_header("accept", {"contains": "text/html"}), _header(":method", {"exact": "GET"})]
    headers = {"cache-control": "no-store", "content-language": "vi, en", "refresh": AGAIN_AFTER}
    return {
        "filter": {"and_filter": {"filters": [case, *asked]}},
        "status_code": refusal.status,
        "body_format_override": waiting_page({"vi": refusal.vi, "en": refusal.en}, INCIDENT),
        "headers_to_add": added({**API_HEADERS, **headers, **AGAIN}),
    }


def _too_large(language: str) -> Json:
    """Lead a browser whose upload was stopped to the portal's page that says what to do."""
    filters = [_status(TOO_LARGE), _header("accept", {"contains": "text/html"})]
    if language:
        filters.append(_header(":path", {"prefix": f"{language}/"}))
    location = {"location": language + TOO_LARGE_PAGE, "cache-control": "no-store"}
    return {
        "filter": {"and_filter": {"filters": filters}},
        "status_code": 303,
        "headers_to_add": added({**API_HEADERS, **location}),
    }


def _status(status: int) -> Json:
    value = {"default_value": status, "runtime_key": "none"}
    return {"status_code_filter": {"comparison": {"op": "EQ", "value": value}}}


def _no_keys() -> Json:
    path = [{"key": WHY_REFUSED}, {"key": "message"}]
    matcher = {"filter": JWT, "path": path, "value": {"string_match": {"exact": NO_KEYS}}}
    return {"metadata_filter": {"matcher": matcher, "match_if_key_not_found": False}}


def _mapper(refusal: Refusal, case: Json, lang: str, *, page: bool) -> Json:
    filters = [case]
    if page:
        filters.append(_header("accept", {"contains": "text/html"}))
    if lang == "en":
        filters.append(_header("accept-language", {"prefix": "en", "ignore_case": True}))
    return {
        "filter": filters[0] if len(filters) == 1 else {"and_filter": {"filters": filters}},
        "status_code": refusal.status,
        "body_format_override": _page(refusal, lang) if page else _problem(refusal, lang),
        "headers_to_add": added(
            {
                **API_HEADERS,
                "cache-control": "no-store",
                "content-language": lang,
                **(AGAIN if refusal.status in PASSING else {}),
            }
        ),
    }


def _header(name: str, match: Json) -> Json:
    return {"header_filter": {"header": {"name": name, "string_match": match}}}


def _problem(refusal: Refusal, lang: str) -> Json:
    words = refusal.en if lang == "en" else refusal.vi
    return {
        "content_type": "application/problem+json",
        "json_format": {
            "type": f"urn:motcua:problem:{refusal.code}",
            "title": refusal.title,
            "status": refusal.status,
            "code": refusal.code,
            "detail": words,
            "errors": [],
            "trace_id": "%REQ(X-REQUEST-ID)%",
        },
    }


def _page(refusal: Refusal, lang: str) -> Json:
    words = refusal.en if lang == "en" else refusal.vi
    text = PAGE.format(lang=lang, words=words, advice=ADVICE[lang], incident=INCIDENT[lang])
    return {
        "content_type": "text/html; charset=utf-8",
        "text_format_source": {"inline_string": text},
    }
