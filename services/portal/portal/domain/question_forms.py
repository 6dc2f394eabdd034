"""The questions of the pages about people's questions: what is asked, and what an officer says to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from answers.qa import MaskingOut, PublicationOut, QuestionOut, TermsOut

from portal.domain.fields import Choice, Field
from portal.domain.texts import Say

KINDS = ("individual", "organisation")
"""Who may ask, as the service calls them; the first is the usual one."""
KIND_WORDS = {"individual": "Cá nhân", "organisation": "Tổ chức, doanh nghiệp"}
USUAL = {"nationality": "Việt Nam"}
"""What most who ask would write."""
HANDLING = {
    "own": "Thuộc thẩm quyền của cơ quan",
    "cross_sector": "Liên quan nhiều lĩnh vực",
}
"""The kinds of answer that are chosen; a special case is an extension of its own."""
LONGEST = "special"
"""The time limit beyond which no answer is extended."""


class Word(Protocol):
    """A word of a list, with what it says in the visitor's language."""

    @property
    def value(self) -> str:
        """Give the word."""
        ...

    @property
    def label(self) -> str:
        """Give what it says."""
        ...


def listed(words: Iterable[Word]) -> tuple[Choice, ...]:
    """Offer the words of a list."""
    return tuple(Choice(one.value, one.label) for one in words)


def opening(say: Say) -> Field:
    """Ask for whom the question is."""
    choices = tuple(Choice(kind, say(KIND_WORDS[kind])) for kind in KINDS)
    return Field("asker_kind", say("Bạn hỏi cho ai?"), "radios", KINDS[0], choices=choices)


def asked_about(say: Say, terms: TermsOut, agencies: tuple[Choice, ...]) -> list[Field]:
    """Ask what the question is and whom it is for. Source: R-QNA-04, R-QNA-07, R-QNA-25."""
    most = say("Tối đa {count} ký tự.", count=terms.longest_text)
    topics = listed((*terms.topics, *([terms.topic_unsure] if terms.topic_unsure else [])))
    accented = say("Viết tiếng Việt có dấu, không viết tắt, nêu việc cụ thể.") if terms.text_rules else ""
    return [
        Field("topic", say("Chủ đề"), "select", choices=topics),
        Field(
            "agency",
            say("Bạn muốn cơ quan nào trả lời?"),
            "select",
            choices=agencies,
            required=False,
            hint=say("Không rõ thì để trống; câu hỏi được chuyển đến đúng cơ quan."),
        ),
        Field(
            "title",
            say("Tóm tắt câu hỏi"),
            hint=say("Một dòng, ví dụ: Đăng ký khai sinh muộn cần giấy tờ gì?")
            + " "
            + say("Tối đa {count} ký tự.", count=terms.longest_title),
            most=terms.longest_title,
        ),
        Field(
            "text",
            say("Nội dung câu hỏi"),
            "long_text",
            rows=8,
            most=terms.longest_text,
            hint=" ".join(
                words
                for words in (
                    accented,
                    say("Không ghi số định danh, số điện thoại hay tên người khác ở đây."),
                    most,
                )
                if words
            ),
        ),
    ]


def more(say: Say) -> Field:
    """Ask what is still unclear."""
    return Field("text", say("Điều bạn còn chưa rõ"), "long_text", rows=5)


def reason(say: Say, label: str, hint: str = "", *, name: str = "reason", required: bool = True) -> Field:
    """Ask for a reason, or another text of some lines."""
    return Field(name, say(label), "long_text", hint=say(hint) if hint else "", rows=3, required=required)


def triage(
    say: Say, question: QuestionOut, terms: TermsOut, agencies: tuple[Choice, ...], likely: str
) -> list[Field]:
    """Ask which agency answers, under which topic, how long it has. Source: R-QNA-07, R-QNA-10, R-QNA-14."""
    return [
        Field("agency", say("Chuyển đến cơ quan"), "select", likely, choices=agencies),
        Field("topic", say("Chủ đề"), "select", question.topic, choices=listed(terms.topics)),
        kind(say, question),
        reason(say, "Ghi chú cho cơ quan", name="note", required=False),
    ]


def kind(say: Say, question: QuestionOut) -> Field:
    """Ask how much the answer takes, which decides its time."""
    choices = tuple(Choice(value, say(words)) for value, words in HANDLING.items())
    chosen = question.kind if question.kind in HANDLING else "own"
    return Field("kind", say("Loại trả lời"), "radios", chosen, choices=choices)


