"""The table of addresses: every page of the portal, by name."""

from enum import StrEnum
from string import Formatter
from urllib.parse import quote, urlencode

from regulation import links

OFFICER_ROOT = "/can-bo"


class Page(StrEnum):
    """A page and its address; ``{parts}`` are filled in by ``at``."""

    HOME = "/"
    PROCEDURES = "/thu-tuc"
    PROCEDURE = "/thu-tuc/{code}"
    PROCEDURE_GUIDE = "/thu-tuc/{code}/huong-dan"
    BLANK_FORM = "/thu-tuc/{code}/mau/{form}"
    BEGIN = "/thu-tuc/{code}/nop"
    LOOKUP = "/tra-cuu"
    TRACKING = links.TRACKING
    VERIFY = "/xac-minh"
    VERIFIED = links.VERIFICATION
    FIGURES = "/thong-ke"
    FIGURES_CSV = "/thong-ke.csv"
    QUESTION_FIGURES = "/thong-ke/hoi-dap"
    QUESTION_FIGURES_CSV = "/thong-ke/hoi-dap.csv"
    RATINGS = "/danh-gia"
    COUNTER = "/danh-gia-tai-quay"
    COUNTER_CODE = "/danh-gia-tai-quay/ma/{code}"
    COUNTER_RATE = "/danh-gia-tai-quay/cham"
    COUNTER_THANKS = "/danh-gia-tai-quay/cam-on"
    STATUS = links.STATUS
    HOW_IT_WORKS = "/huong-dan"
    CONTACT = "/lien-he"
    ACCESSIBILITY = "/kha-nang-tiep-can"
    PRIVACY = "/quyen-rieng-tu"
    TERMS = "/dieu-khoan"
    NEWS = "/dien-bien"
    TOO_LARGE = "/qua-lon"
    ROBOTS = "/robots.txt"
    SECURITY = "/.well-known/security.txt"

    ANSWERS = links.ANSWERS
    ANSWERS_SUGGESTED = "/hoi-dap/goi-y"
    ANSWERS_FEED = "/hoi-dap/tin.atom"
    ANSWER = links.ANSWER
    ASK = "/hoi-dap/dat-cau-hoi"
    FOLLOWED = links.FOLLOWED_QUESTION
    FOLLOWED_SENT = "/hoi-dap/theo-doi/{key}/da-gui"
    FOLLOWED_MORE = "/hoi-dap/theo-doi/{key}/hoi-them"
    FOLLOWED_FILE = "/hoi-dap/theo-doi/{key}/tep/{file}"
    MY_QUESTIONS = "/hoi-dap/cua-toi"
    MY_QUESTION = links.OWN_QUESTION
    MY_QUESTION_SENT = "/hoi-dap/cua-toi/{number}/da-gui"
    MY_QUESTION_MORE = "/hoi-dap/cua-toi/{number}/hoi-them"
    MY_QUESTION_FILE = "/hoi-dap/cua-toi/{number}/tep/{file}"

    FEEDBACK = links.FEEDBACK
    SEND_FEEDBACK = "/phan-anh-kien-nghi/gui"
    FEEDBACK_CONTACTS = "/phan-anh-kien-nghi/noi-nhan"
    FOLLOWED_FEEDBACK = links.FOLLOWED_FEEDBACK
    FOLLOWED_FEEDBACK_SENT = "/phan-anh-kien-nghi/theo-doi/{key}/da-gui"
    FOLLOWED_FEEDBACK_FILE = "/phan-anh-kien-nghi/theo-doi/{key}/tep/{file}"
    MY_FEEDBACK = "/phan-anh-kien-nghi/cua-toi"
    MY_FEEDBACK_ONE = links.OWN_FEEDBACK
    MY_FEEDBACK_SENT = "/phan-anh-kien-nghi/cua-toi/{number}/da-gui"
    MY_FEEDBACK_FILE = "/phan-anh-kien-nghi/cua-toi/{number}/tep/{file}"

    SURVEYS = "/khao-sat"
    SURVEY = "/khao-sat/{number}"
    SURVEY_ANSWERED = "/khao-sat/{number}/cam-on"
    SURVEY_RESULTS = "/khao-sat/{number}/ket-qua"
    SURVEY_CSV = "/khao-sat/{number}/ket-qua.csv"
    DRAFT = "/ban-nhap/{draft_id}"
    DRAFT_GO_ON = "/ban-nhap/{draft_id}/tiep"
    DRAFT_DISCARD = "/ban-nhap/{draft_id}/xoa"
    DRAFT_RENEWAL = "/ban-nhap/{draft_id}/ban-moi"
    QUESTIONS = "/ban-nhap/{draft_id}/khai/{page}"
    AUTOSAVE = "/ban-nhap/{draft_id}/tu-luu/{page}"
    PAPERS = "/ban-nhap/{draft_id}/giay-to"
    PAPER = "/ban-nhap/{draft_id}/giay-to/{component}"
    PAPER_REMOVAL = "/ban-nhap/{draft_id}/giay-to/{component}/{attachment}/xoa"
    RESULT_CHANNEL = "/ban-nhap/{draft_id}/nhan-ket-qua"
    REVIEW = "/ban-nhap/{draft_id}/xem-lai"
    SUBMISSION = "/ban-nhap/{draft_id}/nop"
    MY_DOSSIERS = "/ho-so-cua-toi"
    MY_DOSSIER = links.OWN_DOSSIER
    SUBMITTED = "/ho-so-cua-toi/{code}/da-nop"
    MY_FILE = "/ho-so-cua-toi/{code}/{kind}/{number}/tai-ve"
    SUPPLEMENT = "/ho-so-cua-toi/{code}/bo-sung"
    SUPPLEMENT_PAPER = "/ho-so-cua-toi/{code}/bo-sung/{component}"
    RATE = links.OWN_RATING
    NEW_CHANNEL = "/ho-so-cua-toi/{code}/nhan-ket-qua"
    SIGN_IN = "/dang-nhap"
    PROVIDER = links.PROVIDER_RETURN
    OFFICER_PROVIDER = links.OFFICER_RETURN
    SIGN_OUT = "/dang-xuat"
    EXTEND = "/gia-han"
    PASSWORD = "/doi-mat-khau"  # noqa: S105 - an address
    MESSAGES = "/thong-bao"
    MESSAGE_READ = "/thong-bao/{message}/da-doc"
    FORGOTTEN = "/quen-mat-khau"
    RESET = "/quen-mat-khau/{reset}"
    LETTER_RESET = links.RECOVERY
    LETTER_SIGN_IN = links.SIGN_IN
    REGISTER = "/dang-ky"
    REGISTRATION = "/dang-ky/{registration}"
    RESET_AGAIN = "/quen-mat-khau/{reset}/gui-lai"
    CODE_AGAIN = "/dang-ky/{registration}/gui-lai"
    ACCOUNT = "/tai-khoan"
    AMEND = "/tai-khoan/sua"
    CHANGE_MAIL = "/tai-khoan/thu-dien-tu"
    MAIL_CODE = "/tai-khoan/thu-dien-tu/{change}"
    CHANGE_PHONE = "/tai-khoan/dien-thoai"
    PHONE_CODE = "/tai-khoan/dien-thoai/{proof}"
    ACCESS_LOG = "/tai-khoan/lich-su-truy-cap"
    CLOSE_ACCOUNT = "/tai-khoan/dong"
    KEEP_ACCOUNT = "/tai-khoan/giu"
    START = "/can-bo"
    FACTOR = "/can-bo/xac-thuc"
    ENROL = "/can-bo/xac-thuc/dang-ky"
    ENROL_CODE = "/can-bo/xac-thuc/dang-ky/ma"
    NEW_CODES = "/can-bo/xac-thuc/ma-khoi-phuc"
    PASSKEYS = "/can-bo/xac-thuc/khoa"
    OFFER_PASSKEY = "/can-bo/xac-thuc/khoa/moi"
    ASK_PASSKEY = "/can-bo/xac-thuc/khoa/hoi"
    SHOW_PASSKEY = "/can-bo/xac-thuc/khoa/dung"
    REMOVE_PASSKEY = "/can-bo/xac-thuc/khoa/{passkey}/go"
    NOTICED_DOSSIER = "/can-bo/ho-so/{code}"
    QUEUE = "/can-bo/tiep-nhan"
    QUEUE_CSV = "/can-bo/tiep-nhan.csv"
    QUEUE_SEARCH = "/can-bo/tiep-nhan/tim"
    DESK_DOSSIER = "/can-bo/tiep-nhan/{code}"
    DESK_VIEW = "/can-bo/tiep-nhan/{code}/{kind}/{number}/xem"
    DESK_FILE = "/can-bo/tiep-nhan/{code}/{kind}/{number}/tai-ve"
    DESK_UNSCANNED = "/can-bo/tiep-nhan/{code}/mo-tep"
    CHECK = "/can-bo/tiep-nhan/{code}/kiem-tra"
    ACCEPT = "/can-bo/tiep-nhan/{code}/nhan"
    ACCEPTED = "/can-bo/tiep-nhan/{code}/da-nhan"
    REQUEST_SUPPLEMENT = "/can-bo/tiep-nhan/{code}/bo-sung"
    ALLOW_SUPPLEMENT = "/can-bo/tiep-nhan/{code}/dong-y-bo-sung"
    REFUSE = "/can-bo/tiep-nhan/{code}/tu-choi"
    REDIRECT = "/can-bo/tiep-nhan/{code}/chuyen-huong"
    HAND_OVER = "/can-bo/tiep-nhan/{code}/tra-ket-qua"
    COUNTER_OFFER = "/can-bo/tiep-nhan/{code}/danh-gia-tai-quay"
    CORRECT_CONTACT = "/can-bo/tiep-nhan/{code}/lien-he"
    WALK_IN = "/can-bo/quay"
    WALK_IN_SEARCH = "/can-bo/quay/tim"
    WALK_IN_FORM = "/can-bo/quay/{draft_id}"
    WORK = "/can-bo/giai-quyet"
    WORK_SEARCH = "/can-bo/giai-quyet/tim"
    TO_SIGN = "/can-bo/ky"
    WORK_DOSSIER = links.HANDLED_DOSSIER
    WORK_VIEW = "/can-bo/giai-quyet/{code}/{kind}/{number}/xem"
    WORK_FILE = "/can-bo/giai-quyet/{code}/{kind}/{number}/tai-ve"
    WORK_UNSCANNED = "/can-bo/giai-quyet/{code}/mo-tep"
    CLAIM = "/can-bo/giai-quyet/{code}/nhan-viec"
    ASSIGN = "/can-bo/giai-quyet/{code}/giao-viec"
    COMPLETE_STEP = "/can-bo/giai-quyet/{code}/xong-buoc"
    PROPOSE = "/can-bo/giai-quyet/{code}/de-xuat"
    EXTEND_TIME = "/can-bo/giai-quyet/{code}/hen-lai"
    SEND_EXTENSION_BACK = "/can-bo/giai-quyet/{code}/tra-lai-hen-lai"
    SIGN_EXTENSION = "/can-bo/giai-quyet/{code}/ky-hen-lai"
    CONSULT = "/can-bo/giai-quyet/{code}/lay-y-kien"
    DRAFT_DOCUMENT = "/can-bo/giai-quyet/{code}/du-thao"
    SEND_BACK = "/can-bo/giai-quyet/{code}/tra-lai"
    APPROVE = "/can-bo/giai-quyet/{code}/duyet"
    SIGN = "/can-bo/giai-quyet/{code}/ky"
    REVOKE = "/can-bo/giai-quyet/{code}/thu-hoi"
    SEND_REVOCATION_BACK = "/can-bo/giai-quyet/{code}/tra-lai-thu-hoi"
    SIGN_REVOCATION = "/can-bo/giai-quyet/{code}/ky-thu-hoi"
    CONSULTATIONS = links.CONSULTATIONS
    CONSULTATION = "/can-bo/lay-y-kien/{consultation}"
    ASKED = "/can-bo/hoi-dap"
    ASKED_SEARCH = "/can-bo/hoi-dap/tim"
    ASKED_GUIDANCE = "/can-bo/hoi-dap/huong-dan"
    ASKED_REPORT = "/can-bo/hoi-dap/bao-cao"
    ASKED_REPORT_CSV = "/can-bo/hoi-dap/bao-cao.csv"
    ASKED_BEHIND = "/can-bo/hoi-dap/bao-cao/danh-sach"
    ASKED_ONE = links.HANDLED_QUESTION
    ASKED_REMINDER = "/can-bo/hoi-dap/{number}/don-doc"
    ASKED_DRAFT = "/can-bo/hoi-dap/{number}/du-thao"
    ASKED_DRAFT_KEPT = "/can-bo/hoi-dap/{number}/du-thao/tu-luu"
    ASKED_MENDING = "/can-bo/hoi-dap/{number}/sua-du-thao"
    ASKED_DEED = "/can-bo/hoi-dap/{number}/viec/{deed}"
    ASKED_FILE = "/can-bo/hoi-dap/{number}/tep/{file}"
    FEEDBACK_LIST = "/can-bo/phan-anh"
    FEEDBACK_ENTRY = "/can-bo/phan-anh/nhap"
    FEEDBACK_REPORT = "/can-bo/phan-anh/bao-cao"
    FEEDBACK_REPORT_CSV = "/can-bo/phan-anh/bao-cao.csv"
    FEEDBACK_BEHIND = "/can-bo/phan-anh/bao-cao/danh-sach"
    FEEDBACK_ONE = links.HANDLED_FEEDBACK
    FEEDBACK_REMINDER = "/can-bo/phan-anh/{number}/don-doc"
    FEEDBACK_FILE = "/can-bo/phan-anh/{number}/tep/{file}"
    RATING_TASKS = "/can-bo/danh-gia"
    RATING_TASK = "/can-bo/danh-gia/{task}"
    FEEDBACK_DEED = "/can-bo/phan-anh/{number}/viec/{deed}"
    EVALUATIONS = "/can-bo/danh-gia-co-quan"
    EVALUATION = "/can-bo/danh-gia-co-quan/{number}"
    EVALUATION_CSV = "/can-bo/danh-gia-co-quan/{number}/bang.csv"
    BUILT_SURVEYS = links.SURVEY_DESK
    NEW_SURVEY = "/can-bo/khao-sat/moi"
    BUILT_SURVEY = "/can-bo/khao-sat/{number}"
    SURVEY_DETAILS = "/can-bo/khao-sat/{number}/sua"
    SURVEY_QUESTION = "/can-bo/khao-sat/{number}/cau-hoi/{name}"
    SURVEY_ORDER = "/can-bo/khao-sat/{number}/thu-tu"
    SURVEY_PREVIEW = "/can-bo/khao-sat/{number}/xem-thu"
    SURVEY_PUBLICATION = "/can-bo/khao-sat/{number}/cong-bo"
    SURVEY_ENDING = "/can-bo/khao-sat/{number}/ket-thuc"
    ACCESS_LINES = "/can-bo/nhat-ky-truy-cap"
    ACCESS_LINES_CSV = "/can-bo/nhat-ky-truy-cap/tai-ve"
    OPERATIONS = "/can-bo/van-hanh"
    BOOKS = "/can-bo/so"
    BOOK = "/can-bo/so/{book}"
    BOOK_CSV = "/can-bo/so/{book}/tai-ve"
    NEW_ENTRY = "/can-bo/so/{book}/ghi"
    ENTRY = "/can-bo/so/{book}/muc/{number}"
    ENTRY_DEED = "/can-bo/so/{book}/muc/{number}/viec"
    CORRECT_ENTRY = "/can-bo/so/{book}/muc/{number}/sua"
    CLOSE_ENTRY = "/can-bo/so/{book}/muc/{number}/ket-thuc"

    OFFICERS = "/can-bo/quan-tri/can-bo"
    OFFICERS_SEARCH = "/can-bo/quan-tri/can-bo/tim"
    OFFICER = "/can-bo/quan-tri/can-bo/{officer}"
    GIVE_PASSWORD = "/can-bo/quan-tri/can-bo/{officer}/mat-khau"  # noqa: S105 - an address
    CLEAR_FACTOR = "/can-bo/quan-tri/can-bo/{officer}/xac-thuc"
    OFFICER_ROLES = "/can-bo/quan-tri/can-bo/{officer}/vai-tro"
    GRANTS = links.GRANTS
    CONFIRM_GRANT = "/can-bo/quan-tri/cap-quyen/{proposal}/xac-nhan"
    REFUSE_GRANT = "/can-bo/quan-tri/cap-quyen/{proposal}/tu-choi"
    SUSPENSIONS = "/can-bo/quan-tri/tam-ngung"
    NEW_SUSPENSION = "/can-bo/quan-tri/tam-ngung/moi"
    CONFIRM_SUSPENSION = "/can-bo/quan-tri/tam-ngung/{suspension}/xac-nhan"
    END_SUSPENSION = "/can-bo/quan-tri/tam-ngung/{suspension}/cham-dut"
    HOLDS = "/can-bo/quan-tri/giu-lai"
    NEW_HOLD = "/can-bo/quan-tri/giu-lai/moi"
    CONFIRM_HOLD = "/can-bo/quan-tri/giu-lai/{hold}/xac-nhan"
    REFUSE_HOLD = "/can-bo/quan-tri/giu-lai/{hold}/khong-xac-nhan"
    RELEASE_HOLD = "/can-bo/quan-tri/giu-lai/{hold}/thoi-giu"
    HELD_FILES = "/can-bo/tep-bi-giu"
    BARS = "/can-bo/quan-tri/khong-duoc-hoi"
    NEW_BAR = "/can-bo/quan-tri/khong-duoc-hoi/moi"
    END_BAR = "/can-bo/quan-tri/khong-duoc-hoi/{bar}/cham-dut"
    UNLOCK = "/can-bo/quan-tri/can-bo/{officer}/mo-khoa"

    def at(self, /, **parts: object) -> str:
        """Fill the address in; what is no part of it becomes the query, empty values left out."""
        own = {name for _, name, _, _ in Formatter().parse(self) if name}
        path = self.format(**{name: quote(str(parts[name]), safe="") for name in own})
        query = {name: value for name, value in parts.items() if name not in own and value not in ("", None)}
        return path + ("?" + urlencode(query, safe="/") if query else "")


