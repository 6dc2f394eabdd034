"""Why something is not copied on paper."""

from common.errors import DomainError


class RevokedPaperError(DomainError):
    """A paper that counts no more is not put on paper. Source: NĐ 45/2020 Đ.18; R-RES-16."""

    code = "revoked-paper"
    status = 409
    vi = "Văn bản đã hết giá trị, không chuyển đổi ra giấy. Hãy dùng văn bản thay thế."
    en = "The document is no longer valid and is not copied on paper. Use the one that replaced it."


class NotPrintableError(DomainError):
    """A file that is neither a PDF nor a picture, or cannot be read, has no pages to print. Source: R-RES-16."""

    code = "not-printable"
    status = 409
    vi = "Tệp này không chuyển đổi ra giấy được: chỉ tệp PDF hoặc ảnh đọc được."
    en = "This file cannot be copied on paper: only a PDF or a picture that can be read."
