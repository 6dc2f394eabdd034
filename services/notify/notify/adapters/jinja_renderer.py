"""Render notices with Jinja2: fields and conditions, nothing else; no unknown field, no markup from data.

Who writes a notice writes no program. What may stand in a template is a list of what Jinja knows, not a list of
what it must not: without loops, sums, calls and attributes a text costs what its length costs, so it needs no
process of its own to be stopped in. The sandbox stands behind the list.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from regulation.text import Lang

from notify.domain.errors import TemplateFaultyError

LONGEST = 10_000  # characters of one text of a notice
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)
LONGEST_SEPARATOR = 10
COMPILED = 512  # sources; the shipped ones are 84, each version an operator writes adds up to six


class JinjaRenderer:
    """Texts without escaping, pages with it."""

    def __init__(self) -> None:
        self._texts = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True)
        # Compiling costs forty times what rendering does. A version's source never changes, so it is the key.
        self._compiled = lru_cache(COMPILED)(self._compile)
        self._texts.globals.clear()  # what Jinja brings along is no field
        pages = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        layout = files("notify") / "templates" / "mail.html.j2"
        self._page = pages.from_string(layout.read_text(encoding="utf-8"))

    def text(self, source: str, values: Mapping[str, Any], lang: Lang) -> str:
        """Return the text without surrounding blank lines.

        Raises:
            TemplateFaultyError: the template is faulty, asks for a field that does not exist, or holds more than
                fields and conditions.
        """
        try:
            return self._compiled(source).render(**values, lang=lang).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise TemplateFaultyError(field=lang, part=lang, reason=str(error)[:200]) from error

    def _compile(self, source: str) -> Template:
        """Compile a text that holds nothing but what is allowed."""
        if len(source) > LONGEST:
            raise ValueError(f"{len(source)} > {LONGEST}")
        tree = self._texts.parse(source)
        for node in tree.find_all(nodes.Node):
            foreign = not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Name) and node.name == "self")
            if foreign or (isinstance(node, nodes.Filter) and not _joins_a_field(node)):
                raise ValueError(f"{{{{ field }}}}, {{% if %}}, join: {type(node).__name__}?")
        return self._texts.from_string(source)

    def page(self, values: Mapping[str, Any]) -> str:
        """Return a mail's HTML."""
        return self._page.render(**values)


def _joins_a_field(node: nodes.Filter) -> bool:
    """Tell whether a filter writes the lines of a field one after the other, with a short constant between them.

    Anything else multiplies: what joins a text by a text, or by what was joined before, grows with each letter typed.
    """
    if node.name != "join" or not isinstance(node.node, nodes.Name):
        return False
    if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None or len(node.args) > 1:
        return False
    return all(
        isinstance(one, nodes.Const) and isinstance(one.value, str) and len(one.value) <= LONGEST_SEPARATOR
        for one in node.args
    )
