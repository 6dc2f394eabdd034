"""The questions of the pages about feedback and ratings."""

from answers.qa import FeedbackOut, FeedbackTermsOut, PhaseOut

from portal.domain.fields import Choice, Field
from portal.domain.question_forms import listed, reason
from portal.domain.texts import Say

SENDER = ("name", "email", "phone", "address")
PHASES = {"result": "Giải quyết, trả kết quả", "receipt": "Tiếp nhận hồ sơ"}
"""What is rated, as the service calls it; what is asked about first."""
GRADES = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
"""The words of the grades from 1 to 5."""
GRADED = {"progress": "Chọn mức hài lòng về tiến độ", "quality": "Chọn mức hài lòng về chất lượng"}
"""The grades that may not stay empty, with the complaint where they do."""


def about(say: Say, terms: FeedbackTermsOut, dossier: str) -> list[Field]:
    """Ask what happened. Source: R-FBK-01."""
    return [
        Field("category", say("Về việc gì?"), "radios", choices=listed(terms.categories)),
        Field(
            "dossier", say("Mã hồ sơ"), value=dossier, required=False, hint=say("Nếu việc này về một hồ sơ")
        ),
        Field("title", say("Tóm tắt trong một dòng")),
        Field(
            "text",
            say("Việc đã xảy ra"),
            "long_text",
            rows=8,
            hint=say("Ở đâu, khi nào, ai làm gì; bạn đề nghị gì."),
        ),
    ]


def sender(say: Say, *, named: bool = False) -> list[Field]:
    """Ask who sends it, who is `named` where an account files, and where the reply goes."""
    return [
        Field("name", say("Họ và tên"), autocomplete="name", required=named),
        Field("email", say("Thư điện tử"), "email", autocomplete="email", required=False),
        Field("phone", say("Số điện thoại"), "tel", width="20", autocomplete="tel", required=False),
        Field("address", say("Địa chỉ"), required=False),
    ]


def entry(say: Say, terms: FeedbackTermsOut) -> list[Field]:
    """Ask how and when it came. Source: R-FBK-03."""
    return [
        Field("channel", say("Đến bằng cách nào?"), "select", choices=listed(terms.entry_channels)),
        Field("came_at", say("Đến lúc nào?"), width="20", hint=say("Ví dụ: 09:30 27/11/2026")),
    ]


def triage(say: Say, one: FeedbackOut, terms: FeedbackTermsOut, agencies: tuple[Choice, ...]) -> list[Field]:
    """Ask who settles it. Source: R-FBK-07."""
    return [
        Field("agency", say("Chuyển đến cơ quan"), "select", one.agency or "", choices=agencies),
        Field("category", say("Phân loại"), "select", one.category, choices=listed(terms.categories)),
        reason(say, "Ghi chú cho cơ quan", name="note", required=False),
    ]


def closing(say: Say, terms: FeedbackTermsOut) -> list[Field]:
    """Ask why it is not settled here, and where it belongs. Source: R-FBK-16."""
    grounds = tuple(Choice(one.value, one.label, one.channel) for one in terms.closing_grounds)
    return [
        Field("ground", say("Vì sao không xử lý tại đây?"), "radios", choices=grounds),
        reason(say, "Lý do, bằng lời dễ hiểu"),
        Field(
            "channel",
            say("Người gửi nên gửi đến đâu?"),
            required=False,
            hint=say("Để trống thì dùng nơi gửi ghi ở lý do đã chọn."),
        ),
    ]


def rating(say: Say, phase: PhaseOut) -> list[Field]:
    """Ask for the two grades and a word, with what was given before. Source: R-SAT-01."""
    return grades(say, str(phase.progress or ""), str(phase.quality or ""), phase.comment)


def grades(say: Say, progress: str = "", quality: str = "", comment: str = "") -> list[Field]:
    """Ask for the two grades and a word. Source: R-SAT-01."""
    choices = tuple(
        Choice(str(grade), f"{grade} – {say(words)}") for grade, words in enumerate(GRADES, start=1)
    )
    return [
        Field("progress", say("Tiến độ giải quyết"), "radios", progress, choices=choices),
        Field("quality", say("Chất lượng tiếp nhận, giải quyết"), "radios", quality, choices=choices),
        Field("comment", say("Điều bạn muốn nói thêm"), "long_text", comment, required=False, rows=3),
    ]
