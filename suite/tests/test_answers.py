"""The values of the library `answers` follow from the promises: a promise that changes is seen at once."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from suite.check.answers import FOLDER, modules, stale
from suite.run.places import checkout

TRACKING = f"{FOLDER}/intake/public.py"


def promise(**schemas: Any) -> dict[str, Any]:
    """Give the OpenAPI document of a service with two groups of routes, both answering the first shape."""
    first = next(iter(schemas))
    answer = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{first}"}}}}
    routes = {
        f"/{tag}": {"get": {"tags": [tag], "responses": {"200": answer, "422": {}}}}
        for tag in ("near", "far")
    }
    return {"paths": routes, "components": {"schemas": schemas}}


def shape(required: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    return {"description": "Said.\n\nAt length.", "required": [*required], "properties": fields}


def test_what_is_committed_is_what_the_services_promise() -> None:
    assert stale(checkout()) == {}


def test_a_renamed_field_is_seen(tmp_path: Path) -> None:
    shutil.copytree(checkout() / "contracts", tmp_path / "contracts")
    shutil.copytree(checkout() / FOLDER, tmp_path / FOLDER)
    assert stale(tmp_path) == {}
    promised = tmp_path / "contracts/openapi/intake.json"
    promised.write_text(promised.read_text("utf-8").replace('"due_sentence"', '"due_words"'), "utf-8")
    assert [*stale(tmp_path)] == [TRACKING]
    assert "    due_words: str\n" in stale(tmp_path)[TRACKING]


def test_a_module_nobody_promises_any_more_goes(tmp_path: Path) -> None:
    shutil.copytree(checkout() / "contracts", tmp_path / "contracts")
    shutil.copytree(checkout() / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / "intake/old.py").write_text("x = 1\n")
    assert stale(tmp_path) == {f"{FOLDER}/intake/old.py": ""}


def test_shapes_stand_after_their_parts_and_what_two_groups_answer_is_shared() -> None:
    part = {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}
    told = promise(Whole=shape(("parts",), parts=part), Part=shape(("id",), id={"type": "string"}))
    written = modules({"near": told})
    assert [*written] == [f"{FOLDER}/near/{room}.py" for room in ("parts", "shared", "__init__")]
    text = written[f"{FOLDER}/near/shared.py"]
    assert "class Part(Answer)" in written[f"{FOLDER}/near/parts.py"]
    assert "from answers.near.parts import Part\n" in text
    assert '"""Said."""' in text
    assert "    parts: tuple[Part, ...]\n" in text


def test_of_shapes_in_one_module_each_stands_after_its_parts() -> None:
    told = promise(
        Whole=shape(("a",), a={"$ref": "#/components/schemas/Zone"}),
        Zone=shape(("b",), b={"$ref": "#/components/schemas/Area"}),
        Area=shape(("c",), c={"type": "string"}),
    )
    text = modules({"near": told})[f"{FOLDER}/near/parts.py"]
    assert text.index("class Area(Answer)") < text.index("class Zone(Answer)")


@pytest.mark.parametrize(
    ("schema", "required", "line"),
    [
        ({"type": "string"}, True, "it: str"),
        ({"type": "string", "format": "uuid"}, True, "it: str"),
        ({"type": "string", "format": "date-time"}, True, "it: datetime"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, True, "it: date | None"),
        ({"type": "integer", "default": 3}, False, "it: int = 3"),
        ({"type": "string", "default": "x"}, False, 'it: str = "x"'),
        ({"type": "array", "items": {"type": "string"}, "default": []}, False, "it: tuple[str, ...] = ()"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, False, "it: str | None = None"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, True, "it: Mapping[str, int]"),
        ({"type": "object", "additionalProperties": True}, True, "it: Mapping[str, Any]"),
        ({"type": "object"}, True, "it: Mapping[str, Any]"),
        ({"$ref": "#/components/schemas/Word"}, True, "it: str"),
    ],
    ids=str,
)
def test_each_promise_becomes_a_type(schema: dict[str, Any], required: bool, line: str) -> None:
    words = {"enum": ["a", "b"], "type": "string"}
    told = promise(Whole=shape(("it",) if required else (), it=schema), Word=words)
    assert f"    {line}\n" in modules({"near": told})[f"{FOLDER}/near/shared.py"]


def test_a_page_of_rows_has_a_plain_name() -> None:
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/near__api__RowOut"}}
    told = promise(Page_RowOut_=shape(("items",), items=rows), near__api__RowOut=shape(id={"type": "string"}))
    assert '    "RowOut",\n    "RowOutPage",\n' in modules({"near": told})[f"{FOLDER}/near/__init__.py"]


def test_two_shapes_never_share_a_name() -> None:
    for path in sorted((checkout() / "contracts/openapi").glob("*.json")):
        written = modules({path.stem: json.loads(path.read_text("utf-8"))})
        names = [line for text in written.values() for line in text.splitlines() if line.startswith("class ")]
        assert len(names) == len({*names}), path.stem
