"""Surveys: answering them and reading results; and, for officers, building them."""

from portal.api.surveys import answering, building, deeds, evaluating

CITIZEN = (answering.router,)
OFFICER = (deeds.router, building.router, evaluating.router)
