"""HTTP routes of intake, one file per resource."""

from fastapi import APIRouter

from intake.api import (
    attachments,
    desk,
    dossiers,
    drafts,
    looks,
    outcomes,
    papers,
    requests,
    submissions,
    tracking,
)

# Routes are tried in order: the two measured hot paths come first.
ROUTERS: tuple[APIRouter, ...] = (
    submissions.router,
    tracking.router,
    desk.router,
    drafts.router,
    attachments.router,
    requests.router,
    outcomes.router,
    papers.router,
    looks.router,
    dossiers.router,
)
