"""Notices to the applicant about intake: submitted, to be supplemented, accepted, refused, handed over."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from common.inbox import Meta, NotYetError, Slice, Subscriptions, Told
from procedures import Appointment
from regulation.channels import RETURNED
from regulation.states import State
from regulation.text import Lang, short_date, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.kinds import Kind
from notify.domain.notice import DossierFacts, Notice, dossier_values
from notify.usecases.keep_copies import keep_dossiers
from notify.usecases.tell import Writer, tell


class DossierSlice(Slice):
    """What notify keeps of any fact about a dossier."""

    kind: ClassVar[Kind]

    code: str
    owner_id: str
    submitter_id: str
    procedure_code: str
    procedure_version: int
    channel: str
    receiving_point: str
    competent_agency: str
    state: str

    def copied(self) -> dict[str, Any]:
        """Return the columns of the local copy that this fact speaks of."""
        return self.model_dump(include=set(DossierSlice.model_fields))

    @property
    def due(self) -> datetime | None:
        """Return the due time the notice is about, nothing where it is the dossier's own."""
        return None

    @property
    def silent(self) -> bool:
        """Tell whether the fact is kept, for the notices that follow, and is no news to anybody."""
        return False

    def words(self, at: datetime, lang: Lang) -> Mapping[str, object]:
        """Return the template fields that only this fact knows; `at` is when it happened."""
        return {"at": short_instant(at, lang)}


class CheckedSlice(DossierSlice):
    """A fact after which the desk checks the dossier."""

    answers: ClassVar[bool] = False
    """Whether it answers a supplement request."""
    check_due_at: datetime

    def arrival(self, at: datetime, *, announced: bool) -> dict[str, Any]:
        """Return what the copy keeps of an arrival at the desk; a state announced again is no news there."""
        told = {"arrived_at": at, "check_due_at": self.check_due_at, "answered": self.answers}
        return {**told, "desk_told_at": at if announced else None}

    @property
    def due(self) -> datetime | None:
        """Return the end of the check."""
        return self.check_due_at


class DossierSubmitted(CheckedSlice):
    """A dossier was submitted."""

    type: ClassVar[str] = "intake.dossier_submitted.v1"
    kind = Kind.DOSSIER_SUBMITTED


class DossierResubmitted(CheckedSlice):
    """The applicant answered a supplement request."""

    type: ClassVar[str] = "intake.dossier_resubmitted.v1"
    kind = Kind.DOSSIER_RESUBMITTED
    answers = True


class DossierSupplemented(DossierSlice):
    """The applicant answered a supplement request while the dossier is handled."""

    type: ClassVar[str] = "intake.dossier_supplemented.v1"
    kind = Kind.DOSSIER_SUPPLEMENTED

    due_at: datetime

    def copied(self) -> dict[str, Any]:
        """Return the copy's columns; the date that counts now is kept with them."""
        return {**super().copied(), "due_at": self.due_at}


class SupplementSlice(DossierSlice):
    """A fact about a supplement request."""

    number: int
    answer_by_on: date

    def words(self, at: datetime, lang: Lang) -> Mapping[str, object]:
        """Return which request it is and the last day for an answer."""
        return {
            "at": short_instant(at, lang),
            "number": self.number,
            "answer_by": short_date(self.answer_by_on, lang),
        }


class DossierSupplementRequested(SupplementSlice):
    """Something is missing or wrong."""

    type: ClassVar[str] = "intake.dossier_supplement_requested.v1"
    kind = Kind.SUPPLEMENT_REQUESTED


class DossierSupplementReminded(SupplementSlice):
    """The last day for an answer passed."""

    type: ClassVar[str] = "intake.dossier_supplement_reminded.v1"
    kind = Kind.SUPPLEMENT_REMINDED


class DossierContactCorrected(DossierSlice):
    """The desk corrected the contact data."""

    type: ClassVar[str] = "intake.dossier_contact_corrected.v1"
    kind = Kind.CONTACT_CORRECTED


class DossierRedirected(DossierSlice):
    """Another agency is competent."""

    type: ClassVar[str] = "intake.dossier_redirected.v1"
    kind = Kind.DOSSIER_REDIRECTED

    redirected_to: str | None

    def copied(self) -> dict[str, Any]:
        """Return the copy's columns; competent is the agency the applicant was directed to."""
        return {**super().copied(), "competent_agency": self.redirected_to or self.competent_agency}


