"""An address of the portal, whose parts are filled in."""

from string import Formatter
from urllib.parse import quote, urlencode


class Address(str):
    """A page's address; ``{parts}`` are filled in by ``at``."""

    name: str = ""
    """What it is called in its table."""

    def __set_name__(self, _table: type, name: str) -> None:
        """Take the name of the line it stands on."""
        self.name = name

    def at(self, /, **parts: object) -> str:
        """Fill the address in; what is no part of it becomes the query, empty values left out."""
        own = {name for _, name, _, _ in Formatter().parse(self) if name}
        path = self.format(**{name: quote(str(parts[name]), safe="") for name in own})
        query = {name: value for name, value in parts.items() if name not in own and value not in ("", None)}
        return path + ("?" + urlencode(query, safe="/") if query else "")
