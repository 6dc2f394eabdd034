"""What it means to hand in a full online service without a digital signature: by profile, and told before."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from eforms import Text
from procedures.levels import is_full


class Consequence(StrEnum):
    """Hệ quả của hồ sơ toàn trình không ký số. Source: NB Đ.14.3.a; BD Đ.7.2.a; R-SUB-08"""

    CERTIFIED_PAPERS = "certified_papers"
    AS_L3 = "as_l3"


BY_PROFILE: Final = MappingProxyType(
    {
        "required_or_certified_papers": Consequence.CERTIFIED_PAPERS,
        "required_or_as_l3": Consequence.AS_L3,
    }
)
"""What each word of the key `submission.l4_signature` leads to; the others lead to nothing."""

WORDS: Final = MappingProxyType(
    {
        Consequence.CERTIFIED_PAPERS: Text(
            "Hồ sơ này không ký số: sau khi nộp, bạn gửi bản sao chứng thực của các giấy tờ qua bưu chính đến bộ phận "
            "một cửa và ghi mã hồ sơ ngoài bì thư.",
            "This dossier bears no digital signature: after submitting, send certified copies of the papers by post to "
            "the one-stop desk, with the dossier code on the envelope.",
        ),
        Consequence.AS_L3: Text(
            "Hồ sơ này không ký số nên được giải quyết như dịch vụ mức 3: khi đến nhận kết quả, bạn ký tờ khai và "
            "đưa bản chính để đối chiếu.",
            "This dossier bears no digital signature and is treated as a level 3 service: when you fetch the result "
            "you sign the form and show the originals.",
        ),
    }
)


def consequence(l4_signature: str, service_level: str | None) -> Consequence | None:
    """Return what an unsigned submission at this level leads to, None for nothing.

    Source: NB Đ.14.3.a; BD Đ.7.2.a; R-SUB-08
    """
    return BY_PROFILE.get(l4_signature) if is_full(service_level) else None
