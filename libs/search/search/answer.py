"""What a search answers: the procedures found, or an honest word why there are none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """One procedure found and how well it fits, roughly between 0 and 2."""

    code: str
    score: float


@dataclass(frozen=True)
class Note:
    """Why the list is empty or uncertain, in both languages.

    Codes: `too-vague`, `not-a-procedure`, `handled-elsewhere`, `no-match`, `corrected`.
    """

    code: str
    vi: str
    en: str


@dataclass(frozen=True)
class Answer:
    """Procedures best first, a note when something must be said, and words to try instead."""

    hits: tuple[Hit, ...] = ()
    note: Note | None = None
    near: tuple[str, ...] = ()  # codes that came close
    starters: tuple[str, ...] = ()  # queries to try when the own one was too vague


TOO_VAGUE = Note(
    "too-vague",
    "Từ khóa còn quá chung. Hãy nói rõ việc cần làm, ví dụ “khai sinh cho con”, “đổi căn cước”, “xây nhà”.",
    "These words are too general. Say what you want done, for example “khai sinh cho con” (register a birth).",
)
NO_MATCH = Note(
    "no-match",
    "Không tìm thấy thủ tục nào đúng với từ khóa này. Hãy thử từ khác hoặc gọi Bộ phận một cửa nơi bạn ở.",
    "No procedure matches these words. Try other words, or ask the one-stop desk where you live.",
)
NO_CODE = Note(
    "no-match",
    "Không có thủ tục nào mang mã này trong danh mục.",
    "No procedure in the catalogue carries this code.",
)
