"""Lay out official documents with typst from the templates of this service."""

import asyncio
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from documents.typesetting import qr_svg, render_pdf
from procedures.published import PLAIN_RESULT

FOLDER = files("processing") / "documents"


class TypstPrinter:
    """Prints the templates of `documents/`; an unknown template is printed as the plain result."""

    def definition(self, template: str) -> Mapping[str, Any]:
        """Return the e-form of the template's lines, in printed order."""
        return dict(_definition(template)["form"])

    def title(self, template: str) -> tuple[str, str]:
        """Return the printed title in Vietnamese and English."""
        title = _definition(template)["title"]
        return title["vi"], title["en"]

    async def print(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return the document as PDF; the QR leads to the verification page."""
        source = _text("base.typ") + _text(_definition(template)["layout"])
        full = {**data, "qr": qr_svg(data["verification_url"]) if data["verification_code"] else ""}
        return await asyncio.to_thread(render_pdf, source, full)


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _definitions() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(_text("templates.yaml")))


def _definition(template: str) -> dict[str, Any]:
    return _definitions().get(template, _definitions()[PLAIN_RESULT])
