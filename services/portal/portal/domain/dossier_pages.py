"""Where each group of officers looks at a dossier and its files."""

from typing import NamedTuple

from portal.domain.addresses import Address, Page


class DossierPages(NamedTuple):
    """Where one group of officers looks at a dossier and its files."""

    dossier: Address
    view: Address
    file: Address
    unscanned: Address
    copies: bool = False
    """Whether they copy what is electronic on paper."""


DESK = DossierPages(Page.DESK_DOSSIER, Page.DESK_VIEW, Page.DESK_FILE, Page.DESK_UNSCANNED, copies=True)
HANDLING = DossierPages(Page.WORK_DOSSIER, Page.WORK_VIEW, Page.WORK_FILE, Page.WORK_UNSCANNED)
