"""What qa listens to: agencies, procedures, officers, dossiers, accounts that are no more, questions on their way."""

from datetime import date, datetime
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from regulation.channels import Channel
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import QuestionRules
from qa.usecases.erase_askers import forget_account
from qa.usecases.keep_agency import keep_agency
from qa.usecases.keep_copies import keep_officer, keep_procedure
from qa.usecases.keep_dossier import keep_dossier
from qa.usecases.keep_handled import Handled, keep_handled
from qa.usecases.keep_hold import keep_hold
from qa.usecases.take_over_question import Lent, take_over_question


class AgencyChanged(Slice):
    """Name, place and life of an agency."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    parent: str | None
    valid_from: date
    valid_to: date | None


class ProcedurePublished(Slice):
    """The name of a published procedure."""

    type: ClassVar[str] = "catalog.procedure_published.v1"

    code: str
    version: int
    name: str
    name_en: str


class OfficerChanged(Slice):
    """An officer's place and rights."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str
    agency: str | None
    roles: list[str]
    active: bool


class DossierAccepted(Slice):
    """A dossier that was received."""

    type: ClassVar[str] = "intake.dossier_accepted.v1"

    code: str
    owner_id: str | None
    submitter_id: str | None
    receiving_point: str
    competent_agency: str
    accepted_at: datetime
    channel: str
    place_of_help: str | None

    @property
    def at_desk(self) -> dict[str, bool]:
        """Whether somebody stood at the desk, also one who was helped there to submit online."""
        return {"accepted_at_desk": self.channel == Channel.COUNTER or self.place_of_help is not None}


class DossierReturned(Slice):
    """A dossier whose result was handed over."""

    type: ClassVar[str] = "intake.dossier_returned.v1"

    code: str
    owner_id: str | None
    submitter_id: str | None
    receiving_point: str
    competent_agency: str
    returned_at: datetime
    way: str

    @property
    def at_desk(self) -> dict[str, bool]:
        """Whether somebody fetched it at the desk."""
        return {"returned_at_desk": self.way == Channel.COUNTER}


class DossierJoined(Slice):
    """A dossier that is in its applicant's account since."""

    type: ClassVar[str] = "intake.dossier_joined.v1"

    code: str
    owner_id: str | None
    submitter_id: str | None
    receiving_point: str
    competent_agency: str


class AccountErased(Slice):
    """An account that says nothing of anybody any more."""

    type: ClassVar[str] = "identity.account_erased.v1"

    account_id: str


class HoldChanged(Slice):
    """A decision keeps a person, a dossier or a question from being erased, or no longer."""

    type: ClassVar[str] = "identity.hold_changed.v1"

    hold_id: str
    kind: str
    subject: str
    keeps: bool


class QuestionHandedOver(Slice, Lent):
    """A question for an agency's own instance."""

    type: ClassVar[str] = "qa.question_handed_over.v1"


class QuestionHandled(Slice, Handled):
    """What an agency's own instance did."""

    type: ClassVar[str] = "qa.question_handled.v1"


SLICES: tuple[type[Slice], ...] = (
    AgencyChanged,
    ProcedurePublished,
    OfficerChanged,
    AccountErased,
    HoldChanged,
    DossierAccepted,
    DossierReturned,
    DossierJoined,
    QuestionHandedOver,
    QuestionHandled,
)
LISTENS: tuple[str, ...] = tuple(one.type for one in SLICES)


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency."""
    await keep_agency(session, event.model_dump(), meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep the procedure's name."""
    await keep_procedure(session, event.code, event.name, event.name_en, event.version)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep who the officer is; one of the whole province has no agency."""
    told = event.model_dump(exclude={"officer_id", "agency"})
    await keep_officer(
        session, {**told, "id": event.officer_id, "agency": event.agency or ""}, meta.aggregate_version
    )


async def on_erased(session: AsyncSession, event: AccountErased, meta: Meta) -> None:
    """Forget who asked."""
    await forget_account(session, event.account_id, meta.time)


async def on_hold(session: AsyncSession, event: HoldChanged, meta: Meta) -> None:
    """Keep what a decision keeps."""
    await keep_hold(session, event.hold_id, meta.aggregate_version, **event.model_dump(exclude={"hold_id"}))


async def on_dossier(session: AsyncSession, event: DossierAccepted | DossierReturned, meta: Meta) -> None:
    """Keep whose dossier it is and how far it came."""
    told = event.model_dump(exclude={"owner_id", "submitter_id", "channel", "place_of_help", "way"})
    told |= event.at_desk | {"owner": event.owner_id, "submitter": event.submitter_id}
    await keep_dossier(session, told, meta.aggregate_version)


async def on_joined(session: AsyncSession, event: DossierJoined, meta: Meta) -> None:
    """Keep that the dossier is the account's, which may rate it at once. Source: R-INT-16; R-SAT-01"""
    told = event.model_dump(exclude={"owner_id", "submitter_id"})
    told |= {"owner": event.owner_id, "submitter": event.submitter_id}
    await keep_dossier(session, told, meta.aggregate_version)


def subscriptions(rules: QuestionRules) -> Subscriptions:
    """Return one handler per event type."""

    async def on_lent(session: AsyncSession, event: QuestionHandedOver, meta: Meta) -> None:
        await take_over_question(session, event, meta, rules)

    async def on_handled(session: AsyncSession, event: QuestionHandled, meta: Meta) -> None:
        await keep_handled(session, event, meta, rules)

    listening = Subscriptions("qa")
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
    listening.on(OfficerChanged, on_officer)
    listening.on(AccountErased, on_erased)
    listening.on(HoldChanged, on_hold)
    listening.on(DossierAccepted, on_dossier)
    listening.on(DossierReturned, on_dossier)
    listening.on(DossierJoined, on_joined)
    listening.on(QuestionHandedOver, on_lent)
    listening.on(QuestionHandled, on_handled)
    return listening
