"""Questions about papers of agencies: requests for rights, notices, commitments."""

from collections.abc import Mapping

from portal.domain.days import day_said
from portal.domain.fields import Choice, Field, as_typed
from portal.domain.texts import Say

Typed = Mapping[str, str]
CASES = frozenset("abcd")
NOTICES = {
    "moved": "Chuyển công tác",
    "retired": "Nghỉ hưu, thôi việc",
    "no_procedures": "Không còn giải quyết thủ tục",
    "no_population": "Không còn dùng Cơ sở dữ liệu quốc gia về dân cư",
}
POSTS = {
    "owner": "Chủ quản",
    "coordination": "Đầu mối điều phối",
    "content": "Chủ trì nội dung",
    "operation": "Vận hành kỹ thuật",
    "security": "An toàn thông tin",
    "finance": "Bảo đảm kinh phí",
}
STATES = {
    "not_registered": "Chưa đăng ký",
    "no_commitment": "Đã đăng ký, chưa có bản cam kết nên chưa dùng được",
    "expired": "Bản cam kết đã hết hạn nên không dùng được",
    "active": "Đang có hiệu lực",
}
"""How the right to use the population database stands."""


def request(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a request for rights says. Source: QT Đ.11.2; R-ACC-17"""
    example = say(
        "Mỗi dòng một người: tên đăng nhập; họ và tên; trường hợp. Ví dụ: mai.lt; Lê Thị Mai; a, c."
    )
    cases = say("Trường hợp: a – các bước quy trình; b – dữ liệu báo cáo; c – thu phí; d – dữ liệu dân cư.")
    questions = [
        Field("agency", say("Mã cơ quan"), width="20", hint=say("Ví dụ: H42.101")),
        *_paper(say),
        Field("persons", say("Danh sách cán bộ"), "long_text", hint=f"{example} {cases}", rows=8),
    ]
    return as_typed(questions, typed, wrong)


def notice(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a notice about an officer says. Source: QT Đ.11.3; R-ACC-19"""
    kinds = tuple(Choice(kind, say(words)) for kind, words in NOTICES.items())
    return as_typed(
        [Field("kind", say("Vì sao quyền thay đổi?"), "radios", choices=kinds), *_paper(say)], typed, wrong
    )


def commitment(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a signed commitment says. Source: QT Đ.13.4; R-ACC-21"""
    day = say("Ví dụ: 31/12/2026")
    questions = [
        Field("document_number", say("Số văn bản"), width="20"),
        Field("signed_on", say("Ngày ký"), width="10", hint=day),
        Field("until_on", say("Ngày cuối"), width="10", hint=day),
    ]
    return as_typed(questions, typed, wrong)


def holder(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what is said of who holds a post of the province. Source: TN Đ.23; QT Đ.6; R-ORG-01"""
    posts = tuple(Choice(post, say(words)) for post, words in POSTS.items())
    day = say("Ví dụ: 31/12/2026")
    questions = [
        Field("post", say("Vai trò"), "radios", choices=posts),
        Field("body", say("Cơ quan giữ vai trò")),
        Field("substitute", say("Ai làm thay khi cơ quan chưa thành lập"), required=False),
        Field("document_number", say("Số văn bản"), width="20"),
        Field("from_on", say("Ngày đầu"), width="10", hint=day),
        Field("until_on", say("Ngày cuối"), width="10", hint=day, required=False),
    ]
    return as_typed(questions, typed, wrong)


def _paper(say: Say) -> list[Field]:
    return [
        Field("document_number", say("Số văn bản"), width="20"),
        Field("document_on", say("Ngày văn bản"), width="10", hint=say("Ví dụ: 31/12/2026")),
    ]


def day(typed: str) -> str | None:
    """Read a day as people write it; None where it is none."""
    said = day_said(typed)
    return said.isoformat() if said else None


def persons(text: str) -> tuple[list[dict[str, object]], int | None]:
    """Read a list of people, one line each; with the number of the first line that cannot be read."""
    found: list[dict[str, object]] = []
    for number, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
        parts = [part.strip() for part in line.split(";")]
        cases = sorted(set(parts[-1].replace(",", " ").lower().split())) if len(parts) == 3 else []
        if not cases or not CASES.issuperset(cases):
            return found, number
        found.append({"login": parts[0], "full_name": parts[1], "cases": cases})
    return found, None
