"""What one version of a procedure says while it is edited: all its constituent parts, some perhaps still open."""

from dataclasses import dataclass
from typing import Any

from procedures import Case, Component, Fee, FormUse, Limit, Offer, Process, Result, Route


@dataclass(frozen=True)
class Content:
    """Everything one version says (bộ phận cấu thành của thủ tục hành chính). Source: BD Đ.5.2; R-CAT-09."""

    name: str
    field: str
    name_en: str = ""
    levels: tuple[str, ...] = ()
    route: Route = Route.OWN
    route_url: str | None = None
    ministry: str | None = None
    competent: tuple[str, ...] = ()
    coordinating: tuple[str, ...] | None = None
    applicants: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    components: tuple[Component, ...] = ()
    sets: int | None = None
    limits: tuple[Limit, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    forms: tuple[FormUse, ...] | None = None
    conditions: str | None = None
    legal_basis: tuple[str, ...] = ()
    eform: dict[str, Any] | None = None
    process: Process | None = None
    offers: tuple[Offer, ...] = ()
    national: dict[str, Any] | None = None
