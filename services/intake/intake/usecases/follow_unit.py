"""Follow what the specialist unit tells about a dossier."""

from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action, State
from intake.domain.news import UnitNews
from intake.queries.dossiers import dossier_by_code

_ACTIONS = {
    "forwarded": Action.FORWARD,
    "in_process": Action.START,
    "awaiting_signature": Action.AWAIT_SIGNATURE,
}


async def follow_unit(session: AsyncSession, news: UnitNews) -> None:
    """Move the dossier to the state the unit tells; overtaken news only enters the history.

    Raises:
        DossierNotFoundError: nothing is known of it yet; the message is tried again.

    Source: QT Đ.18.2; TN Đ.7.4; R-TRK-09
    """
    dossier = await dossier_by_code(session, news.code, lock=True)
    action = _ACTIONS[news.state]
    if news.version <= dossier.unit_version:
        dossier.recall(action, State(news.state), news.actor(), news.at, news.details())
        return
    dossier.take(action, news.actor(), news.at, details=news.details())
    dossier.follow(news)
