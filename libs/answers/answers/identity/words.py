"""Identity: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class Case(StrEnum):
    """For what an agency registers an officer (trường hợp đăng ký quyền). Source: QT Đ.11.2.a–d; R-ACC-17"""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class Fate(StrEnum):
    """What becomes of an unused account (kết quả rà soát). Source: QT Đ.11.5; R-ACC-20"""

    DISABLED = "disabled"
    KEPT = "kept"


class GrantDeed(StrEnum):
    """What may be done with a proposal, as its sub-resource."""

    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"


class Held(StrEnum):
    """What a decision keeps (đối tượng được giữ lại): a person's account, a dossier, a question or …"""

    ACCOUNT = "account"
    DOSSIER = "dossier"
    QUESTION = "question"


class Help(StrEnum):
    """What an administrator may do for an officer (việc hỗ trợ đăng nhập), as a sub-resource of the …"""

    FIRST_PASSWORD = "first-password"
    FACTOR_CLEARING = "factor-clearing"
    UNLOCKING = "unlocking"


class HoldDeed(StrEnum):
    """What may be done with a hold, as its sub-resource."""

    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    RELEASE = "release"


class HoldState(StrEnum):
    """How a hold stands (tình trạng việc giữ lại)."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    RELEASE_PROPOSED = "release_proposed"
    REFUSED = "refused"
    RELEASED = "released"


class NoticeKind(StrEnum):
    """Why rights change or end (lý do thay đổi, hủy quyền). Source: QT Đ.11.3; R-ACC-19"""

    MOVED = "moved"
    RETIRED = "retired"
    NO_PROCEDURES = "no_procedures"
    NO_POPULATION = "no_population"


class Population(StrEnum):
    """How the right to use the population database stands. Source: QT Đ.13.4; R-ACC-21"""

    NOT_REGISTERED = "not_registered"
    NO_COMMITMENT = "no_commitment"
    EXPIRED = "expired"
    ACTIVE = "active"


class Post(StrEnum):
    """A post around the suite (vai trò của tỉnh đối với hệ thống). Source: TN Đ.23; QT Đ.6; NB Đ.8; …"""

    OWNER = "owner"
    COORDINATION = "coordination"
    CONTENT = "content"
    OPERATION = "operation"
    SECURITY = "security"
    FINANCE = "finance"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"


class SuspensionDeed(StrEnum):
    """What may be done with a suspension, as its sub-resource."""

    CONFIRMATION = "confirmation"
    ENDING = "ending"
