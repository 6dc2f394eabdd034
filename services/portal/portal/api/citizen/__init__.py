"""What a citizen or organisation does: begin, fill in, submit, follow."""

from portal.api.citizen import begin, dossiers, drafts, submission

ROUTERS = (begin.router, drafts.router, submission.router, dossiers.router)
