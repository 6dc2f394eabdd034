"""The table of addresses: every page of the portal, by name."""

from portal.domain.addresses.address import Address
from portal.domain.addresses.administration import AdministrationPages
from portal.domain.addresses.citizen import CitizenPages
from portal.domain.addresses.officers import OfficerPages
from portal.domain.addresses.public import PublicPages
from portal.domain.addresses.questions import QuestionPages

__all__ = ("Address",)

OFFICER_ROOT = "/can-bo"


class Page(PublicPages, QuestionPages, CitizenPages, OfficerPages, AdministrationPages):
    """Every page and its address, each written down in the table of who opens it."""


PAGES = tuple(
    dict.fromkeys(
        address for table in Page.__mro__ for address in vars(table).values() if isinstance(address, Address)
    )
)
"""Every address once."""

_OWN = (Page.SIGN_IN, Page.SIGN_OUT, Page.EXTEND, Page.PASSWORD, Page.CHANGE_MAIL, Page.MAIL_CODE)
ON_BOTH_SITES = frozenset(
    (
        *_OWN,
        Page.STATEMENTS,
        Page.MESSAGES,
        Page.MESSAGE_READ,
        Page.CHANNELS,
        Page.NEWS,
        Page.ACCESS_LOG,
        Page.LOST,
        Page.REPORTS,
    )
)
"""The pages that each site has under its own root."""


def draft_of(path: str) -> str:
    """Give the draft a path is about; empty when it is about none."""
    root, _, rest = path.partition(Page.DRAFT.removesuffix("{draft_id}"))
    return rest.partition("/")[0] if not root else ""


_KEYED = tuple(page.partition("{")[0] for page in (Page.FOLLOWED, Page.FOLLOWED_FEEDBACK, Page.COUNTER))
KEYED = frozenset(page for page in PAGES if page.startswith(_KEYED))
"""Whoever has such an address reads what stands there: no browser keeps it, and a search engine is told on the page
itself, for one that may not open it would list the address. Nor does a tablet at the counter keep what was typed."""


def holds_key(path: str) -> bool:
    """Tell whether an address holds the key of what it shows."""
    return path.startswith(_KEYED)


def root_of(site: str) -> str:
    """Give the root of a site, ``citizen`` or ``officer``."""
    return OFFICER_ROOT if site == "officer" else ""


def address(page: Address, site: str, /, **parts: object) -> str:
    """Give the address of a page on a site."""
    return (root_of(site) if page in ON_BOTH_SITES else "") + page.at(**parts)
