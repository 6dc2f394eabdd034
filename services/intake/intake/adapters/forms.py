"""Check answers with compiled JSON Schemas, one per published procedure version."""

from collections.abc import Mapping
from typing import Any

from jsonschema_rs import Draft202012Validator, RegexOptions, ValidationError, ValidationErrorKind

from intake.domain.declaration import SchemaFault
from intake.domain.procedure import Procedure


class CompiledForms:
    """Keeps one compiled validator per procedure version; published versions never change."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, int], Draft202012Validator] = {}

    def faults(self, procedure: Procedure, answers: Mapping[str, Any]) -> list[SchemaFault]:
        """Return every place where the answers break the data schema."""
        key = (procedure.code, procedure.version)
        validator = self._compiled.get(key)
        if validator is None:
            # the linear-time engine: no pattern of an editor can make the server hang
            validator = Draft202012Validator(
                dict(procedure.form.data), validate_formats=True, pattern_options=RegexOptions()
            )
            self._compiled[key] = validator
        return [_fault(error) for error in validator.iter_errors(answers)]


def _fault(error: ValidationError) -> SchemaFault:
    kind = error.kind
    name = type(kind).__name__
    keyword = name[0].lower() + name[1:]
    path = [str(part) for part in error.instance_path]
    if isinstance(kind, ValidationErrorKind.Required):
        path.append(kind.property)
    elif isinstance(kind, ValidationErrorKind.AdditionalProperties):
        path.append(kind.unexpected[0])
    return SchemaFault(tuple(path), keyword, getattr(kind, "limit", None))