def refusal(say: Say, terms: TermsOut) -> list[Field]:
    """Ask why a question is not taken and where it belongs. Source: R-QNA-08, R-QNA-09."""
    grounds = tuple(Choice(one.value, one.label, one.channel) for one in terms.refusal_grounds)
    return [
        Field("ground", say("Vì sao không nhận?"), "radios", choices=grounds),
        reason(say, "Lý do, bằng lời dễ hiểu"),
        Field(
            "channel",
            say("Người hỏi nên gửi đến đâu?"),
            required=False,
            hint=say("Để trống thì dùng nơi gửi ghi ở lý do đã chọn."),
        ),
    ]


def signer(say: Say, question: QuestionOut) -> list[Field]:
    """Ask for what stands under every answer. Source: R-QNA-16."""
    known = question.leader
    rows = (
        ("full_name", "Họ và tên người trả lời", "text"),
        ("position", "Chức vụ", "text"),
        ("phone", "Số điện thoại", "tel"),
        ("email", "Thư điện tử", "email"),
    )
    return [
        Field(
            name, say(words), shape, str(getattr(known, name, "") or ""), width="20" if shape == "tel" else ""
        )
        for name, words, shape in rows
    ]


def guidance(say: Say, vi: str, en: str) -> list[Field]:
    """Ask how to take part, in both languages. Source: R-QNA-26."""
    return [
        Field("vi", say("Hướng dẫn bằng tiếng Việt"), "long_text", vi, rows=12),
        Field("en", say("Hướng dẫn bằng tiếng Anh"), "long_text", en, rows=8, required=False),
    ]


def bar(say: Say) -> list[Field]:
    """Ask whom a decision keeps from asking. Source: R-QNA-03."""
    either = say("Ghi ít nhất một ô: số giấy tờ, thư điện tử hoặc điện thoại.")
    return [
        Field("id_number", say("Số định danh cá nhân"), width="20", required=False, hint=either),
        Field("email", say("Thư điện tử"), "email", required=False),
        Field("phone", say("Số điện thoại"), "tel", width="20", required=False),
        Field("decision", say("Số quyết định"), width="20"),
        Field("ground", say("Lý do"), hint=say("Người đó đọc được dòng này khi đặt câu hỏi")),
        Field("appeal", say("Khiếu nại ở đâu, thế nào?")),
        Field("until", say("Ngày cuối không được đặt câu hỏi"), width="10", hint=say("Ví dụ: 31/12/2026")),
    ]


CITED = "citations"
_CITATION = {"number": "Số, ký hiệu", "title": "Trích yếu", "issuer": "Cơ quan ban hành"}


def _cited(say: Say, told: MaskingOut | PublicationOut, doubted: Collection[str]) -> Iterator[Field]:
    """Ask for what the answer rests on: what each text is about, and of it what else may tell of somebody."""
    for place, one in enumerate(told.citations):
        for part, words in _CITATION.items():
            name = f"{CITED}.{place}.{part}"
            if part == "title" or name in doubted:
                label = say("Văn bản {n}: {part}", n=place + 1, part=say(words))
                yield Field(name, label, value=getattr(one, part))
    if told.no_citation_reason:
        words = say("Lý do không viện dẫn văn bản")
        yield Field("no_citation_reason", words, "long_text", told.no_citation_reason, required=False)


def cited_apart(body: Mapping[str, object]) -> dict[str, object]:
    """Return what was answered with the parts of each citation together, as the service takes them."""
    told = {name: said for name, said in body.items() if not name.startswith(f"{CITED}.")}
    parts: dict[str, dict[str, object]] = {}
    for name, said in body.items():
        if name.startswith(f"{CITED}."):
            _, place, part = name.split(".")
            parts.setdefault(place, {})[part] = said
    return told | ({CITED: list(parts.values())} if parts else {})


def publication(
    say: Say, told: MaskingOut | PublicationOut, doubted: Collection[str], *, consented: bool
) -> list[Field]:
    """Ask for what everybody will read. Source: R-QNA-22."""
    name = Field("with_name", say("Hiện tên người hỏi (người hỏi đã đồng ý)"), "agree", required=False)
    return [
        Field("title", say("Tiêu đề"), value=told.title),
        Field("question", say("Câu hỏi"), "long_text", told.question, rows=8),
        Field("answer", say("Câu trả lời"), "long_text", told.answer, rows=12),
        *_cited(say, told, doubted),
        *([name] if consented else []),
    ]
