"""A repeat of a creating request gets the first answer instead of a second effect."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import Depends, Header, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from common.api.deps import OptionalCallerDep
from common.errors import DomainError, FieldProblem, InvalidInputError
from common.sealing import Ring, ring_of

_CLAIM = text("""insert into idempotency_key (scope, key, request_hash) values (:scope, :key, :hash)
    on conflict do nothing returning 1""")
_FIRST = text("select request_hash, status, body from idempotency_key where scope = :scope and key = :key")
_REMEMBER = text("""update idempotency_key set status = :status, body = cast(:body as jsonb)
    where scope = :scope and key = :key""")
_MISSING = FieldProblem(
    "Idempotency-Key",
    "required",
    "Yêu cầu tạo mới phải kèm tiêu đề Idempotency-Key (tối đa 200 ký tự).",
    "A creating request needs the header Idempotency-Key (at most 200 characters).",
)


class IdempotencyKeyReusedError(DomainError):
    """The key belongs to a request with another content."""

    code = "idempotency-key-reused"
    vi = "Mã Idempotency-Key này đã được dùng cho một yêu cầu có nội dung khác."
    en = "This Idempotency-Key was used before for a request with another content."


class Idempotency:
    """One creating request: who, where, which key, what content."""

    def __init__(self, scope: str, key: str, request_hash: str) -> None:
        self._names = {"scope": scope, "key": key}
        self._hash = request_hash

    @property
    def _place(self) -> str:
        """Where the answer stands, for the seal."""
        return f"idempotency_key.{self._names['scope']}.{self._names['key']}"

    async def replay(self, session: AsyncSession) -> JSONResponse | None:
        """Give the first answer when there was one; a request still under way elsewhere is waited for.

        Raises: IdempotencyKeyReusedError.
        """
        claimed = await session.execute(_CLAIM, {**self._names, "hash": self._hash})
        if claimed.first() is not None:
            return None
        return await self.first(session)

    async def first(self, session: AsyncSession) -> JSONResponse | None:
        """Give the first answer where there is one, and claim nothing. Raises: IdempotencyKeyReusedError."""
        first = (await session.execute(_FIRST, self._names)).one_or_none()
        if first is not None and first.request_hash != self._hash:
            raise IdempotencyKeyReusedError(field="Idempotency-Key")
        if first is None or first.status is None:
            return None
        body, ring = first.body, ring_of(session)
        if ring is not None and isinstance(body, str):
            body = orjson.loads(ring.open(body, self._place))
        elif ring is not None and "sealed" in body:
            body = {**orjson.loads(ring.open(body.pop("sealed"), self._place)), **body}
        return JSONResponse(body, first.status, {"Idempotency-Replayed": "true"})

    def carried(self, body: Mapping[str, Any], ring: Ring | None) -> dict[str, Any]:
        """Return what a statement of its own keeps beside its effect, sealed where the service has keys.

        What the statement alone knows of the answer it puts beside.
        """
        answer = orjson.loads(orjson.dumps(body, option=orjson.OPT_UTC_Z))
        if ring is not None and not ring.beside:
            answer = {"sealed": ring.seal(orjson.dumps(answer).decode(), self._place)}
        names = {"key_scope": self._names["scope"], "key": self._names["key"]}
        return {**names, "content_hash": self._hash, "answer": answer}

    async def remember(self, session: AsyncSession, status: int, body: Any) -> None:
        """Keep the answer beside the effect, in the same transaction; sealed where the service has keys."""
        answer, ring = orjson.dumps(jsonable_encoder(body)).decode(), ring_of(session)
        if ring is not None and not ring.beside:
            answer = orjson.dumps(ring.seal(answer, self._place)).decode()
        await session.execute(_REMEMBER, {**self._names, "status": status, "body": answer})


async def idempotency(
    request: Request,
    caller: OptionalCallerDep,
    key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> Idempotency:
    """Read the key of a creating request. Raises: InvalidInputError when it is missing."""
    if not key or len(key) > 200:
        raise InvalidInputError([_MISSING])
    subject = caller.subject if caller else "-"
    return Idempotency(f"{subject} {request.method} {request.url.path}", key, await _content_hash(request))


async def _content_hash(request: Request) -> str:
    digest = hashlib.sha256()
    if not request.headers.get("content-type", "").startswith("multipart/"):
        digest.update(await request.body())
        return digest.hexdigest()
    # The boundary of a form differs from one attempt to the next: its parts are what counts.
    for name, value in (await request.form()).multi_items():
        digest.update(name.encode())
        if isinstance(value, UploadFile):
            while chunk := await value.read(1 << 20):
                digest.update(chunk)
            await value.seek(0)
        else:
            digest.update(value.encode())
    return digest.hexdigest()


IdempotencyDep = Annotated[Idempotency, Depends(idempotency)]
