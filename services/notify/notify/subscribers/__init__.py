"""What notify listens to, one file per neighbour."""

from common.inbox import Subscriptions

from notify.subscribers import (
    absences,
    catalog,
    changes,
    consultations,
    feedback,
    identity,
    intake,
    processing,
    qa,
    registers,
    surveys,
)
from notify.usecases.tell import Writer

LISTENS: tuple[str, ...] = tuple(
    one.type
    for one in (
        *catalog.SLICES,
        *changes.SLICES,
        *identity.SLICES,
        *intake.SLICES,
        *processing.SLICES,
        *absences.SLICES,
        *consultations.HEARD,
        *qa.SLICES,
        *feedback.SLICES,
        *registers.SLICES,
        *surveys.SLICES,
    )
)


def subscriptions(writer: Writer) -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("notify", gather=0.25)
    catalog.listen(listening)
    changes.listen(listening, writer)
    identity.listen(listening, writer)
    intake.listen(listening, writer)
    processing.listen(listening, writer)
    absences.listen(listening)
    consultations.listen(listening, writer)
    qa.listen(listening, writer)
    feedback.listen(listening, writer)
    registers.listen(listening, writer)
    surveys.listen(listening, writer)
    return listening
