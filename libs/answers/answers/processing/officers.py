"""Processing: its answers about officers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class OpenDossierOut(Answer):
    """An open dossier that somebody else must take over when its officer leaves."""

    code: str
    due_at: datetime | None
    step_name: str
