"""The look of a province: its names, contacts and colours."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Theme:
    """One province's theme: texts by language and colours by token (``#rrggbb``)."""

    key: str
    names: Mapping[str, str]
    owner: Mapping[str, str]
    notice: Mapping[str, str]
    address: Mapping[str, str]
    hotline: str
    email: str
    colours: Mapping[str, str] = field(default_factory=dict)

    def css(self) -> str:
        """Write the tokens as CSS custom properties."""
        own = [f"--mc-{name.replace('_', '-')}:{value}" for name, value in self.colours.items()]
        library = {"brand": "brand", "link": "link", "text": "text", "surface-background": "surface"}
        shared = [f"--govuk-{name}-colour:{self.colours[token]}" for name, token in library.items()]
        return ":root{" + ";".join(own + shared) + "}\n"
