"""Why a book takes no entry, or no further line of one."""

from common.errors import ConflictError, DomainError


class EntryClosedError(ConflictError):
    """An entry that ended takes corrections and nothing else."""

    code = "entry-closed"
    vi = "Mục {number} đã kết thúc; chỉ còn sửa được, có lý do."
    en = "Entry {number} is closed; it can only be corrected, with a reason."


class NeverClosesError(ConflictError):
    """Entries of this book are final when they are entered."""

    code = "never-closes"
    vi = "Mục ghi của sổ này không có bước kết thúc."
    en = "Entries of this book are not closed."


class NothingChangedError(DomainError):
    """A correction that corrects nothing is no entry."""

    code = "nothing-changed"
    vi = "Chưa có mục nào khác với nội dung đang ghi."
    en = "Nothing differs from what is entered."


class NotYetError(DomainError):
    """What a book records has happened; its beginning cannot lie ahead."""

    code = "in-the-future"
    vi = "Thời điểm bắt đầu chưa đến; sổ này chỉ ghi việc đã xảy ra."
    en = "The beginning lies ahead; this book records what has happened."


class EndsBeforeItBeganError(DomainError):
    """An end before the beginning."""

    code = "ends-before-it-began"
    vi = "Thời điểm kết thúc sớm hơn thời điểm bắt đầu."
    en = "The end is before the beginning."
