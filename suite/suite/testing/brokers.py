"""Three brokers that keep every message together, so that one of them may go."""

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from suite.run.places import give, unprivileged
from suite.run.rabbit import RabbitServer

SIZE = 3


class BrokerCluster:
    """Three private brokers of one cluster; the first is the one that programs speak to."""

    def __init__(self, folder: Path) -> None:
        first = RabbitServer(folder / "0")
        others = [
            RabbitServer(folder / str(number), epmd_port=first.epmd_port, password=first.password)
            for number in range(1, SIZE)
        ]
        self.brokers = [first, *others]
        self._cookie = secrets.token_hex(16)

    @property
    def url(self) -> str:
        """Return the AMQP address of the first."""
        return self.brokers[0].url

    def start(self) -> None:
        """Start all three and make them one. Raises: StartError, CalledProcessError."""
        for broker in self.brokers:
            self._give_cookie(broker)
            broker.start()
        first, *others = self.brokers
        for broker in others:
            for words in (("stop_app",), ("join_cluster", first.node), ("start_app",)):
                broker.control(*words)

    def stop(self) -> None:
        """End them, the first last: its port mapper serves all."""
        for broker in reversed(self.brokers):
            broker.stop()

    @contextmanager
    def without_majority(self) -> Iterator[None]:
        """Let two of the three stand still while the block lasts."""
        still = [broker.process.pid for broker in self.brokers[1:] if broker.process is not None]
        assert len(still) == SIZE - 1, "the cluster was not started"
        for session in still:
            os.killpg(session, signal.SIGSTOP)
        try:
            yield
        finally:
            for session in still:
                os.killpg(session, signal.SIGCONT)

    def _give_cookie(self, broker: RabbitServer) -> None:
        broker.folder.parent.mkdir(parents=True, exist_ok=True)
        broker.folder.parent.chmod(0o711)
        home = broker.folder / "home"
        home.mkdir(parents=True)
        cookie = home / ".erlang.cookie"
        cookie.write_text(self._cookie)
        cookie.chmod(0o400)
        give(cookie, unprivileged())
