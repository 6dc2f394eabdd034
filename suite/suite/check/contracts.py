"""What the suite promises to programs: OpenAPI of each service, JSON Schema and AsyncAPI of each event."""

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common.database import Database
from common.events import Event

from suite.run.layout import OWNERS, listens, module, module_if_any

NOWHERE = "postgresql://nobody:nothing@127.0.0.1:1/nowhere"  # composing an application opens no connection
Json = dict[str, Any]


def openapi(service: str) -> Json:
    """Return the OpenAPI document of a service."""
    with TemporaryDirectory() as keys:
        settings = module(service, "settings").Settings(
            database_url=NOWHERE, files_url="memory:///", signing_folder=keys, key_folder=keys
        )
        document: Json = module(service, "main").create_app(settings, Database(NOWHERE)).openapi()
    return document


def announced(service: str) -> list[type[Event]]:
    """Return the event classes of a service, by type name."""
    events = module_if_any(service, "events")
    found = [
        member
        for _, member in inspect.getmembers(events, inspect.isclass)
        if issubclass(member, Event) and "type" in vars(member) and isinstance(vars(member)["type"], str)
    ]
    return sorted(found, key=lambda event: event.type)


def asyncapi() -> Json:
    """Return the AsyncAPI 3 document of the whole suite: who announces what, and who listens."""
    listeners = {service: listens(service) for service in OWNERS}
    channels: Json = {}
    operations: Json = {}
    messages: Json = {}
    for service in OWNERS:
        for event in announced(service):
            name = event.type
            summary = (event.__doc__ or name).strip().splitlines()[0]
            reference = {"$ref": f"events/{name}.json"}
            messages[name] = {
                "name": name,
                "title": summary,
                "contentType": "application/cloudevents+json",
                "payload": reference,
            }
            channels[name] = {
                "address": f"{name}.{{agency}}",
                "messages": {name: {"$ref": f"#/components/messages/{name}"}},
                "parameters": {"agency": {"description": "dotted agency code, or `province`"}},
            }
            channel = {"$ref": f"#/channels/{name}"}
            operations[f"{service}.announces.{name}"] = {"action": "send", "channel": channel}
            for listener, types in listeners.items():
                if name in types:
                    operations[f"{listener}.hears.{name}"] = {"action": "receive", "channel": channel}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "motcua events", "version": "1", "license": {"name": "EUPL-1.2"}},
        "defaultContentType": "application/cloudevents+json",
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def documents() -> Iterator[tuple[str, Json]]:
    """Yield (path below `contracts/`, document) for everything that is promised."""
    for service in OWNERS:
        yield f"openapi/{service}.json", openapi(service)
        for event in announced(service):
            yield f"events/{event.type}.json", event.model_json_schema(mode="serialization")
    yield "asyncapi.json", asyncapi()


def render(document: Json) -> str:
    """Write a document the same way every time."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(folder: Path) -> list[str]:
    """Write all documents and remove those nobody promises any more; return the paths that changed."""
    wanted = {name: render(document) for name, document in documents()}
    changed = drift(folder, wanted)
    for name in changed:
        path = folder / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name])
    return changed


def drift(folder: Path, wanted: dict[str, str] | None = None) -> list[str]:
    """Return the paths whose committed document is not what the code promises now."""
    promised = wanted if wanted is not None else {name: render(document) for name, document in documents()}
    kept = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.json")}
    return sorted(name for name in promised.keys() | kept.keys() if promised.get(name) != kept.get(name))
