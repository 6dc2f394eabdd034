"""A folder of published advisories, answered from as their public source would be."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from packaging.version import InvalidVersion, Version

FRESH: Final = timedelta(days=14)
"""After which nobody knows what has become known since."""
Advisories = Mapping[str, Sequence[Mapping[str, Any]]]


class StaleError(Exception):
    """The folder holds no advisories, or none of the last fortnight."""


def read_advisories(folder: Path, now: datetime | None = None) -> Advisories:
    """Read OSV's advisories by the library they are about. Raises: StaleError."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    newest = datetime.min.replace(tzinfo=UTC)
    for file in folder.glob("*.json"):
        one = json.loads(file.read_text("utf-8"))
        newest = max(newest, datetime.fromisoformat(one["modified"]))
        for name in {part["package"]["name"].lower() for part in one.get("affected", ())}:
            found.setdefault(name, []).append(one)
    if (now or datetime.now(UTC)) - newest > FRESH:
        raise StaleError(f"{folder} holds no advisory of the last {FRESH.days} days")
    return found


def about(advisories: Advisories, name: str, version: str) -> list[Mapping[str, Any]]:
    """Return the advisories about one version of a library."""
    told = advisories.get(name.lower(), ())
    return [one for one in told if any(_affects(part, name, version) for part in one["affected"])]


def _affects(part: Mapping[str, Any], name: str, version: str) -> bool:
    if part["package"]["name"].lower() != name.lower():
        return False
    ranges = [one["events"] for one in part.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return version in part.get("versions", ()) or any(_within(events, version) for events in ranges)


def _within(events: Sequence[Mapping[str, str]], version: str) -> bool:
    """Walk the events of a range, oldest first; a version nobody can read counts as within."""
    try:
        here, inside = Version(version), False
        for event in events:
            if "introduced" in event and (event["introduced"] == "0" or here >= Version(event["introduced"])):
                inside = True
            if "fixed" in event and here >= Version(event["fixed"]):
                inside = False
            if "last_affected" in event and here > Version(event["last_affected"]):
                inside = False
    except InvalidVersion:
        return True
    return inside


@contextmanager
def served(advisories: Advisories) -> Iterator[str]:
    """Answer questions about libraries on loopback, and give the address."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            found = about(advisories, asked["package"]["name"], asked["version"])
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
    finally:
        server.shutdown()
        server.server_close()
