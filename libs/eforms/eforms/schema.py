"""The data schema of a form: the stored answers keep to it for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from eforms.compiling import compiled
from eforms.definition import Form


@dataclass(frozen=True)
class SchemaFault:
    """One place where the answers break the data schema: path inside the answers, keyword, its limit."""

    path: tuple[str, ...]
    keyword: str
    limit: object = None


def schema_faults(form: Form, answers: Mapping[str, Any]) -> list[SchemaFault]:
    """Return every place where the answers break the data schema of the form."""
    if form.validator.is_valid(answers):  # far cheaper than looking for every fault
        return []
    return [_fault(error) for error in form.validator.iter_errors(answers)]


def compiles(data: Mapping[str, Any]) -> bool:
    """Tell whether a data schema is one, and stands by itself."""
    try:
        compiled(data)
    except (ValidationError, ValueError):
        return False
    return True


def _fault(error: ValidationError) -> SchemaFault:
    kind = error.kind
    name = type(kind).__name__
    path = [str(part) for part in error.instance_path]
    if isinstance(kind, ValidationErrorKind.Required):
        path.append(kind.property)
    elif isinstance(kind, ValidationErrorKind.AdditionalProperties):
        path.append(kind.unexpected[0])
    return SchemaFault(tuple(path), name[0].lower() + name[1:], getattr(kind, "limit", None))
