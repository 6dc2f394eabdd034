"""Turns a template and what a page has to say into HTML, in one language."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import segno
import yaml
from answers import Answer
from common.security import PROOF_LIFE
from eforms.kinds.days import PARTS
from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, Undefined, select_autoescape
from jinja2.loaders import ChoiceLoader
from markupsafe import Markup, escape
from regulation.roles import Right

from portal.adapters import formats
from portal.domain.addresses import Address, Page, address
from portal.domain.dossier_pages import DESK, HANDLING
from portal.domain.fields import Field
from portal.domain.marks import marked
from portal.domain.places import places
from portal.domain.texts import Texts, named
from portal.domain.themes import Theme

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
STANDARD_THEME = "ninh-binh"


class Missing(Undefined):
    """A name a template prints but nobody gave: an error, while asking whether it is there stays allowed."""

    __str__ = Undefined._fail_with_undefined_error


class Promised(Environment):
    """Reads answers by the names that were promised: another name is an error, also where it is only asked for."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give an attribute of what a page shows. Raises: AttributeError for a name that an answer has not."""
        return getattr(obj, attribute) if isinstance(obj, Answer) else super().getattr(obj, attribute)


def theme_of(profile: str) -> str:
    """Return the theme of a regulation profile; one without a theme of its own wears the standard one."""
    return profile if (ROOT / "themes" / f"{profile}.yaml").is_file() else STANDARD_THEME


def load_theme(key: str) -> Theme:
    """Read the theme of a province. Raises: FileNotFoundError for an unknown one."""
    return Theme(key=key, **yaml.safe_load((ROOT / "themes" / f"{key}.yaml").read_text(encoding="utf-8")))


def load_english() -> dict[str, str]:
    """Read the English of every sentence of the interface."""
    english: dict[str, str] = {}
    for file in sorted((ROOT / "texts").glob("*/en.yaml")):
        english.update(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    return english


PROOF_MINUTES = int(PROOF_LIFE.total_seconds()) // 60


class Renderer:
    """Keeps one prepared template environment per language, path prefix and site."""

    def __init__(
        self,
        theme: Theme,
        languages: tuple[str, ...],
        served: str = "both",
        *,
        one_step: bool = False,
        provider: str = "",
    ) -> None:
        self.one_step, self.provider = one_step, provider
        self.theme, self.languages, self.served = theme, languages, served
        self.english = load_english()
        self.theme_css = theme.css()
        self._environments: dict[tuple[str, ...], Environment] = {}

    def page(self, template: str, lang: str, prefix: str, site: str, context: Mapping[str, Any]) -> str:
        """Render a template."""
        return self._environment(lang, prefix, site).get_template(template).render(context)

    def say(self, lang: str, vietnamese: str, **parts: object) -> str:
        """Say a sentence of the interface."""
        return Texts(self.english, lang)(vietnamese, **parts)

    @cached_property
    def asset_marks(self) -> dict[str, str]:
        """Give each static file a mark of its content, so that browsers may keep it for a year."""
        marks = {
            str(file.relative_to(STATIC)): hashlib.sha256(file.read_bytes()).hexdigest()[:10]
            for file in STATIC.rglob("*")
            if file.is_file()
        }
        return marks | {"theme.css": hashlib.sha256(self.theme_css.encode()).hexdigest()[:10]}

    def _environment(self, *key: str) -> Environment:
        if key not in self._environments:
            self._environments[key] = self._make(*key)
        return self._environments[key]

    def _make(self, lang: str, prefix: str, site: str) -> Environment:
        library = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        env = Promised(
            loader=ChoiceLoader([FileSystemLoader(ROOT / "templates"), library]),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=Missing,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.globals |= {"one_step": self.one_step, "proof_minutes": PROOF_MINUTES}
        env.globals.update(
            _=Texts(self.english, lang),
            lang=lang,
            prefix=prefix,
            theme=self.theme,
            languages=self.languages,
            site=site,
            served=self.served,
            provider=self.provider,
            page=Page,
            right=Right,
            menu=places,
            places={"desk": DESK, "handling": HANDLING},
            url=lambda target, /, **parts: localized(target, prefix, site, **parts),
            asset=lambda name: f"/static/{name}?v={self.asset_marks[name]}",
            own=lambda thing, key="name": _marked(thing, key, lang),
            plain=lambda thing, key="name": named(thing, key, lang)[0],
            untranslated=lambda thing, key="name": named(thing, key, lang)[1] != lang,
            qr=qr_svg,
            complaint=complaint,
        )
        for name in ("day", "clock", "short", "number", "size", "period"):
            env.filters[name] = _in_language(getattr(formats, name), lang)
        env.filters["masked"] = formats.masked
        env.filters["marked"] = marked
        env.filters["phone"] = formats.phone
        env.filters["choice_items"] = choice_items
        env.filters["date_items"] = lambda field: date_items(field, Texts(self.english, lang))
        return env


def localized(target: str, prefix: str, site: str, /, **parts: object) -> str:
    """Give the address of a page, or a path of this site, in the language of ``prefix``."""
    path = address(target, site, **parts) if isinstance(target, Address) else target
    return prefix + path if path != Page.HOME else prefix or path


def complaint(errors: Iterable[Any], field: str) -> str:
    """Give what is wrong with a field, nothing when nothing is."""
    return next((str(error.message) for error in errors if error.field == field), "")


def choice_items(field: Field, empty: str = "", *, focus: bool = False) -> list[dict[str, object]]:
    """Give a question's options in the shape of the component library, the chosen one marked.

    Where the question has the `focus`, the keyboard begins at the first.
    """
    items: list[dict[str, object]] = [{"value": "", "text": empty}] if empty else []
    for choice in field.choices:
        chosen = choice.value in (field.value, *field.values)
        hint = {"hint": {"text": choice.hint}} if choice.hint else {}
        items.append(
            {"value": choice.value, "text": choice.label, "checked": chosen, "selected": chosen, **hint}
        )
    if focus and items:
        items[0]["attributes"] = {"autofocus": "autofocus"}
    return items


def date_items(field: Field, say: Texts) -> list[dict[str, object]]:
    """Give the three boxes of a date, in the order day, month, year."""
    labels = {"day": say("Ngày"), "month": say("Tháng"), "year": say("Năm")}
    wrong = " govuk-input--error" if field.error else ""
    return [
        {
            "name": part,
            "label": labels[part],
            "value": field.parts.get(part, ""),
            "classes": ("govuk-input--width-4" if part == "year" else "govuk-input--width-2") + wrong,
        }
        for part in PARTS
    ]


def _in_language(write: Any, lang: str) -> Any:
    return lambda value: write(value, lang)


def _marked(thing: object, key: str, lang: str) -> Markup:
    text, found = named(thing, key, lang)
    return Markup('<span lang="{}">{}</span>').format(found, text) if found != lang else escape(text)


def qr_svg(text: str, label: str) -> Markup:
    """Draw a QR code as inline SVG with a text alternative."""
    drawing = segno.make(text, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass="mc-qr__code")
    start = f'<svg role="img" aria-label="{escape(label)}" '
    return Markup(drawing.replace("<svg ", start, 1))  # noqa: S704 - the drawing holds paths only, the label is escaped
