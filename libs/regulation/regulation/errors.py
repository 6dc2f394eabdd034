"""Every refusal of this library says in Vietnamese and in English which rule refused what."""

from typing import ClassVar


class RegulationError(ValueError):
    """Base of the refusals of this library; `vi` and `en` are templates filled with `params`."""

    code: ClassVar[str] = "regulation"
    vi: ClassVar[str] = "Không tính được."
    en: ClassVar[str] = "This cannot be computed."

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.message("en"))

    def message(self, lang: str = "vi") -> str:
        """Say the refusal in `vi` or `en`."""
        return (self.en if lang == "en" else self.vi).format(**self.params)
