"""Follow what the specialist unit tells about a dossier."""

from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.domain.news import UnitNews
from intake.queries.dossiers import told_dossier

_ACTIONS = {
    State.FORWARDED: Action.FORWARD,
    State.IN_PROCESS: Action.START,
    State.AWAITING_SIGNATURE: Action.AWAIT_SIGNATURE,
}


async def follow_unit(session: AsyncSession, news: UnitNews, *, repeated: bool) -> None:
    """Move the dossier to the state the unit tells.

    Overtaken news enters the history only, a state told again not even that.

    Raises:
        ForeignDossierError: another agency settles it.
        NotYetError: nothing is known of the dossier yet.

    Source: QT Đ.18.2; TN Đ.7.4; R-TRK-09
    """
    dossier = await told_dossier(session, news)
    action = _ACTIONS[State(news.state)]
    if news.version <= dossier.unit_version:
        if not repeated:
            dossier.recall(action, State(news.state), news.actor(), news.at, news.details())
        return
    dossier.take(action, news.actor(), news.at, details=news.details())
    dossier.follow(news)
