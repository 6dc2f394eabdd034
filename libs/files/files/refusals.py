"""Which files are taken: kind, size, and nothing that could run."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from common.errors import DomainError
from regulation.text import Lang

from files.dangers import shown, told
from files.kinds import claimed_kind, spoken


class FileRefusedError(DomainError):
    """Any reason why a file cannot be attached."""


class EmptyFileError(FileRefusedError):
    """Nothing in it."""

    code = "file-empty"
    vi = "Tệp “{name}” trống (0 byte)."
    en = "The file “{name}” is empty (0 bytes)."


class FileTooLargeError(FileRefusedError):
    """More than the suite takes."""

    code = "file-too-large"
    status = 413
    vi = "Tệp “{name}” lớn hơn {limit} MB. Hãy quét hoặc chụp lại ở mức 300 dpi, hoặc chia thành nhiều tệp."
    en = "The file “{name}” is larger than {limit} MB. Scan it again at 300 dpi, or split it into several files."


class FileKindError(FileRefusedError):
    """The content is of a kind that the component does not take."""

    code = "file-kind"
    vi = "Nội dung tệp “{name}” không thuộc loại được nhận ({accepted})."
    en = "The content of “{name}” is not of an accepted kind ({accepted})."


class FileNameDisagreesError(FileRefusedError):
    """The ending says one thing, the content another."""

    code = "file-name-disagrees"
    vi = "Tên tệp “{name}” không khớp với nội dung ({kind})."
    en = "The name “{name}” does not agree with the content ({kind})."


class FileDamagedError(FileRefusedError):
    """It cannot be read as what it claims to be."""

    code = "file-damaged"
    vi = "Tệp “{name}” hỏng, không đọc được."
    en = "The file “{name}” is damaged and cannot be read."


class FileEncryptedError(FileRefusedError):
    """Nobody could open it at the desk."""

    code = "file-encrypted"
    vi = "Tệp “{name}” có mật khẩu; hãy bỏ mật khẩu rồi tải lại."
    en = "The file “{name}” is protected by a password; remove it and upload again."


class FileActiveContentError(FileRefusedError):
    """Papers do not run programs."""

    code = "file-active-content"
    vi = (
        "Tệp “{name}” có nội dung có thể tự chạy hoặc lấy dữ liệu từ nơi khác: {found}. "
        "Hãy mở tệp, chọn In rồi Lưu thành PDF, và tải bản PDF đó lên."
    )
    en = (
        "The file “{name}” holds content that could act by itself or fetch from elsewhere: {found}. "
        "Open it, choose Print and Save as PDF, and upload that PDF."
    )

    def message(self, lang: Lang) -> str:
        """Tell what was found in the words of the language."""
        found = told(cast(tuple[str, ...], self.params["dangers"]), lang)
        return (self.vi if lang == "vi" else self.en).format(name=self.params["name"], found=found)


class FileTwoInOneError(FileRefusedError):
    """Another file hangs before or behind it."""

    code = "file-two-in-one"
    vi = (
        "Tệp “{name}” có một tệp khác ({found}) nối vào trong nên không được nhận. "
        "Hãy chụp hoặc quét lại giấy tờ, hoặc mở tệp rồi lưu thành bản mới."
    )
    en = (
        "Another file ({found}) hangs on to “{name}”, so it is refused. "
        "Scan or photograph the paper again, or open the file and save it as a new one."
    )


class FileLinkError(FileRefusedError):
    """A link or reference in it would open a program, a file of somebody's computer, or something from elsewhere."""

    code = "file-unsafe-link"
    vi = (
        "Tệp “{name}” có liên kết không an toàn ({found}); chỉ nhận liên kết đến trang web (http, https), "
        "địa chỉ thư và số điện thoại. Hãy bỏ liên kết này, hoặc in tệp thành PDF rồi tải lại."
    )
    en = (
        "The file “{name}” has an unsafe link ({found}); only links to web pages (http, https), mail addresses "
        "and telephone numbers are taken. Take it out, or print the file to a PDF and upload that."
    )


class FileTooComplexError(FileRefusedError):
    """Looking into it takes more time, memory or parts than any paper needs."""

    code = "file-too-complex"
    vi = (
        "Tệp “{name}” có cấu trúc quá phức tạp nên không kiểm tra được. "
        "Hãy in lại thành PDF, quét lại ở mức 300 dpi, hoặc chia thành nhiều tệp."
    )
    en = (
        "The file “{name}” is too complex to be examined. "
        "Print it to a PDF again, scan it at 300 dpi, or split it into several files."
    )


class FileBombError(FileRefusedError):
    """A small file that would unpack into an enormous one."""

    code = "file-bomb"
    vi = "Tệp “{name}” bung ra quá lớn nên không được nhận."
    en = "The file “{name}” would unpack to an enormous size and is refused."


class PictureTooLargeError(FileRefusedError):
    """More pixels than anybody needs to read a paper."""

    code = "picture-too-large"
    vi = (
        "Ảnh “{name}” có {found} triệu điểm ảnh, nhiều hơn mức {limit} triệu được nhận. "
        "Hãy chụp lại ở độ phân giải thường hoặc quét ở mức 300 dpi."
    )
    en = (
        "The picture “{name}” has {found} million pixels, more than the {limit} million that are taken. "
        "Take it again at the usual resolution, or scan at 300 dpi."
    )


class UploadQuotaError(FileRefusedError):
    """Too much for one dossier."""

    code = "upload-quota"
    status = 413
    vi = "Tổng dung lượng các tệp vượt quá {limit} MB cho một hồ sơ. Hãy bỏ bớt tệp hoặc quét lại ở mức 300 dpi."
    en = "The files of one dossier may not exceed {limit} MB together. Take some out, or scan them again at 300 dpi."


