"""The public keys with which everybody checks our tokens."""

from typing import Any

from common.api import SessionDep
from fastapi import APIRouter
from starlette.responses import JSONResponse

from identity.api.dependencies import VisitDep
from identity.usecases.rotate_key import rotate_key

router = APIRouter(prefix="/api/identity", tags=["keys"])


@router.get("/jwks")
async def jwks(session: SessionDep, visit: VisitDep) -> JSONResponse:
    """List the keys to trust now; the very first call makes the first key."""
    keys: dict[str, Any] = await visit.office.keyring.jwks(session, visit.now)
    if not keys["keys"]:
        await rotate_key(session, visit.office.chest, visit.now, only_when_due=True)
        keys = await visit.office.keyring.jwks(session, visit.now)
    return JSONResponse(keys, headers={"Cache-Control": "public, max-age=60"})
