"""Hands a file of a service on to the browser."""

from urllib.parse import quote

import httpx
from fastapi import Response

from portal.api.visit import Visit

SHOWN_KINDS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


def attached(name: str) -> dict[str, str]:
    """Give the header under which a browser keeps a file."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def relay_file(visit: Visit, answer: httpx.Response, *, framed: bool = False, name: str = "") -> Response:
    """Hand a service's file on to the browser, never letting it run as a page."""
    visit.frame.framed = framed
    kind = answer.headers.get("content-type", "application/octet-stream")
    shown = "inline" if framed and kind.split(";")[0] in SHOWN_KINDS else "attachment"
    headers = {"content-disposition": f"{shown}; filename*=UTF-8''{quote(name or 'tai-lieu')}"}
    given = answer.headers.get("content-disposition", "")
    if not name and "filename" in given:
        headers["content-disposition"] = f"{shown};{given.partition(';')[2]}"
    return Response(answer.content, media_type=kind, headers=headers)
