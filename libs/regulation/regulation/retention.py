"""How long what is kept about people stays, and what becomes of it then: one table over all services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from regulation.profiles import Profile
from regulation.text import Lang


class Record(StrEnum):
    """A kind of record about people (loại dữ liệu)."""

    CODE = "one_time_code"
    SIGN_IN = "sign_in"
    DEVICE = "known_device"
    ACCOUNT = "closed_account"
    DRAFT = "draft"
    SUBMITTED_DRAFT = "submitted_draft"
    UPLOAD = "deleted_upload"
    NOTICE = "notice"
    ASKER = "question_asker"
    BAR = "asker_bar"
    RATING = "dossier_rating"
    DOSSIER = "dossier"
    ACCESS_LINE = "access_line"


class Fate(StrEnum):
    """What becomes of a record when its time is over (xử lý khi hết thời hạn)."""

    ERASED = "erased"
    ANONYMISED = "anonymised"
    KEPT = "kept"


@dataclass(frozen=True)
class Rule:
    """Who keeps a kind of record, what becomes of it, and why, in words for the person it is about."""

    service: str
    fate: Fate
    source: str
    vi: str
    en: str

    def said(self, lang: Lang) -> str:
        """Return what is done and why, in a language."""
        return self.vi if lang == "vi" else self.en


RULES: Final[Mapping[Record, Rule]] = MappingProxyType(
    {
        Record.CODE: Rule(
            "identity",
            Fate.ERASED,
            "NĐ 356/2025; R-SEC-16",
            "Mã xác nhận một lần: xóa, vì đã hết tác dụng",
            "One-time codes: erased, because they are of no use any more",
        ),
        Record.SIGN_IN: Rule(
            "identity",
            Fate.ERASED,
            "QT Đ.29.7; R-SEC-16",
            "Phiên đăng nhập đã kết thúc: xóa; nhật ký truy cập vẫn giữ theo quy định",
            "Ended sign-ins: erased; the access log stays as the law asks",
        ),
        Record.DEVICE: Rule(
            "identity",
            Fate.ERASED,
            "R-SEC-16",
            "Thiết bị quen: xóa khi lâu không dùng",
            "Known devices: erased when not used for long",
        ),
        Record.ACCOUNT: Rule(
            "identity",
            Fate.ANONYMISED,
            "Luật 91/2025; R-SEC-16; R-SEC-20",
            "Tài khoản đã đóng: xóa họ tên, số định danh, thư điện tử, số điện thoại, địa chỉ, mật khẩu, "
            "lý do các lần tạm ngừng",
            "A closed account: name, identity number, e-mail, telephone, address, password and the "
            "grounds of suspensions are erased",
        ),
        Record.DRAFT: Rule(
            "intake",
            Fate.ERASED,
            "R-SUB-03; R-SEC-16",
            "Bản nháp chưa nộp và tệp trong đó: xóa",
            "Drafts never submitted, with their files: erased",
        ),
        Record.SUBMITTED_DRAFT: Rule(
            "intake",
            Fate.ERASED,
            "R-SUB-03; R-SEC-16",
            "Bản nháp đã nộp thành hồ sơ: xóa, vì hồ sơ đã có đủ",
            "Drafts that became dossiers: erased, because the dossier holds it all",
        ),
        Record.UPLOAD: Rule(
            "intake",
            Fate.ERASED,
            "R-SUB-05; R-SEC-20",
            "Tệp bạn đã bỏ khỏi bản nháp: xóa hẳn khi không hồ sơ nào còn dùng",
            "Files taken out of a draft: erased once no dossier uses them",
        ),
        Record.NOTICE: Rule(
            "notify",
            Fate.ERASED,
            "R-NTF-14; R-SEC-16",
            "Thông báo đã gửi: xóa, trừ thông báo của hồ sơ chưa kết thúc",
            "Notices sent: erased, except those of a dossier that is still open",
        ),
        Record.ASKER: Rule(
            "qa",
            Fate.ANONYMISED,
            "TN Đ.16.3; TN Đ.19.2; R-QNA-24; R-SEC-16; R-SEC-20",
            "Câu hỏi, phản ánh đã kết thúc: giữ nội dung, trả lời; xóa họ tên, số định danh, liên hệ người gửi "
            "và các tệp gửi kèm",
            "Closed questions and feedback: content and reply stay; name, number, address, contacts and the files "
            "sent along are erased",
        ),
        Record.BAR: Rule(
            "qa",
            Fate.ANONYMISED,
            "NB Đ.18.1.a; TN Đ.13.1; R-QNA-03; R-SEC-20",
            "Quyết định tạm dừng đặt câu hỏi đã hết hiệu lực: giữ số quyết định; xóa tài khoản, số giấy tờ, liên hệ "
            "của người bị áp dụng",
            "Ended decisions that kept somebody from asking: the decision stays; account, number and contacts of the "
            "person are erased",
        ),
        Record.RATING: Rule(
            "qa",
            Fate.ANONYMISED,
            "NB Đ.10.4; TN Đ.6.3; R-SAT-05; R-SEC-20",
            "Đánh giá hồ sơ: giữ điểm; xóa mã hồ sơ, lời góp ý; hồ sơ là của ai chỉ giữ trong thời gian được đánh giá",
            "Ratings of dossiers: the marks stay; dossier and comment are erased; whose the dossier is stays only as "
            "long as it may be rated",
        ),
        Record.DOSSIER: Rule(
            "intake",
            Fate.KEPT,
            "Luật 33/2024; TT 13/2023; NB Đ.7; TN Đ.7.5; R-SEC-20",
            "Hồ sơ đã nộp và kết quả: giữ, vì pháp luật về lưu trữ buộc cơ quan giữ; bạn tra cứu bằng mã hồ sơ",
            "Submitted dossiers and results: kept, because the law on archives asks it; look them up by code",
        ),
        Record.ACCESS_LINE: Rule(
            "identity",
            Fate.KEPT,
            "QT Đ.29.7; NĐ 331/2026; R-SEC-09",
            "Nhật ký truy cập: giữ theo quy định về an toàn hệ thống; có mã tài khoản, và những từ cán bộ đã gõ "
            "để tìm, trong đó có thể có họ tên hoặc số định danh của bạn",
            "The access log: kept as the law on system security asks; it holds the account's code, and the words "
            "that officers typed to search, which may be your name or your identity number",
        ),
    }
)
"""Source: R-SEC-16; R-SEC-20"""


@dataclass(frozen=True)
class Retention:
    """How long one province keeps each kind of record that does not stay."""

    spans: Mapping[Record, timedelta]

    def of(self, record: Record) -> timedelta:
        """Give how long a record stays after it was last needed."""
        return self.spans[record]

    def over_before(self, record: Record, now: datetime) -> datetime:
        """Give the instant before which a record was last needed when its time is over now.

        Source: R-SEC-20; `retention.*`
        """
        return now - self.spans[record]


def key_of(record: Record) -> str:
    """Name the profile's value that says how long a record stays."""
    return f"retention.{record}_days"


def retention_of(profile: Profile) -> Retention:
    """Read how long a province keeps what does not stay. Source: R-SEC-20; `retention.*`."""
    goes = [record for record, rule in RULES.items() if rule.fate is not Fate.KEPT]
    return Retention({record: timedelta(days=profile.number(key_of(record))) for record in goes})
