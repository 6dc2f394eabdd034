"""Catalog: its answers about forms."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date

from answers.answer import Answer


class FormOut(Answer):
    """A version of a form; `replaced_from` is the day a newer one takes its place."""

    effective_from: date
    file_name: str | None
    href: str
    id: str
    in_force: bool
    issuing_text: str
    media_type: str | None
    name: str
    name_en: str
    replaced_from: date | None
    size: int | None
    version: int
