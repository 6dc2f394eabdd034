"""HTTP routes of intake, one file per resource."""

from fastapi import APIRouter

from intake.api import attachments, desk, dossiers, drafts, outcomes, papers, requests, submissions, tracking

ROUTERS: tuple[APIRouter, ...] = (
    drafts.router,
    attachments.router,
    submissions.router,
    requests.router,
    desk.router,
    outcomes.router,
    papers.router,
    dossiers.router,
    tracking.router,
)
