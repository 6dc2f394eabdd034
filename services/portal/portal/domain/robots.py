"""Which pages search engines may read, and which they keep out of."""

import re

from portal.domain.addresses import KEYED, OFFICER_ROOT, PAGES, Page

OPEN_TO_ROBOTS = frozenset(
    (
        Page.HOME,
        Page.PROCEDURES,
        Page.PROCEDURE,
        Page.PROCEDURE_GUIDE,
        Page.BLANK_FORM,
        Page.ANSWERS,
        Page.ANSWERS_FEED,
        Page.ANSWER,
        Page.FEEDBACK,
        Page.FEEDBACK_CONTACTS,
        Page.RATINGS,
        Page.SURVEYS,
        Page.SURVEY,
        Page.SURVEY_RESULTS,
        Page.SURVEY_CSV,
        Page.LOOKUP,
        Page.VERIFY,
        Page.FIGURES,
        Page.FIGURES_CSV,
        Page.QUESTION_FIGURES,
        Page.QUESTION_FIGURES_CSV,
        Page.STATUS,
        Page.HOW_IT_WORKS,
        Page.CONTACT,
        Page.ACCESSIBILITY,
        Page.PRIVACY,
        Page.TERMS,
        Page.ROBOTS,
        Page.SECURITY,
    )
)
"""What a search engine may read: it names nobody and nobody's dossier."""


def closed_to_robots(site: str) -> list[str]:
    """Give the addresses of a site, ``citizen``, ``officer`` or ``both``, that search engines keep out of."""
    kept = [
        re.sub(r"{\w+}", "*", page)
        for page in PAGES
        if page not in OPEN_TO_ROBOTS | KEYED
        and site in ("both", "officer" if page.startswith(OFFICER_ROOT) else "citizen")
    ]
    return sorted(
        path for path in {*kept} if not any(path != root and path.startswith(root) for root in kept)
    )