ON_BOTH_SITES = frozenset(
    (Page.SIGN_IN, Page.SIGN_OUT, Page.EXTEND, Page.PASSWORD, Page.MESSAGES, Page.MESSAGE_READ, Page.NEWS)
)
"""The pages that each site has under its own root."""


def draft_of(path: str) -> str:
    """Give the draft a path is about; empty when it is about none."""
    root, _, rest = path.partition(Page.DRAFT.removesuffix("{draft_id}"))
    return rest.partition("/")[0] if not root else ""


_KEYED = tuple(page.partition("{")[0] for page in (Page.FOLLOWED, Page.FOLLOWED_FEEDBACK, Page.COUNTER))
KEYED = frozenset(page for page in Page if page.startswith(_KEYED))
"""Whoever has such an address reads what stands there: no browser keeps it, and a search engine is told on the page
itself, for one that may not open it would list the address. Nor does a tablet at the counter keep what was typed."""


def holds_key(path: str) -> bool:
    """Tell whether an address holds the key of what it shows."""
    return path.startswith(_KEYED)


def root_of(site: str) -> str:
    """Give the root of a site, ``citizen`` or ``officer``."""
    return OFFICER_ROOT if site == "officer" else ""


def address(page: Page, site: str, /, **parts: object) -> str:
    """Give the address of a page on a site."""
    return (root_of(site) if page in ON_BOTH_SITES else "") + page.at(**parts)
