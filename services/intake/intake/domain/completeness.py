"""Whether everything the published list asks for is there."""

from collections.abc import Collection, Iterable

from common.errors import FieldProblem
from procedures import Component, Procedure


def missing_components(
    procedure: Procedure, case: str | None, attached: Collection[str], also_required: Iterable[str] = ()
) -> list[Component]:
    """Return the mandatory components of a case without a file, in published order.

    `also_required` are optional components that the answers make mandatory.

    Source: NB Đ.14.2.a; TN Đ.11.2.b; R-SUB-05
    """
    wanted = set(also_required)
    return [
        component
        for component in procedure.papers(case)
        if (component.required or component.id in wanted)
        and component.id not in attached
        and not procedure.filled_by_form(component)
    ]


def component_problems(missing: Iterable[Component]) -> list[FieldProblem]:
    """Return one problem per missing component, each naming the paper.

    Source: TN PL.B1; R-SUB-05
    """
    return [
        FieldProblem(
            field=component.id,
            rule="componentRequired",
            vi=f"Chưa có giấy tờ: {component.name}.",
            en=f"This paper is missing: {component.name_en or component.name}.",
        )
        for component in missing
    ]
