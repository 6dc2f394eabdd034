"""Notices to the applicant about intake: submitted, to be supplemented, accepted, refused, handed over."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from common.inbox import Meta, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.errors import ProcedureNotKnownYetError
from notify.domain.kinds import Kind
from notify.domain.notice import WAYS, Extras, Notice, dossier_values
from notify.domain.wording import Lang, day, moment
from notify.subscribers.slices import Slice
from notify.usecases.keep_dossier import DossierCopy, keep_dossier
from notify.usecases.tell import Writer, tell

KINDS: dict[str, Kind] = {
    "intake.dossier_submitted.v1": Kind.DOSSIER_SUBMITTED,
    "intake.dossier_supplement_requested.v1": Kind.SUPPLEMENT_REQUESTED,
    "intake.dossier_supplement_reminded.v1": Kind.SUPPLEMENT_REMINDED,
    "intake.dossier_contact_corrected.v1": Kind.CONTACT_CORRECTED,
    "intake.dossier_resubmitted.v1": Kind.DOSSIER_RESUBMITTED,
    "intake.dossier_redirected.v1": Kind.DOSSIER_REDIRECTED,
    "intake.dossier_refused.v1": Kind.DOSSIER_REFUSED,
    "intake.dossier_accepted.v1": Kind.DOSSIER_ACCEPTED,
    "intake.dossier_returned.v1": Kind.DOSSIER_RETURNED,
}
TYPES = tuple(KINDS)


class DossierFact(Slice):
    """What notify reads of any fact about a dossier; absent fields belong to other facts."""

    code: str
    owner_id: str | None = None
    submitter_id: str | None = None
    procedure_code: str
    procedure_version: int
    channel: str
    receiving_point: str
    competent_agency: str
    check_due_at: datetime | None = None
    due_at: datetime | None = None
    limit_text: str = ""
    number: int = 1
    answer_by_on: date | None = None
    returned_at: datetime | None = None
    way: str = "online"

    def copy_of(self, version: int) -> DossierCopy:
        """Return what notify keeps of the dossier."""
        return DossierCopy(
            code=self.code,
            version=version,
            owner_id=self.owner_id,
            submitter_id=self.submitter_id,
            procedure_code=self.procedure_code,
            procedure_version=self.procedure_version,
            channel=self.channel,
            receiving_point=self.receiving_point,
            competent_agency=self.competent_agency,
            due_at=self.due_at,
        )

    def extras(self, at: datetime) -> Extras:
        """Return the template fields that only this fact knows; `at` is when it happened."""

        def build(lang: Lang) -> dict[str, object]:
            return {
                "limit": self.limit_text,
                "number": self.number,
                "answer_by": day(self.answer_by_on, lang) if self.answer_by_on else "",
                "at": moment(self.returned_at or at, lang),
                "way": WAYS.get(self.way, WAYS["online"])[lang],
            }

        return build


def handler(kind: Kind, writer: Writer) -> Callable[[AsyncSession, DossierFact, Meta], Awaitable[None]]:
    """Return the handler that keeps the dossier and tells its people."""

    async def on_fact(session: AsyncSession, event: DossierFact, meta: Meta) -> None:
        await keep_dossier(session, event.copy_of(meta.aggregate_version))
        facts = await queries.dossier_facts(session, event.code)
        if kind is Kind.DOSSIER_ACCEPTED and not facts.complete:
            # The acceptance notice names papers and fee, so it waits for the procedure (R-INT-10).
            raise ProcedureNotKnownYetError(procedure=event.procedure_code)
        due_at = event.due_at or event.check_due_at or facts.due_at
        values = dossier_values(facts, event.extras(meta.time), due_at)
        notice = Notice(kind, meta.id, facts.recipients, event.code, values, due_at)
        await tell(session, notice, writer, meta.time)

    return on_fact


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers."""
    for type_, kind in KINDS.items():
        listening.on(type_, DossierFact, handler(kind, writer))