class PersonQuotaError(FileRefusedError):
    """Too much in all drafts of one person together."""

    code = "upload-quota-person"
    status = 413
    vi = (
        "Các bản nháp của bạn đã chứa gần {limit} MB tệp, không nhận thêm được. "
        "Hãy nộp hoặc xóa những bản nháp không dùng nữa rồi tải lại."
    )
    en = (
        "Your drafts hold almost {limit} MB of files; no more is taken. "
        "Submit or delete the drafts you no longer need, then upload again."
    )


class DiscardQuotaError(FileRefusedError):
    """Uploading and taking out again fills the disk as well: what is taken out is stored for some time."""

    code = "upload-quota-discarded"
    status = 413
    vi = (
        "Bạn đã tải lên rồi bỏ quá nhiều tệp trong thời gian gần đây; hệ thống còn giữ các tệp đó một thời gian. "
        "Hãy nộp hồ sơ với những tệp đang có, hoặc mang giấy tờ đến bộ phận một cửa."
    )
    en = (
        "You have uploaded and taken out too many files lately; they are stored for some time. "
        "Submit with the files you have, or bring the papers to the one-stop desk."
    )


DISCARDED_TIMES = 4
"""So many times what drafts may hold, a person's drafts and what was taken out of them may fill together."""


@dataclass(frozen=True)
class FileFacts:
    """What looking inside a file found; `media_type` is None when the content is of no known kind."""

    media_type: str | None
    damaged: bool = False
    encrypted: bool = False
    active: tuple[str, ...] = ()
    """Names of `DANGERS`."""
    second: tuple[str, ...] = ()
    """The kind of another file that hangs before or behind it."""
    links: tuple[str, ...] = ()
    """Addresses that papers may not lead to."""
    bomb: bool = False
    complex: bool = False
    pixels: int = 0
    secrecy: str = ""
    """The grade of state secrecy whose stamp stands on it; "" for none."""


@dataclass(frozen=True)
class Limits:
    """How large a file, all files of one dossier, and all files in the drafts of one person may be (bytes).

    Pictures are counted in million pixels: an ordinary telephone makes up to 200 million; an A3 page scanned at
    600 dpi has 70.
    """

    file_bytes: int = 20 * 1024 * 1024
    dossier_bytes: int = 100 * 1024 * 1024
    person_bytes: int = 500 * 1024 * 1024
    megapixels: int = 250


def refuse_size(name: str, size: int, stored: int, limits: Limits) -> None:
    """Refuse a file that is empty, too large, or too much for its dossier.

    Raises:
        EmptyFileError, FileTooLargeError, UploadQuotaError: as their names say.

    Source: TN Đ.11.2.b; R-SUB-05
    """
    if size == 0:
        raise EmptyFileError(field="file", rule="minSize", name=name)
    if size > limits.file_bytes:
        raise FileTooLargeError(field="file", rule="maxSize", name=name, limit=limits.file_bytes // 1048576)
    if stored + size > limits.dossier_bytes:
        raise UploadQuotaError(field="file", rule="quota", limit=limits.dossier_bytes // 1048576)


def refuse_hoard(size: int, held: int, discarded: int, limits: Limits) -> None:
    """Refuse a file that is too much for one person.

    `held` lies in all of the person's drafts; `discarded` was taken out of them and is still stored.

    Raises:
        PersonQuotaError, DiscardQuotaError: as their names say.
    """
    if held + size > limits.person_bytes:
        raise PersonQuotaError(field="file", rule="quota", limit=limits.person_bytes // 1048576)
    if held + discarded + size > DISCARDED_TIMES * limits.person_bytes:
        raise DiscardQuotaError(field="file", rule="quota", limit=limits.person_bytes // 1048576)


def refuse_content(name: str, facts: FileFacts, accepted: Collection[str], limits: Limits) -> None:
    """Refuse a file whose inside is of the wrong kind, too large, shut, broken or able to act.

    Raises:
        FileRefusedError: the subclass names the reason.

    Source: NB Đ.14.2.a; R-SUB-05
    """
    if facts.bomb:
        raise FileBombError(field="file", rule="bomb", name=name)
    if facts.complex:
        raise FileTooComplexError(field="file", rule="complexity", name=name)
    if facts.media_type not in accepted:
        raise FileKindError(field="file", rule="kind", name=name, accepted=", ".join(spoken(accepted)))
    if claimed_kind(name) not in (None, facts.media_type):
        raise FileNameDisagreesError(field="file", rule="ending", name=name, kind=facts.media_type)
    if facts.pixels > limits.megapixels * 1_000_000:
        found = -(-facts.pixels // 1_000_000)
        raise PictureTooLargeError(
            field="file", rule="pixels", name=name, found=found, limit=limits.megapixels
        )
    if facts.encrypted:
        raise FileEncryptedError(field="file", rule="encrypted", name=name)
    if facts.damaged:
        raise FileDamagedError(field="file", rule="readable", name=name)
    _refuse_harm(name, facts)


def _refuse_harm(name: str, facts: FileFacts) -> None:
    if facts.active:
        raise FileActiveContentError(field="file", rule="active", name=name, dangers=facts.active)
    if facts.second:
        raise FileTwoInOneError(field="file", rule="oneFile", name=name, found=", ".join(facts.second))
    if facts.links:
        raise FileLinkError(field="file", rule="link", name=name, found=shown(facts.links[0]))
