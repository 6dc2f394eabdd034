"""What intake knows of a published procedure version: papers, limits, fees, process and who offers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from regulation.codes import ProcedureCode, UnreadableProcedureCodeError

from intake.domain.eform import Form, read_form
from intake.domain.errors import ProcedureNotFoundError


@dataclass(frozen=True)
class Component:
    """Thành phần hồ sơ: one paper a dossier consists of, as published."""

    id: str
    name: str
    name_en: str
    required: bool
    originals: int
    copies: int
    case: str | None
    form_id: str | None
    accepts: tuple[str, ...]

    def label(self, lang: str) -> str:
        """Return its name in one language."""
        return self.name if lang == "vi" else self.name_en or self.name


@dataclass(frozen=True)
class TimeLimit:
    """Thời hạn giải quyết: the published limit of one case and channel; `rule` and `amount` may be unusable."""

    case: str | None
    channel: str | None
    rule: str | None
    amount: str | None
    text: str


@dataclass(frozen=True)
class Fee:
    """Phí, lệ phí: what one case costs through one channel, in VND; the amount is None when it is not one number."""

    case: str | None
    channel: str | None
    status: str
    amount: int | None
    note: str


@dataclass(frozen=True)
class Offer:
    """An agency that takes the procedure, and the unit that settles it there."""

    agency: str
    service_level: str
    unit: str | None


@dataclass(frozen=True)
class Procedure:
    """Thủ tục hành chính, one immutable published version."""

    code: str
    version: int
    name: str
    name_en: str
    field: str
    field_name: str
    route: str
    effective_from: date
    effective_to: date | None
    cases: tuple[str, ...]
    limits: tuple[TimeLimit, ...]
    fees: tuple[Fee, ...]
    components: tuple[Component, ...]
    definition: Mapping[str, Any] | None
    process: Mapping[str, Any] | None
    offers: tuple[Offer, ...]

    def title(self, lang: str) -> str:
        """Return its name in one language."""
        return self.name if lang == "vi" else self.name_en or self.name

    @cached_property
    def form(self) -> Form:
        """The e-form, empty when none is published."""
        return read_form(self.definition or {})

    def papers(self, case: str | None) -> tuple[Component, ...]:
        """Return the components of a case: those of every case and its own.

        Source: R-SUB-05, R-INT-22
        """
        return tuple(item for item in self.components if item.case in (None, case))

    def component(self, component_id: str) -> Component | None:
        """Return the component of that id, None when it is not published."""
        return next((item for item in self.components if item.id == component_id), None)

    def offer(self, agency: str) -> Offer | None:
        """Return how the agency offers the procedure; an offer to a parent code covers its children."""
        covering = [
            item for item in self.offers if agency == item.agency or agency.startswith(item.agency + ".")
        ]
        return max(covering, key=lambda item: len(item.agency), default=None)

    def limit(self, case: str | None, channel: str) -> TimeLimit | None:
        """Return the limit of the case and channel; a limit without case or channel covers all.

        Source: TN Đ.11.4.b; R-INT-09
        """
        return _closest(self.limits, case, channel)

    def fee(self, case: str | None, channel: str) -> Fee | None:
        """Return the fee of the case and channel, None when nothing is published.

        Source: NB Đ.22.3.c; R-INT-10
        """
        return _closest(self.fees, case, channel)

    @property
    def has_approved_process(self) -> bool:
        """Whether an internal process with an approval decision stands behind it.

        Source: TN Đ.11.4.a; R-PRC-01
        """
        return bool(self.process and self.process.get("decision_number") and self.process.get("steps"))


T = TypeVar("T", TimeLimit, Fee)


def _closest(published: tuple[T, ...], case: str | None, channel: str) -> T | None:
    fitting = [item for item in published if item.case in (case, None) and item.channel in (channel, None)]
    return max(fitting, key=lambda item: (item.case is not None, item.channel is not None), default=None)


def read_procedure(content: Mapping[str, Any]) -> Procedure:
    """Return the procedure version that the catalogue published."""
    until = content.get("effective_to")
    return Procedure(
        code=content["code"],
        version=int(content["version"]),
        name=content["name"],
        name_en=content.get("name_en") or "",
        field=content["field"],
        field_name=content.get("field_name") or "",
        route=content.get("route") or "own",
        effective_from=date.fromisoformat(str(content["effective_from"])),
        effective_to=date.fromisoformat(str(until)) if until else None,
        cases=tuple(case["id"] for case in content.get("cases") or ()),
        limits=tuple(_read_limit(item) for item in content.get("limits") or ()),
        fees=tuple(_read_fee(item) for item in content.get("fees") or ()),
        components=tuple(_read_component(item) for item in content.get("components") or ()),
        definition=(content.get("eform") or {}).get("definition"),
        process=content.get("process"),
        offers=tuple(
            Offer(item["agency"], str(item.get("service_level") or ""), item.get("unit"))
            for item in content.get("offers") or ()
        ),
    )


def _read_limit(item: Mapping[str, Any]) -> TimeLimit:
    return TimeLimit(
        item.get("case"), item.get("channel"), item.get("rule"), item.get("amount"), item.get("text") or ""
    )


def _read_fee(item: Mapping[str, Any]) -> Fee:
    amount = item.get("amount")
    return Fee(
        item.get("case"),
        item.get("channel"),
        item.get("status") or "",
        None if amount is None else int(amount),
        item.get("note") or "",
    )


def _read_component(item: Mapping[str, Any]) -> Component:
    return Component(
        id=item["id"],
        name=item["name"],
        name_en=item.get("name_en") or "",
        required=bool(item.get("required")),
        originals=int(item.get("originals") or 0),
        copies=int(item.get("copies") or 0),
        case=item.get("case"),
        form_id=item.get("form_id"),
        accepts=tuple(item.get("accepts") or ()),
    )


def procedure_key(text: str) -> str:
    """Return a procedure code as the catalogue writes it, whether or not the dot was typed.

    Raises:
        ProcedureNotFoundError: the text is no procedure code.
    """
    try:
        return ProcedureCode.normalise(text)
    except UnreadableProcedureCodeError:
        raise ProcedureNotFoundError(procedure=text) from None
