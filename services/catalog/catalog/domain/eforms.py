"""Whether the e-form of a version makes sense before it is published."""

from common.errors import FieldProblem
from eforms import definition_problems

from catalog.domain.content import Content


def eform_problems(content: Content) -> list[FieldProblem]:
    """Return what is wrong with the e-form of a version, empty when it has none or it is sound.

    Source: requirements §0.3.5 (every field names its rule); R-CAT-09
    """
    if content.eform is None:
        return []
    components = {component.id for component in content.components}
    return [
        FieldProblem(
            f"eform.{found.field}",
            found.rule,
            f"Biểu mẫu điện tử: {found.vi}",
            f"E-form: {found.en}",
        )
        for found in definition_problems(content.eform, components)
    ]
