"""A paper copy somebody brings: which electronic document it was made from, and why it is not taken."""

from typing import Final
from urllib.parse import unquote, urlsplit

from common.errors import ConflictError
from regulation.codes import VerificationCode
from regulation.codes.verification import UnreadableVerificationCodeError

COPY: Final = "paper_copy"
"""The source of a file that was brought as a paper copy and is here as the electronic document itself."""


class CopySourceUnknownError(ConflictError):
    """No electronic document stands behind the code that was scanned. Source: QT Đ.25.6; R-RES-17."""

    code = "copy-source-unknown"
    vi = "Không có văn bản điện tử nào mang mã này. Hãy quét lại mã QR ở cuối bản giấy hoặc gõ mã xác minh."
    en = "No electronic document carries this code. Scan the QR code at the foot of the paper again or type its code."


class CopySourceChangedError(ConflictError):
    """The electronic document no longer is what was signed. Source: QT Đ.25.6; R-RES-17."""

    code = "copy-source-changed"
    vi = "Văn bản điện tử của bản giấy này không còn nguyên vẹn ({problem}); không nhận bản giấy."
    en = "The electronic document behind this paper is not intact ({problem}); the paper is not accepted."


class CopySourceRevokedError(ConflictError):
    """The electronic document counts no more. Source: QT Đ.25.6; R-RES-17."""

    code = "copy-source-revoked"
    vi = "Văn bản điện tử của bản giấy này đã hết giá trị từ {day}. {sentence}"
    en = "The electronic document behind this paper has not counted since {day}. {sentence}"


class CopyAlreadyAcceptedError(ConflictError):
    """The same document stands for the component already."""

    code = "copy-already-accepted"
    vi = "Bản giấy này đã được nhận cho thành phần đó."
    en = "This paper already stands for the component."


def read_code(scanned: str) -> VerificationCode:
    """Read what a scanner or a person typed: the address in the QR code, or the code itself.

    Raises: CopySourceUnknownError.
    Source: QT Đ.25.6; R-RES-17
    """
    last = unquote(urlsplit(scanned.strip()).path.rstrip("/").rpartition("/")[2])
    try:
        return VerificationCode.parse(last)
    except UnreadableVerificationCodeError:
        raise CopySourceUnknownError(field="scanned", rule="known") from None
