"""The public keys with which everybody checks our tokens."""

from common.api import DatabaseDep
from fastapi import APIRouter
from starlette.responses import JSONResponse

from identity.api.deps import VisitDep

router = APIRouter(prefix="/api/identity", tags=["keys"])


@router.get("/jwks")
async def jwks(database: DatabaseDep, visit: VisitDep) -> JSONResponse:
    """List the keys to trust now; the very first call makes the first key."""
    keys = await visit.built.keyring.jwks(database, visit.now)
    return JSONResponse(keys, headers={"Cache-Control": "public, max-age=60"})
