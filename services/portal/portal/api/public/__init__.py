"""What everybody can read: procedures, look-up, figures, help."""

from portal.api.public import (
    by_hand,
    home,
    information,
    procedures,
    question_statistics,
    statistics,
    status,
    tracking,
)

ROUTERS = (
    home.router,
    procedures.router,
    by_hand.router,
    tracking.router,
    statistics.router,
    question_statistics.router,
)
EVERYWHERE = (information.router, status.router)
"""What each site has, also where it stands alone."""
