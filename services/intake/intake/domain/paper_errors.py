"""Why something is not copied on paper."""

from common.errors import DomainError


class RevokedPaperError(DomainError):
    """A paper that counts no more is not put on paper. Source: NĐ 45/2020 Đ.18; R-RES-16."""

    code = "revoked-paper"
    status = 409
    vi = "Văn bản đã hết giá trị, không chuyển đổi ra giấy. Hãy dùng văn bản thay thế."
    en = "The document is no longer valid and is not copied on paper. Use the one that replaced it."


class NotPrintableError(DomainError):
    """A file without pages to print, with too many, or whose answers only a reader can draw. Source: R-RES-16."""

    code = "not-printable"
    status = 409
    vi = (
        "Tệp này không chuyển đổi ra giấy được: chỉ tệp PDF hoặc ảnh đọc được, tối đa 500 trang, "
        "không còn ô điền chưa cố định. "
        "Hãy in từ phần mềm đọc tệp rồi đóng dấu xác nhận."
    )
    en = (
        "This file cannot be copied on paper: only a PDF or a picture that can be read, of 500 pages at most and "
        "without boxes that are still filled in by the reader. Print it from a reader and stamp it."
    )
