"""`motcua topology apply` waits for a broker that is starting, and for no other reason."""

import pytest
from aio_pika.exceptions import AMQPConnectionError, ProbableAuthenticationError
from suite.cli import app, topology
from typer.testing import CliRunner

APPLY = ["topology", "apply", "--amqp", "amqp://127.0.0.1:1/"]


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Exception | None]:
    """Give what the broker says to each try in turn; what is left over was not tried."""
    answers: list[Exception | None] = []

    async def apply(*_: object) -> None:
        if (said := answers.pop(0)) is not None:
            raise said

    async def at_once(_: float) -> None:
        """Wait for nothing."""

    monkeypatch.setattr(topology, "apply_topology", apply)
    monkeypatch.setattr(topology.asyncio, "sleep", at_once)
    return answers


def test_a_broker_that_starts_meanwhile_is_told_everything(tried: list[Exception | None]) -> None:
    tried += [ConnectionRefusedError(), AMQPConnectionError("reset"), None]
    done = CliRunner().invoke(app, APPLY)
    assert (done.exit_code, tried) == (0, [])
    assert "motcua.intake: " in done.output


def test_a_broker_that_stays_away_is_said_in_a_sentence(tried: list[Exception | None]) -> None:
    tried += [ConnectionRefusedError("nobody there")]
    done = CliRunner().invoke(app, [*APPLY, "--wait", "0"])
    assert done.exit_code == 2
    assert "nobody there" in done.output


def test_a_wrong_password_is_told_at_once(tried: list[Exception | None]) -> None:
    tried += [ProbableAuthenticationError(), None]
    done = CliRunner().invoke(app, APPLY)
    assert (done.exit_code, len(tried)) == (1, 1)
