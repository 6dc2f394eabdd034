"""Several SMS gateways as one: who fails or drags is left for the next."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from common.clock import utc_now

from notify.domain.suppliers import SLOW, Choice
from notify.ports import TemporaryFailureError, TextSender

log = structlog.get_logger()


class ManyTexts:
    """Gateways in the order in which they are preferred.

    A message is handed to one of them and never to a second in the same try: what timed out may have been sent.
    """

    def __init__(self, gateways: Sequence[TextSender], now: Callable[[], datetime] = utc_now) -> None:
        self._gateways, self._now = gateways, now
        self._choice, self._last = Choice(len(gateways)), 0

    async def send(self, id_: str, phone: str, text: str) -> None:
        """Hand the message to the gateway whose turn it is. Raises: as that gateway does."""
        begun = self._now()
        place = self._choice.next(begun)
        if place != self._last:
            log.warning("another SMS gateway is asked", place=place + 1, before=self._last + 1)
            self._last = place
        well = False
        try:
            await self._gateways[place].send(id_, phone, text)
            well = self._now() - begun < SLOW
        except TemporaryFailureError:
            raise
        except BaseException:
            well = True  # it answered, or we were told to stop: nothing against the gateway
            raise
        finally:
            self._choice.tell(place, self._now(), well=well)
