"""The facts this service announces."""

from typing import ClassVar

from common.events import Event


class OfficerChanged(Event):
    """An officer was created, or his agency, unit, roles, scope or activity changed."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str
    unit: str | None
    roles: tuple[str, ...]
    scope: str
    active: bool
