"""What people accept before they work here: terms of use, what officers must not do, and their duties."""

from dataclasses import dataclass
from datetime import timedelta

TERMS, CONDUCT, DUTIES, PROVIDER = "terms", "conduct", "duties", "provider-password"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Statement:
    """A text that is shown and accepted (nội dung phải đọc và xác nhận), as it stands in one version."""

    kind: str
    version: str
    vi: tuple[str, ...]
    """Title, then one line each."""
    en: tuple[str, ...]
    grounds: str
    again_after: timedelta | None = None
    """After how long it is confirmed again; None where only another version asks."""

    def said(self, lang: str) -> tuple[str, tuple[str, ...]]:
        """Give title and lines in a language."""
        title, *lines = self.en if lang == "en" else self.vi
        return title, tuple(lines)


USE = Statement(
    TERMS,
    "2026-11",
    (
        "Điều khoản sử dụng và những hành vi bị nghiêm cấm",
        "Được chọn giao dịch điện tử hay trực tiếp; được bảo vệ thông tin, được biết tình trạng hồ sơ, được khiếu nại.",
        "Khai đúng sự thật, chịu trách nhiệm về thông tin và giấy tờ đã gửi, giữ kín tài khoản của mình.",
        "Không cản trở việc lựa chọn sử dụng giao dịch điện tử.",
        "Không cản trở, ngăn chặn trái phép việc truyền, gửi, nhận thông điệp dữ liệu.",
        "Không thay đổi, xóa, hủy, giả mạo, sao chép, tiết lộ, hiển thị, di chuyển trái phép thông điệp dữ liệu.",
        "Không tạo ra, phát tán chương trình làm rối loạn, thay đổi, phá hoại hệ thống.",
        "Không tạo ra thông điệp dữ liệu nhằm thực hiện hành vi trái pháp luật.",
        "Không gian lận, mạo nhận, chiếm đoạt, sử dụng trái phép chữ ký điện tử hoặc tài khoản của người khác.",
        "Không thực hiện hành vi khác mà pháp luật nghiêm cấm; người vi phạm có thể bị tạm ngừng tài khoản.",
    ),
    (
        "Terms of use and prohibited acts",
        "You choose to act online or at the desk; your data is protected; you may follow your dossier and complain.",
        "Declare the truth, answer for the information and papers you send, keep your account to yourself.",
        "Do not hinder the free choice of electronic transactions.",
        "Do not hinder or block the sending and receiving of data messages.",
        "Do not change, delete, forge, copy, disclose, show or move data messages without right.",
        "Do not make or spread programs that disturb, change or harm the system.",
        "Do not make data messages for unlawful acts.",
        "Do not cheat, impersonate, or use the electronic signature or account of somebody else.",
        "Do nothing else that the law prohibits; an account may be suspended for it.",
    ),
    "NB Đ.5; TN Đ.5; BD Đ.4; HN Đ.6; QT Đ.5; R-SEC-01",
)
OFFICERS_CONDUCT = Statement(
    CONDUCT,
    "2026-11",
    (
        "Những việc không được làm khi tiếp nhận và giải quyết thủ tục hành chính",
        "Cửa quyền, sách nhiễu, gây phiền hà, khó khăn cho tổ chức, cá nhân.",
        "Cản trở việc lựa chọn cách nộp hồ sơ, nhận kết quả.",
        "Giao dịch, yêu cầu bổ sung hồ sơ ngoài Bộ phận Một cửa, trừ trường hợp pháp luật quy định khác.",
        "Tiết lộ, sử dụng thông tin, tài liệu của tổ chức, cá nhân để trục lợi hoặc sai mục đích.",
        "Từ chối, kéo dài thời gian giải quyết hoặc tự ý yêu cầu thêm giấy tờ ngoài quy định.",
        "Đùn đẩy trách nhiệm, thiếu hợp tác, thiếu công bằng, không khách quan, không đúng pháp luật.",
        "Làm sai lệch, làm mất hồ sơ, dữ liệu; dùng tài khoản, chữ ký số của người khác.",
    ),
    (
        "What must not be done when receiving and handling procedures",
        "Abuse the office, harass, or make it hard for people and organisations.",
        "Hinder the choice of how to file and how to get the result.",
        "Deal or ask for supplements outside the one-stop desk, unless the law says otherwise.",
        "Disclose or use information and papers of people for gain or another purpose.",
        "Refuse, delay, or ask for papers that no rule asks for.",
        "Shift responsibility, refuse to cooperate, act unfairly, with bias or against the law.",
        "Falsify or lose dossiers and data; use the account or digital signature of somebody else.",
    ),
    "NĐ 61/2018/NĐ-CP Đ.5–6; NĐ 45/2020/NĐ-CP Đ.6; R-SEC-01",
)
OFFICERS_DUTIES = Statement(
    DUTIES,
    "2026-11",
    (
        "Trách nhiệm của cán bộ sử dụng hệ thống",
        "Đăng nhập thường xuyên trong giờ làm việc để nhận và xử lý hồ sơ.",
        "Xử lý đúng thời hạn; báo trước khi không kịp.",
        "Giữ kín mật khẩu, không cho người khác dùng tài khoản, đổi mật khẩu khi nghi bị lộ.",
        "Báo ngay cho thủ trưởng và đơn vị vận hành khi thấy hành vi lạm dụng, tệp độc hại, sự cố.",
    ),
    (
        "Duties of officers who use the system",
        "Sign in regularly in working hours to receive and handle dossiers.",
        "Handle in time; say so before it becomes late.",
        "Keep the password secret, let nobody use the account, change the password when it may be known.",
        "Tell your head and the operator at once of abuse, harmful files and incidents.",
    ),
    "NB Đ.24; QT Đ.11.4; QT Đ.13.3; QT Đ.25.5; R-ORG-16",
    YEAR,
)
PROVIDERS_PASSWORD = Statement(
    PROVIDER,
    "2026-11",
    (
        "Mật khẩu ở nơi định danh",
        "Mật khẩu của bạn do nơi cung cấp định danh giữ. Hãy đổi mật khẩu ở đó định kỳ rồi xác nhận tại đây.",
    ),
    (
        "Your password at the identity provider",
        "Your password is kept by the identity provider. Change it there from time to time and confirm here.",
    ),
    "QT Đ.13.3; R-ACC-14",
)
