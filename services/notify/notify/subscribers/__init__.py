"""What notify listens to, one file per neighbour."""

from common.inbox import Subscriptions

from notify.subscribers import catalog, intake, processing
from notify.usecases.tell import Writer

LISTENS: tuple[str, ...] = tuple(one.type for one in (*catalog.SLICES, *intake.SLICES, *processing.SLICES))


def subscriptions(writer: Writer) -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("notify", gather=0.25)
    catalog.listen(listening)
    intake.listen(listening, writer)
    processing.listen(listening, writer)
    return listening
