"""Stylesheet, script, fonts: everything a page pulls in, kept by the browser as long as its content stays the same."""

import mimetypes

from fastapi import APIRouter, Request, Response

from portal.adapters.rendering import STATIC

router = APIRouter(prefix="/static")
FOREVER = "public, max-age=31536000, immutable"
KINDS = {
    "woff2": "font/woff2",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}


@router.get("/{name:path}")
async def asset(request: Request, name: str) -> Response:
    """Give a static file; the theme's stylesheet is written from its tokens."""
    renderer = request.app.state.built.renderer
    if name == "theme.css":
        return Response(renderer.theme_css, media_type="text/css", headers={"cache-control": FOREVER})
    if name not in renderer.asset_marks:
        return Response(status_code=404)
    kind = KINDS.get(name.rpartition(".")[2]) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response((STATIC / name).read_bytes(), media_type=kind, headers={"cache-control": FOREVER})
