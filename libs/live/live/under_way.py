"""Bounds what uploads hold while they are under way, so that nobody fills a machine with uploads that never end."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from common.addresses import network_of
from common.api.deps import client_address
from common.api.problems import problem
from common.errors import DomainError, UnavailableError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST: Final = 32 * 1024**2
"""Bytes of one upload; the edge says so first where an upload tells its length."""
FORM: Final = 64 * 1024**2
"""Bytes of a page that is sent with all its files: what fits comes back as typed, and each file is judged alone."""
ROOM: Final = 160 * 1024**2
"""Bytes that all uploads under way may hold in one process; its folder for temporary files is larger."""
SHARE: Final = ROOM // 2
"""Bytes of these that one household or office may hold."""


class BodyTooLargeError(DomainError):
    """What is sent is larger than anything we take."""

    code = "body-too-large"
    status = 413
    vi = "Nội dung gửi lên quá lớn."
    en = "What was sent is too large."


class UploadsBusyError(UnavailableError):
    """So much is being sent at this moment that more would not fit."""

    code = "uploads-busy"
    vi = "Đang có quá nhiều tệp được gửi lên cùng lúc. Hãy thử lại sau ít phút."
    en = "Too many files are being sent at this moment. Try again in a few minutes."


Answer = Callable[[Request, DomainError], Response]


class UnderWay:
    """ASGI middleware: an upload is passed on while it comes, and refused once it or all together hold too much."""

    def __init__(
        self, app: ASGIApp, answer: Answer = problem, room: int = ROOM, share: int = SHARE, most: int = MOST
    ) -> None:
        self.app, self.answer, self.room, self.share, self.most = app, answer, room, share, most
        self.held: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an upload pass; whatever the app makes of one that broke off here, the sender is told why."""
        request = Request(scope) if scope["type"] == "http" else None
        if request is None or not request.headers.get("content-type", "").lower().startswith("multipart/"):
            await self.app(scope, receive, send)
            return
        upload = _Upload(self, network_of(client_address(request)), receive, send)
        try:
            await self.app(scope, upload.receive, upload.send)
        except DomainError as error:
            if error is not upload.refused:
                raise
        finally:
            self._release(upload)
        if upload.refused is not None and not upload.answered:
            await self.answer(request, upload.refused)(scope, receive, send)

    def refusal(self, upload: "_Upload") -> DomainError | None:
        """Say why an upload may not go on, if it may not."""
        if upload.size > self.most:
            return BodyTooLargeError()
        if self.held[upload.who] > self.share or self.held.total() > self.room:
            return UploadsBusyError()
        return None

    def _release(self, upload: "_Upload") -> None:
        self.held[upload.who] -= upload.size
        if self.held[upload.who] <= 0:
            del self.held[upload.who]


class _Upload:
    """One upload on its way through."""

    def __init__(self, all_: UnderWay, who: str, receive: Receive, send: Send) -> None:
        self.all, self.who, self._receive, self._send = all_, who, receive, send
        self.size, self.answered = 0, False
        self.refused: DomainError | None = None

    async def receive(self) -> Message:
        """Pass on what comes. Raises: BodyTooLargeError, UploadsBusyError."""
        message = await self._receive()
        came = len(message.get("body", b""))
        self.size += came
        self.all.held[self.who] += came
        self.refused = self.refused or self.all.refusal(self)
        if self.refused is not None:
            raise self.refused
        return message

    async def send(self, message: Message) -> None:
        """Pass an answer on, unless it is the app's guess at why its reading failed."""
        if self.refused is None or self.answered:
            self.answered = True
            await self._send(message)


def bounding(app: Starlette, answer: Answer = problem, most: int = MOST) -> None:
    """Hold an app's uploads to their room; innermost, where what the app knows of a request is known."""
    app.user_middleware.append(Middleware(UnderWay, answer=answer, most=most))
