"""What the states and actions of a dossier are called in front of people."""

from datetime import datetime
from typing import Final

from regulation.states import WORDS, State
from regulation.text import Lang, short_date
from regulation.zone import local_day

from intake.domain.life_cycle import Action

ACTIONS: Final[dict[Action, dict[str, str]]] = {
    Action.SUBMIT: {"vi": "Nộp hồ sơ", "en": "Dossier submitted"},
    Action.CHECK: {"vi": "Kiểm tra thành phần hồ sơ", "en": "Components checked"},
    Action.CORRECT_CONTACT: {"vi": "Sửa thông tin liên hệ", "en": "Contact data corrected"},
    Action.CHOOSE_CHANNEL: {"vi": "Chọn cách nhận kết quả", "en": "Way of receiving the result chosen"},
    Action.APPROVE_SUPPLEMENT: {
        "vi": "Lãnh đạo đồng ý yêu cầu bổ sung lần nữa",
        "en": "Leader allowed a further supplement request",
    },
    Action.REQUEST_SUPPLEMENT: {"vi": "Yêu cầu bổ sung, hoàn thiện hồ sơ", "en": "Supplement requested"},
    Action.REMIND: {"vi": "Nhắc bổ sung hồ sơ", "en": "Reminder to supplement"},
    Action.RESUBMIT: {"vi": "Đã bổ sung hồ sơ", "en": "Supplement received"},
    Action.DRAFT_SUPPLEMENT: {
        "vi": "Người thụ lý soạn nội dung cần bổ sung",
        "en": "The unit drafted a supplement request",
    },
    Action.SUPPLY: {"vi": "Đã bổ sung, tiếp tục giải quyết", "en": "Supplement received, handling goes on"},
    Action.AMEND: {"vi": "Người nộp sửa, bổ sung hồ sơ", "en": "Amended by the applicant"},
    Action.REDIRECT: {"vi": "Hướng dẫn nộp đúng cơ quan", "en": "Directed to the competent agency"},
    Action.REFUSE: {"vi": "Từ chối tiếp nhận", "en": "Refused"},
    Action.ACCEPT: {"vi": "Tiếp nhận hồ sơ", "en": "Accepted"},
    Action.FORWARD: {"vi": "Chuyển bộ phận chuyên môn", "en": "Passed to the specialist unit"},
    Action.START: {"vi": "Đang giải quyết", "en": "In process"},
    Action.AWAIT_SIGNATURE: {"vi": "Trình ký", "en": "Put before the leader"},
    Action.EXTEND: {"vi": "Xin lỗi và hẹn lại ngày trả kết quả", "en": "Apology, and a new date"},
    Action.REJECT: {"vi": "Không đủ điều kiện giải quyết", "en": "Not granted"},
    Action.COMPLETE: {"vi": "Đã có kết quả", "en": "Result ready"},
    Action.COMPARE: {
        "vi": "Ký tờ khai, đối chiếu giấy tờ tại quầy",
        "en": "Form signed and papers compared at the desk",
    },
    Action.RETURN: {"vi": "Trả kết quả", "en": "Result returned"},
    Action.SETTLE: {
        "vi": "Giải quyết ngay tại quầy, đã trả kết quả",
        "en": "Settled at the desk, result returned",
    },
    Action.REVOKE: {"vi": "Thu hồi kết quả", "en": "Result revoked"},
    Action.REPLACE: {"vi": "Thay thế kết quả", "en": "Result replaced"},
    Action.PASS_ON: {
        "vi": "Người nộp đồng ý chuyển hồ sơ đến cơ quan có thẩm quyền",
        "en": "The applicant agreed to pass it on to the competent agency",
    },
    Action.CONFIRM_LATE: {"vi": "Xác nhận hồ sơ nhập bù", "en": "Late entry confirmed"},
    Action.JOIN: {"vi": "Đưa vào tài khoản của người đứng đơn", "en": "Joined to the applicant's account"},
}

# How a state feels to who reads it: the portal picks a colour, the words say the same.
TONES: Final[dict[State, str]] = {
    State.SUBMITTED: "new",
    State.SUPPLEMENT_REQUESTED: "yours",
    State.REDIRECTED: "elsewhere",
    State.REFUSED: "negative",
    State.REJECTED: "negative",
    State.AWAITING_SIGNATURE: "signing",
    State.RESULT_READY: "done",
    State.RETURNED: "done",
}


def state_tone(state: str) -> str:
    """Return how a state feels: new, yours, elsewhere, negative, signing, done, or working for all others."""
    return TONES.get(State(state), "working")


def state_label(state: str, lang: Lang) -> str:
    """Return the name of a state as the citizen reads it."""
    return WORDS[State(state)][lang]


def revocation_sentence(at: datetime, number: str, replaced_by: str | None, lang: Lang) -> str:
    """Say that a paper counts no more, since when, by which number, and which one counts instead.

    Source: BD Đ.9.2.b; QT Đ.25.6; R-RES-07
    """
    day = short_date(local_day(at), lang)
    if lang == "vi":
        ended = f"bị thu hồi theo quyết định số {number}"
        ended = (
            f"được thay thế bằng văn bản số {number}, mã xác minh {replaced_by}," if replaced_by else ended
        )
        return f"Văn bản này đã {ended} ngày {day} và không còn giá trị."
    ended = f"revoked by decision no. {number}"
    ended = f"replaced by document no. {number}, verification code {replaced_by}," if replaced_by else ended
    return f"This document was {ended} on {day} and is no longer valid."


def action_label(action: str, lang: str) -> str:
    """Return the name of an action as the timeline shows it."""
    return ACTIONS[Action(action)][lang]
