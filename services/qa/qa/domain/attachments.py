"""Files that come with a question or with feedback: of which kinds, how many, how large, and for how long they wait."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from common.errors import NotFoundError
from files.kinds import DOCX, PDF, PICTURES, XLSX
from files.refusals import FileRefusedError

KINDS: Final = (PDF, *PICTURES, DOCX, XLSX)
MOST_FILES: Final = 5
MOST_BYTES: Final = 50 * 1024 * 1024
"""What all files of one question or one piece of feedback may hold."""
HELD: Final = timedelta(hours=6)
"""How long a file waits for its question: as long as a form may stand open."""
MOST_WAITING: Final = 4 * 1024**3
MOST_WAITING_OF_ONE: Final = 200 * 1024 * 1024
"""What may wait of everybody together, and of one account (bytes): uploading alone fills no disk."""
MOST_WAITING_OF_VISITORS: Final = 3 * 1024**3
"""What may wait of all who have no account (bytes): they never leave those who have one without room."""
MOST_OF_A_NETWORK: Final = 256 * 1024 * 1024
"""What comes from one network without an account in `HELD` (bytes): nobody takes the room of all visitors."""
PIECE: Final = 5 * 1024 * 1024
"""A large file counts as several: one for each piece of this size that was begun."""


class TooManyFilesError(FileRefusedError):
    """More files than come with one question. Source: R-FBK-01"""

    code = "files-too-many"
    vi = "Có {found} tệp; mỗi lần gửi kèm được tối đa {most} tệp. Hãy bỏ bớt hoặc ghép các trang vào một tệp."
    en = "There are {found} files; at most {most} are taken with one message. Take some out or join their pages."


class FilesTooLargeError(FileRefusedError):
    """The files of one question are too large together."""

    code = "files-too-large"
    status = 413
    vi = "Các tệp gửi kèm vượt quá {most} MB. Hãy bỏ bớt tệp hoặc quét lại ở mức 300 dpi."
    en = "The files may not exceed {most} MB together. Take some out, or scan them again at 300 dpi."


class FileGoneError(FileRefusedError):
    """A file waited too long for its question, or went with another one."""

    code = "file-gone"
    vi = "Tệp đã chọn không còn được giữ, vì để quá lâu hoặc đã được gửi. Hãy chọn lại tệp."
    en = "A chosen file is not held any more: it waited too long, or was sent already. Choose it again."


class FilesWaitingError(FileRefusedError):
    """So much waits for its question that more is not taken."""

    code = "files-waiting"
    status = 413
    vi = "Hiện có quá nhiều tệp đang chờ gửi nên chưa nhận thêm. Hãy gửi không kèm tệp này, hoặc thử lại sau."
    en = (
        "Too many files wait to be sent, so no more is taken now. Send without this file, or try again later."
    )


class AttachmentNotFoundError(NotFoundError):
    """There is no such file, or not for this caller."""

    code = "file-not-found"
    vi = "Không tìm thấy tệp."
    en = "The file was not found."


def refuse_together(sizes: Sequence[int]) -> None:
    """Refuse more files, or larger ones, than come with one question or one piece of feedback.

    Raises: TooManyFilesError, FilesTooLargeError.
    """
    if len(sizes) > MOST_FILES:
        raise TooManyFilesError(field="files", rule="count", found=len(sizes), most=MOST_FILES)
    if sum(sizes) > MOST_BYTES:
        raise FilesTooLargeError(field="files", rule="quota", most=MOST_BYTES // 1048576)


def refuse_waiting(size: int, own: int, everybody: int, *, account: bool) -> None:
    """Refuse a file where too much waits already: of its account, or of all visitors, and of everybody.

    Raises: FilesWaitingError.
    """
    most = MOST_WAITING_OF_ONE if account else MOST_WAITING_OF_VISITORS
    if own + size > most or everybody + size > MOST_WAITING:
        raise FilesWaitingError(field="file", rule="quota")


def pieces(size: int) -> int:
    """Return as how many a file of a size counts."""
    return 1 + size // PIECE
