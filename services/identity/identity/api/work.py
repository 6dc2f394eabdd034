"""GET a task for a browser whose visitor failed to sign in."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from identity.api.deps import VisitDep
from identity.domain.work import new_task

router = APIRouter(prefix="/api/identity", tags=["sessions"])


class WorkOut(BaseModel):
    """A task, which comes back with its solution."""

    task: str
    expires_at: datetime


@router.get("/work")
async def ask(visit: VisitDep) -> WorkOut:
    """Give a task to a browser."""
    task = new_task(visit.built.chest.secret("work"), visit.now, visit.built.work_cost)
    return WorkOut(task=task.text, expires_at=task.expires_at)
