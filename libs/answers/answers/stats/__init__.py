"""What stats answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.stats.statistics import DossierRowOut, FiguresOut, IdentityOut, RowOut
from answers.stats.words import Group, Shown

__all__ = [
    "DossierRowOut",
    "FiguresOut",
    "Group",
    "IdentityOut",
    "RowOut",
    "Shown",
]
