"""Who works here and who cannot get in, how the system stands, and the books that operators and the province keep."""

from portal.api.admin import (
    access_lines,
    authorisations,
    books,
    changes,
    entries,
    grants,
    helping,
    holders,
    holds,
    imports,
    officers,
    operations,
    papers,
    reviews,
    suspensions,
    workshop,
)

ROUTERS = (
    imports.router,
    officers.router,
    holders.router,
    helping.router,
    grants.router,
    papers.router,
    reviews.router,
    authorisations.router,
    suspensions.router,
    holds.router,
    changes.router,
    workshop.router,
    operations.router,
    books.router,
    entries.router,
    access_lines.router,
)
