"""Pages for who has a right: nobody fills in a form that is refused when it is sent."""

from typing import Annotated

from fastapi import Depends
from regulation.roles import Right
from starlette.exceptions import HTTPException

from portal.api.form_page import Who
from portal.api.visit import Visit, officer


def officer_with(right: Right) -> Who:
    """Open the visit of a signed-in officer who has a right; everybody else meets the page that says so."""

    async def entitled(visit: Annotated[Visit, Depends(officer)]) -> Visit:
        if right not in visit.rights:
            raise HTTPException(403)
        return visit

    return entitled
