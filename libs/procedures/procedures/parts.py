"""The constituent parts of a procedure (bộ phận cấu thành của thủ tục hành chính) as plain frozen values."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from regulation.clock import Rule
from regulation.durations import Duration
from regulation.errors import RegulationError

from procedures.vocabulary import FeeStatus, StepKind, told
from procedures.wording import limit_words


@dataclass(frozen=True)
class Case:
    """A case (trường hợp) that has its own limit, fee or papers."""

    id: str
    name: str
    name_en: str = ""

    def label(self, lang: str) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en, lang)


@dataclass(frozen=True)
class Limit:
    """A time limit (thời hạn giải quyết) of one case and channel, `None` meaning all.

    `amount` is the short notation (`1 wd`); without it `flag` says what is wrong with `text`.
    """

    text: str
    rule: Rule | None = None
    amount: str | None = None
    case: str | None = None
    channel: str | None = None
    flag: str | None = None

    @property
    def duration(self) -> Duration | None:
        """Return how long, None where no amount is published. Raises: UnreadableDurationError."""
        return Duration.parse(self.amount) if self.amount else None

    @property
    def clear(self) -> bool:
        """Whether rule and amount are published and a date follows from them."""
        try:
            return bool(self.rule and self.duration)
        except RegulationError:
            return False

    def words(self, lang: str) -> str:
        """Say the limit as published; in English, or where no text is published, from rule and amount."""
        return limit_words(self.text, self.rule, self.duration, lang)


@dataclass(frozen=True)
class Measure:
    """What a fee is counted by (đơn vị tính): the number answered to a question of the e-form.

    The first `full` units cost the fee's amount each, further ones `beyond`; a sum above `at_most` is cut to it,
    and the whole is taken as often as the question `times` says (`times_unit`: bản). English units stand as
    `copy/copies`, one and many.
    """

    by: str
    unit: str
    unit_en: str = ""
    full: int | None = None
    beyond: int | None = None
    at_most: int | None = None
    times: str | None = None
    times_unit: str = ""
    times_unit_en: str = ""


@dataclass(frozen=True)
class Fee:
    """A fee or charge (phí, lệ phí) of one case and channel; `amount` in VND unless `currency` says otherwise.

    `item` names what is paid beside the procedure itself, such as extract copies; `per` says what it is counted by.
    """

    status: FeeStatus
    amount: int | None = None
    currency: str = "VND"
    note: str = ""
    case: str | None = None
    channel: str | None = None
    flag: str | None = None
    item: str = ""
    item_en: str = ""
    per: Measure | None = None

    @property
    def free(self) -> bool:
        """Whether nothing is collected."""
        return self.status is FeeStatus.FREE or self.amount == 0


@dataclass(frozen=True)
class Component:
    """A paper of the dossier (thành phần hồ sơ)."""

    id: str
    name: str
    name_en: str = ""
    required: bool = True
    originals: int = 1
    copies: int = 0
    group: str | None = None
    case: str | None = None
    form_id: str | None = None
    accepts: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")

    def label(self, lang: str) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en, lang)


@dataclass(frozen=True)
class FormUse:
    """A form (mẫu đơn, tờ khai) in the version that is in force with this version of the procedure."""

    id: str
    name: str
    version: int
    name_en: str = ""


@dataclass(frozen=True)
class EForm:
    """The interactive e-form (biểu mẫu điện tử), self-contained."""

    definition: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A step of the internal process (bước của quy trình nội bộ); `hours` in short notation (`4 wh`)."""

    id: str
    name: str
    unit: str
    role: str
    hours: str
    name_en: str = ""
    kind: StepKind = StepKind.TASK
    condition: str | None = None

    @property
    def time(self) -> Duration:
        """Return how long the step may take. Raises: UnreadableDurationError."""
        return Duration.parse(self.hours)


@dataclass(frozen=True)
class Process:
    """The approved internal process (quy trình nội bộ) with its decision."""

    version: int
    decision_number: str
    decision_on: date
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DeskContact:
    """Where to reach the one-stop desk of an agency."""

    address: str
    phone: str
    email: str


@dataclass(frozen=True)
class Offer:
    """An agency that takes the procedure online, at which service level, and the unit that settles it."""

    agency: str
    service_level: str
    unit: str | None = None
    partial_reason: str | None = None


@dataclass(frozen=True)
class PublishedOffer(Offer):
    """An offer with the contact of the desk and what the level lets a citizen do."""

    desk: DeskContact | None = None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What the applicant gets (kết quả thực hiện); `form` is the e-form of its lines where the template's is not it."""

    name: str
    code: str | None = None
    template: str | None = None
    form: dict[str, Any] | None = None
