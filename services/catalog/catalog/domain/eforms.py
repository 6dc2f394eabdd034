"""Whether the e-form of a version makes sense before it is published."""

from common.errors import FieldProblem
from eforms import definition_problems

from catalog.domain.content import Content


def eform_problems(content: Content) -> list[FieldProblem]:
    """Return what is wrong with the e-forms of a version, its own and those of its results, empty when all is sound.

    Source: requirements §0.3.5 (every field names its rule); R-CAT-09
    """
    components = {component.id for component in content.components}
    found = [
        ("eform", problem)
        for problem in (definition_problems(content.eform, components) if content.eform is not None else ())
    ]
    found += [
        (f"results.{place}.form", problem)
        for place, result in enumerate(content.results)
        for problem in (definition_problems(result.form, set(), declared=False) if result.form else ())
    ]
    return [
        FieldProblem(
            f"{place}.{problem.field}",
            problem.rule,
            f"Biểu mẫu điện tử: {problem.vi}",
            f"E-form: {problem.en}",
        )
        for place, problem in found
    ]
