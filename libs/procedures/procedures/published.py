"""One published version of a procedure: what it asks, costs and takes, for a case and a channel."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

from eforms import Form, read_form
from eforms.kinds import BY_PAPER
from pydantic import BaseModel, ConfigDict, model_validator

from procedures.charges import Charge, charge, closest
from procedures.flow import holds
from procedures.parts import (
    Case,
    Component,
    EForm,
    Fee,
    FormUse,
    Limit,
    Process,
    PublishedOffer,
    Result,
    Step,
)
from procedures.vocabulary import Route, told

PLAIN_RESULT: Final = "result"


class Procedure(BaseModel):
    """Thủ tục hành chính, one immutable published version, exactly as the catalogue announces it.

    Reading refuses a word outside the vocabulary and leaves out what a later catalogue adds.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    version: int
    name: str
    name_en: str
    field: str
    field_name: str
    route: Route
    route_url: str | None
    effective_from: date
    effective_to: date | None
    cases: tuple[Case, ...]
    limits: tuple[Limit, ...]
    fees: tuple[Fee, ...]
    components: tuple[Component, ...]
    forms: tuple[FormUse, ...]
    eform: EForm | None
    process: Process | None
    offers: tuple[PublishedOffer, ...]
    result: Result | None
    legal_basis: tuple[str, ...]
    sets: int | None = None
    """How many sets of papers are handed in (số bộ hồ sơ), None where nothing is said."""
    pickup_exempt: str | None = None
    """The law by which nothing is signed or compared when the result is fetched (căn cứ không đối chiếu khi nhận kết
    quả), None where the regulation's rule holds. Source: NB Đ.14.2.a; BD Đ.7.1.a; R-SUB-10"""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        """Refuse a version whose limits, step times or step conditions nobody could go by."""
        for limit in self.limits:
            _ = limit.duration
        for step in self.steps:
            _ = step.time
            holds(step.condition, {})
        return self

    def title(self, lang: str) -> str:
        """Return its name in one language."""
        return told(self.name, self.name_en, lang)

    @property
    def definition(self) -> Mapping[str, Any] | None:
        """The definition of its e-form, None when it has none."""
        return self.eform.definition if self.eform else None

    @cached_property
    def form(self) -> Form:
        """The e-form, empty when none is published."""
        return read_form(self.definition or {})

    @property
    def case_ids(self) -> tuple[str, ...]:
        """The ids of its cases, the usual one first."""
        return tuple(case.id for case in self.cases)

    @property
    def usual_case(self) -> str | None:
        """The case of a dossier that names none: the first one published."""
        return next(iter(self.case_ids), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of its internal process, none when it has no process."""
        return self.process.steps if self.process else ()

    @property
    def has_approved_process(self) -> bool:
        """Whether an internal process with an approval decision stands behind it.

        Source: TN Đ.11.4.a; QT Đ.9; R-PRC-01
        """
        return bool(self.process and self.process.decision_number and self.process.steps)

    @property
    def result_template(self) -> str:
        """The template that prints its result; the plain one where none is named."""
        return (self.result and self.result.template) or PLAIN_RESULT

    def result_form(self, template: str, own: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the e-form of the lines of its result: the published one, else the template's `own`.

        A dossier that is printed by another template, such as a rejection, has the lines of that one.
        Source: R-CAT-09; R-PRC-03
        """
        published = self.result.form if self.result else None
        return published if published and template == self.result_template else own

    def papers(self, case: str | None) -> tuple[Component, ...]:
        """Return the components of a case: those of every case and its own.

        Source: R-SUB-05, R-INT-22
        """
        return tuple(item for item in self.components if item.case in (None, case))

    def filled_by_form(self, component: Component) -> bool:
        """Tell whether the e-form itself is the component, so that no paper is asked for.

        Source: TN Đ.11.2.b; R-SUB-05
        """
        asked = {q.component for q in self.form.questions.values() if q.widget in BY_PAPER}
        return component.form_id is not None and self.eform is not None and component.id not in asked

    def component(self, component_id: str) -> Component | None:
        """Return the component of that id, None when it is not published."""
        return next((item for item in self.components if item.id == component_id), None)

    def offer(self, agency: str) -> PublishedOffer | None:
        """Return how the agency offers the procedure; an offer to a parent code covers its children."""
        offers, code = self._offer_of, agency
        while code not in offers and "." in code:
            code = code.rpartition(".")[0]
        return offers.get(code)

    def level(self, agency: str) -> str:
        """Return the service level at which an agency offers the procedure, "" where it offers none."""
        offer = self.offer(agency)
        return offer.service_level if offer else ""

    @cached_property
    def _offer_of(self) -> Mapping[str, PublishedOffer]:
        return {item.agency: item for item in reversed(self.offers)}

    def limit(self, case: str | None, channel: str) -> Limit | None:
        """Return the limit of the case and channel; a limit without case or channel covers all.

        Source: TN Đ.11.4.b; R-INT-09
        """
        return closest(self.limits, case, channel)

    def charge(self, case: str | None, channel: str, answers: Mapping[str, Any] | None = None) -> Charge:
        """Return what a dossier of the case costs through the channel, with what its answers ask for.

        Source: NB Đ.22.3.c; R-INT-10
        """
        return charge(self.fees, case, channel, answers)
