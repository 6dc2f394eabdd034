"""The published procedure as intake goes by it, and how its code is typed."""

from functools import cached_property

import procedures
from eforms import Form, read_form
from regulation.codes import ProcedureCode, UnreadableProcedureCodeError

from intake.domain.errors import ProcedureNotFoundError


class Procedure(procedures.Procedure):
    """A published version with its e-form ready to be asked."""

    @cached_property
    def form(self) -> Form:
        """The e-form, empty when none is published."""
        return read_form(self.definition or {})


def procedure_key(text: str) -> str:
    """Return a procedure code as the catalogue writes it, whether or not the dot was typed.

    Raises:
        ProcedureNotFoundError: the text is no procedure code.
    """
    try:
        return ProcedureCode.normalise(text)
    except UnreadableProcedureCodeError:
        raise ProcedureNotFoundError(procedure=text) from None
