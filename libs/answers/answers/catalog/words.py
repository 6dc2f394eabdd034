"""Catalog: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class ChangeDeed(StrEnum):
    """What may be done with a change request, as its sub-resource."""

    SENDING = "sending"
    TAKING = "taking"
    COMPLETION = "completion"
    RETURN = "return"


class ChangeKind(StrEnum):
    """What is to be changed: procedures, or the list of agencies."""

    PROCEDURES = "procedures"
    AGENCIES = "agencies"


class ChangeState(StrEnum):
    """Where a change request stands; `owed` is one that a decision asks for and nobody has sent."""

    OWED = "owed"
    REQUESTED = "requested"
    IN_WORK = "in_work"
    DONE = "done"
    RETURNED = "returned"


class Channel(StrEnum):
    """How a dossier comes in or its result goes out (cách thức thực hiện, hình thức trả kết quả)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class DraftDeed(StrEnum):
    """What may be done with a version that nobody outside sees."""

    REVIEW = "review"
    APPROVAL = "approval"
    RETURN = "return"
    PUBLICATION = "publication"


class FeeStatus(StrEnum):
    """What is known of a fee (phí, lệ phí); `free_nationally` still needs the province's own resolution."""

    FREE = "free"
    AMOUNT = "amount"
    FREE_NATIONALLY = "free_nationally"
    SET_BY_PROVINCE = "set_by_province"
    SET_BY_LAW = "set_by_law"
    NOT_PUBLISHED = "not_published"


class Filing(StrEnum):
    """Where a citizen files a dossier of a procedure: on this portal, at a desk of the province, or not …"""

    ONLINE = "online"
    DESK = "desk"
    ELSEWHERE = "elsewhere"


class ItemDeed(StrEnum):
    """What a publication decision does with a procedure."""

    INTRODUCE = "introduce"
    AMEND = "amend"
    REPEAL = "repeal"


class Route(StrEnum):
    """Where a procedure is handled (nơi giải quyết): in this suite, in a ministry's system, on the …"""

    OWN = "own"
    MINISTRY = "ministry"
    NATIONAL = "national"


class Rule(StrEnum):
    """How a limit is counted."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    SAME_DAY_15H = "same_day_15h"
    FORWARD_15H = "forward_15h"
    CLOCK_HOURS = "clock_hours"
    WORKING_DAY_CLOCK_HOURS = "working_day_clock_hours"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"


class State(StrEnum):
    """Where a version stands (trạng thái của phiên bản)."""

    LISTED = "listed"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHECKED = "checked"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


class StepKind(StrEnum):
    """What is done in a step of the internal process (loại bước)."""

    TASK = "task"
    REVIEW = "review"
    SIGN = "sign"
    RETURN = "return"


class WaitsFor(StrEnum):
    """What a clock waits for: the agency's request, or its carrying out."""

    REQUEST = "request"
    UPDATE = "update"