class DossierRefused(DossierSlice):
    """The desk refused the dossier."""

    type: ClassVar[str] = "intake.dossier_refused.v1"
    kind = Kind.DOSSIER_REFUSED


class DossierAccepted(DossierSlice):
    """The desk accepted the dossier and promised a date."""

    type: ClassVar[str] = "intake.dossier_accepted.v1"
    kind = Kind.DOSSIER_ACCEPTED

    due_at: datetime
    result_channel: str
    appointment: Appointment

    @property
    def silent(self) -> bool:
        """Say nothing of an appointment whose result was handed over in the same visit. Source: NB Đ.16.3; R-INT-13"""
        return self.state == State.RETURNED

    def copied(self) -> dict[str, Any]:
        """Return the copy's columns; the promised date is kept with them."""
        return {**super().copied(), "due_at": self.due_at}

    def words(self, at: datetime, lang: Lang) -> Mapping[str, object]:
        """Return what the receipt says: its lines, the papers to bring and the way of the result."""
        return {
            "at": short_instant(at, lang),
            "lines": [f"{row.label.told(lang)}: {row.text.told(lang)}." for row in self.appointment.rows],
            "papers": [paper.told(lang) for paper in self.appointment.papers],
            "result_channel": self.result_channel,
        }


class DossierReturned(DossierSlice):
    """The result was handed over."""

    type: ClassVar[str] = "intake.dossier_returned.v1"
    kind = Kind.DOSSIER_RETURNED

    returned_at: datetime
    way: str

    def words(self, at: datetime, lang: Lang) -> Mapping[str, object]:
        """Return when and how."""
        return {"at": short_instant(self.returned_at, lang), "way": RETURNED[self.way][lang]}


class DossierJoined(DossierSlice):
    """The applicant's account is known since: kept, for the notices that follow, and no news."""

    type: ClassVar[str] = "intake.dossier_joined.v1"

    @property
    def silent(self) -> bool:
        """Say nothing."""
        return True


SLICES: tuple[type[DossierSlice], ...] = (
    DossierSubmitted,
    DossierResubmitted,
    DossierSupplemented,
    DossierSupplementRequested,
    DossierSupplementReminded,
    DossierContactCorrected,
    DossierRedirected,
    DossierRefused,
    DossierAccepted,
    DossierReturned,
    DossierJoined,
)


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Keep the dossier of each fact and tell its people; a state announced again is kept and is no news."""

    async def on_facts(session: AsyncSession, told: Told) -> None:
        for together in apart(told):
            await keep_dossiers(session, [_copy(event, meta) for event, meta in together])
            news = [(event, meta) for event, meta in together if not (meta.announcement or event.silent)]
            facts = await queries.dossier_facts(session, [event.code for event, _ in news])
            await tell(session, [_notice(facts[event.code], event, meta) for event, meta in news], writer)

    listening.on_many(SLICES, on_facts)


def apart(told: Told) -> Sequence[Told]:
    """Divide facts so that no part tells of a dossier twice; each dossier's keep their order."""
    parts: list[list[tuple[DossierSlice, Meta]]] = []
    seen: Counter[str] = Counter()
    for event, meta in told:
        if seen[event.code] == len(parts):
            parts.append([])
        parts[seen[event.code]].append((event, meta))
        seen[event.code] += 1
    return parts


def _copy(event: DossierSlice, meta: Meta) -> dict[str, Any]:
    copied = {**event.copied(), "version": meta.aggregate_version}
    if isinstance(event, CheckedSlice):
        copied |= event.arrival(meta.time, announced=meta.announcement)
    return copied


def _notice(facts: DossierFacts, event: DossierSlice, meta: Meta) -> Notice:
    if event.kind is Kind.DOSSIER_ACCEPTED and not facts.complete:
        # The notice that carries the appointment calls the procedure by its name, so it waits for it.
        raise NotYetError("procedure", f"{event.procedure_code}/{event.procedure_version}")
    due_at = event.due or facts.due_at
    values = dossier_values(facts, lambda lang: event.words(meta.time, lang), due_at)
    return Notice(event.kind, meta.id, meta.time, facts.recipients, event.code, values, due_at)
