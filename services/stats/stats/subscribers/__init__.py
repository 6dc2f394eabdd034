"""What statistics listen to, and which handler learns it."""

from common.inbox import Slice, Subscriptions

from stats.subscribers.dossiers import FACTS, on_facts
from stats.subscribers.names import AgencyChanged, ProcedurePublished, on_agency, on_procedure
from stats.subscribers.questions import ASKED, on_questions

SLICES: tuple[type[Slice], ...] = (AgencyChanged, ProcedurePublished, *FACTS, *ASKED)
LISTENS: tuple[str, ...] = tuple(one.type for one in SLICES)


def subscriptions() -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("stats", gather=0.5)
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
    listening.on_many(FACTS, on_facts)
    listening.on_many(ASKED, on_questions)
    return listening
