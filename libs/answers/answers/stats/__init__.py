"""What stats answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.stats.access_log import AccessLineOut, AccessLinePageOut
from answers.stats.statistics import DossierRowOut, FiguresOut, IdentityOut, RowOut
from answers.stats.words import Deed, Group, Shown

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "Deed",
    "DossierRowOut",
    "FiguresOut",
    "Group",
    "IdentityOut",
    "RowOut",
    "Shown",
]
