"""How a file goes out: as a download that no browser runs, guesses about or keeps."""

from urllib.parse import quote


def download_headers(name: str) -> dict[str, str]:
    """Return the headers of a file's answer, under a name that was cleaned when it came."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
