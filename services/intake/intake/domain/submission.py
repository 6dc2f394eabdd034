"""What happens next, told to the applicant at the moment of submission."""

from datetime import datetime

from regulation.channels import OFFERED
from regulation.text import Lang, short_instant


def next_steps(lang: Lang, check_due_at: datetime, channel: str) -> list[str]:
    """Return what will happen, in order, with its times.

    Source: TN Đ.11.3.a; R-SUB-15
    """
    by = short_instant(check_due_at, lang)
    if lang == "vi":
        return [
            f"Bộ phận một cửa kiểm tra hồ sơ chậm nhất {by}.",
            "Hồ sơ đầy đủ sẽ có Giấy tiếp nhận hồ sơ và hẹn trả kết quả; nếu thiếu, bạn được hướng dẫn bổ sung.",
            f"Kết quả: {OFFERED[channel][lang]}.",
        ]
    return [
        f"The one-stop desk checks your dossier by {by}.",
        "If it is complete you get a receipt with the appointment; if not, you are told what to add.",
        f"Result: {OFFERED[channel][lang]}.",
    ]
