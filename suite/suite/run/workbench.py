"""A developer's workbench: keeps every mail instead of sending it, and serves the suite's contracts."""

import asyncio
import email
import email.policy
import html
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from suite.run.places import checkout

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Hộp thư thử nghiệm</title>
<meta name="viewport" content="width=device-width"><style>body{{font:16px/1.5 sans-serif;margin:2rem auto;
max-width:52rem;padding:0 1rem}}article{{border-top:1px solid #767676;padding:.5rem 0}}
pre{{white-space:pre-wrap;font:inherit}}</style></head><body><main><h1>Hộp thư thử nghiệm</h1>
<p>Mọi thư do hệ thống gửi trên máy này được giữ lại ở đây, mới nhất ở trên cùng.</p>{items}</main></body></html>"""


class Mailbox:
    """Mails kept as files, oldest first by name."""

    def __init__(self, folder: Path) -> None:
        """Keep mails in `folder`, making it when absent."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Store one message as it came."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        (self.folder / f"{stamp}.eml").write_bytes(content)
        return "250 kept"

    def newest(self, limit: int = 50, to: str | None = None) -> list[EmailMessage]:
        """Return up to `limit` messages, newest first, optionally only those to one address."""
        found: list[EmailMessage] = []
        for path in sorted(self.folder.glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if isinstance(message, EmailMessage) and (to is None or to in str(message["to"])):
                found.append(message)
            if len(found) == limit:
                break
        return found


def text_of(message: EmailMessage) -> str:
    """Return the plain text of a message."""
    body = message.get_body(preferencelist=("plain", "html"))
    return str(body.get_content()) if body is not None else ""


def create_page(mailbox: Mailbox, contracts: Path) -> FastAPI:
    """Return the page that shows the mails, the same as JSON, and the contracts below `/contracts`."""
    app = FastAPI(title="workbench", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/", response_class=HTMLResponse)
    def page() -> str:
        items = "".join(
            f"<article><h2>{html.escape(str(mail['subject']))}</h2><p>Đến: {html.escape(str(mail['to']))}</p>"
            f"<pre>{html.escape(text_of(mail))}</pre></article>"
            for mail in mailbox.newest()
        )
        return PAGE.format(items=items or "<p>Chưa có thư nào.</p>")

    @app.get("/messages")
    def messages(to: str | None = None) -> JSONResponse:
        kept = mailbox.newest(to=to)
        return JSONResponse(
            [{"to": str(m["to"]), "subject": str(m["subject"]), "text": text_of(m)} for m in kept]
        )

    @app.get("/contracts")
    def index() -> JSONResponse:
        return JSONResponse(sorted(str(path.relative_to(contracts)) for path in contracts.rglob("*.json")))

    app.mount("/contracts", StaticFiles(directory=contracts, check_dir=False))
    return app


async def serve(folder: Path, smtp_port: int, page_port: int, host: str = "127.0.0.1") -> None:
    """Take mail and show it until the process is told to stop."""
    mailbox = Mailbox(folder)
    listener = await asyncio.get_running_loop().create_server(
        lambda: SMTP(mailbox, hostname="mailbox"), host, smtp_port
    )
    config = uvicorn.Config(
        create_page(mailbox, checkout() / "contracts"), host=host, port=page_port, log_level="warning"
    )
    async with listener:
        await uvicorn.Server(config).serve()
