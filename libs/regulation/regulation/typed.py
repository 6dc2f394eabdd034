"""Words that somebody types into a request: as they are stored, before anything else is asked of them."""

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, StringConstraints

from regulation.text import cleaned


def tidied(typed: Any) -> Any:
    """Read what somebody typed: nothing that is not seen and turns letters around stays in it."""
    return cleaned(typed) if isinstance(typed, str) else typed


Tidied: Final = BeforeValidator(tidied)
Typed = Annotated[str, Tidied]
"""Words in a request, empty or not."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), Tidied]
"""Words that may not stay away."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Tidied]
"""A few words, or none."""
