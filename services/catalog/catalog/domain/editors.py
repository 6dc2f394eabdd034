"""Who changes the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Editor:
    """The author of a change (người cập nhật): an officer's id or a named tool, and the agency he acts for."""

    name: str
    agency: str | None = None
