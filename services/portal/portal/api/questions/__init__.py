"""Questions of the public: ask, search, follow; and, for officers, sort, answer, publish."""

from portal.api.questions import asking, board, deeds, drafting, following, one, search, upkeep

CITIZEN = (search.router, asking.router, following.router)
OFFICER = (board.router, upkeep.router, drafting.router, deeds.router, one.router)
