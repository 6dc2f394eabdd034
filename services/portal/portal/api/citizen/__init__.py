"""What a citizen or organisation does: begin, fill in, submit, follow."""

from portal.api.citizen import amending, begin, channels, dossiers, drafts, rating, submission, submitter

ROUTERS = (
    begin.router,
    drafts.router,
    submitter.router,
    channels.router,
    submission.router,
    dossiers.router,
    amending.router,
    rating.router,
)
