"""Reading of the demonstration province: its directory, forms and published procedures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.typesetting import render_pdf
from eforms import fields_of

from catalog.adapters.data_files import DATA, read_yaml

DEMO = DATA / "demo"


@dataclass(frozen=True)
class DemoForm:
    """A paper form of the pack and its lines."""

    id: str
    name: str
    name_en: str
    issuing_text: str
    effective_from: date
    lines: tuple[str, ...]

    def pdf(self) -> bytes:
        """Lay the form out; takes some milliseconds of CPU, so call it in a thread."""
        template = (DEMO / "form.typ").read_text(encoding="utf-8")
        return render_pdf(
            template, {"name": self.name, "issuing_text": self.issuing_text, "lines": list(self.lines)}
        )


@dataclass(frozen=True)
class DemoPack:
    """Everything the demonstration province is made of."""

    directory: Mapping[str, Any]
    forms: tuple[DemoForm, ...]
    defaults: Mapping[str, Any]
    procedures: tuple[Mapping[str, Any], ...]
    eforms: Mapping[str, dict[str, Any]]


def read_demo_pack(retell: Callable[[str], str] = str) -> DemoPack:
    """Read the pack that comes with the suite, put into another province's words by `retell`."""
    published = read_yaml(DEMO / "procedures.yaml", retell)
    forms = tuple(DemoForm(**{**row, "lines": tuple(row["lines"])}) for row in read_yaml(DEMO / "forms.yaml"))
    return DemoPack(
        directory=read_yaml(DEMO / "agencies.yaml", retell),
        forms=forms,
        defaults=published["defaults"],
        procedures=tuple(published["procedures"]),
        eforms=_eforms(retell),
    )


def _eforms(retell: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    shared = read_yaml(DEMO / "eforms" / "shared.yaml")
    lists = read_yaml(DEMO / "code-lists.yaml")
    birth = read_yaml(DEMO / "eforms" / "birth-registration.yaml", retell)
    birth.pop("lists_used")
    forms = {birth["id"]: birth}
    for id_, source in read_yaml(DEMO / "eforms" / "others.yaml").items():
        forms[id_] = _composed(id_, source, shared)
    for form in forms.values():
        used = {field["list"] for field in fields_of(form) if field["widget"] == "code_list"}
        form["lists"] = {name: lists[name] for name in sorted(used)}
    return forms


def _composed(id_: str, source: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    pieces = [shared[name] for name in source.get("shared", ())]
    properties: dict[str, Any] = {}
    for piece in (*pieces, source):
        properties |= piece["data"]
    required = [name for piece in (*pieces, source) for name in piece["required"]]
    return {
        "id": id_,
        "title": source["title"],
        "data": {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            "required": required,
        },
        "pages": [page for piece in (*pieces, source) for page in piece["pages"]],
        "logic": source.get("logic", []),
        "declaration": shared["declaration"],
    }
