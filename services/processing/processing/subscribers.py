"""What processing listens to, and the slice of each event it reads."""

from datetime import date
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions, Told
from procedures import Procedure
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.rules import HandlingRules
from processing.usecases.confirm_hand_over import confirm_hand_over
from processing.usecases.keep_agency import keep_agency
from processing.usecases.keep_officer import keep_officer
from processing.usecases.keep_procedure import keep_procedure
from processing.usecases.keep_turn import GivenTurn, keep_turn
from processing.usecases.open_dossier import AcceptedDossier, open_dossier
from processing.usecases.take_over_dossiers import Handed, take_over_dossiers
from processing.usecases.wait_for_supplement import Asked, Supplied, pause_dossier, resume_dossier


class AgencyChanged(Slice):
    """Name and place of an agency, and the day on which it ends."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    parent: str | None
    valid_to: date | None


class ProcedurePublished(Slice, Procedure):
    """A published version, whole."""

    type: ClassVar[str] = "catalog.procedure_published.v1"


class OfficerChanged(Slice):
    """An officer's place and rights."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str
    agency: str | None
    unit: str | None
    roles: list[str]
    scope: str
    active: bool


class DossierAccepted(Slice, AcceptedDossier):
    """An accepted dossier with its clock."""

    type: ClassVar[str] = "intake.dossier_accepted.v1"


class DossierSupplementRequested(Slice, Asked):
    """The desk asked the applicant for something."""

    type: ClassVar[str] = "intake.dossier_supplement_requested.v1"


class DossierSupplemented(Slice, Supplied):
    """The applicant answered while the dossier is handled."""

    type: ClassVar[str] = "intake.dossier_supplemented.v1"


class AgencyHandedOver(Slice, GivenTurn):
    """An instance settles an agency's dossiers from now on."""

    type: ClassVar[str] = "processing.agency_handed_over.v1"


class DossierHandedOver(Slice, Handed):
    """A dossier with all work on it, for another instance."""

    type: ClassVar[str] = "processing.dossier_handed_over.v1"


class DossiersTakenOver(Slice):
    """Another instance has what was handed over to it."""

    type: ClassVar[str] = "processing.dossiers_taken_over.v1"

    by: str
    codes: list[str]


SLICES: tuple[type[Slice], ...] = (
    AgencyChanged,
    ProcedurePublished,
    OfficerChanged,
    DossierAccepted,
    DossierSupplementRequested,
    DossierSupplemented,
    AgencyHandedOver,
    DossierHandedOver,
    DossiersTakenOver,
)
LISTENS: tuple[str, ...] = tuple(one.type for one in SLICES)


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency's name."""
    await keep_agency(
        session,
        event.code,
        meta.aggregate_version,
        name=event.name,
        parent=event.parent,
        valid_to=event.valid_to,
    )


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep the officer's place and roles; an officer of no agency handles nothing."""
    told = event.model_dump(exclude={"officer_id", "agency"})
    told |= {"id": event.officer_id, "agency": event.agency or ""}
    await keep_officer(session, told, meta.aggregate_version, meta.time)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep the published version."""
    await keep_procedure(session, event)


async def on_taken_over(session: AsyncSession, event: DossiersTakenOver, meta: Meta) -> None:
    """Note what the other instance has."""
    await confirm_hand_over(session, event.codes, event.by, meta.agency, meta.time)


def subscriptions(rules: HandlingRules) -> Subscriptions:
    """Return one handler per event type."""

    async def on_accepted(session: AsyncSession, event: DossierAccepted, meta: Meta) -> None:
        await open_dossier(session, event, rules, meta.time)

    async def on_requested(session: AsyncSession, event: DossierSupplementRequested, _meta: Meta) -> None:
        await pause_dossier(session, event)

    async def on_supplemented(session: AsyncSession, event: DossierSupplemented, _meta: Meta) -> None:
        await resume_dossier(session, event, rules)

    async def on_turn(session: AsyncSession, event: AgencyHandedOver, meta: Meta) -> None:
        for told in await keep_turn(session, event, meta, rules):
            await open_dossier(session, AcceptedDossier.model_validate(told), rules, meta.time)

    async def on_handed_over(session: AsyncSession, told: Told) -> None:
        await take_over_dossiers(session, told, rules)

    listening = Subscriptions("processing")
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
    listening.on(OfficerChanged, on_officer)
    listening.on(DossierAccepted, on_accepted)
    listening.on(DossierSupplementRequested, on_requested)
    listening.on(DossierSupplemented, on_supplemented)
    listening.on(AgencyHandedOver, on_turn)
    listening.on_many((DossierHandedOver,), on_handed_over)
    listening.on(DossiersTakenOver, on_taken_over)
    return listening
