"""What fires leaves the house: the committed rules and ways of Prometheus and Alertmanager end in an operator's mail.

Clocks run sixty times as fast here: minutes of a rule and of a way are seconds.
"""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from prometheus_client import CollectorRegistry, Gauge, start_http_server
from rig.watch import until
from suite.run.places import checkout, free_port
from suite.run.processes import die_with_parent
from suite.testing import private_folder
from suite.testing.prometheus import reading

pytestmark = [pytest.mark.faults, pytest.mark.slow]
DEPLOYED = checkout() / "deploy" / "observability"
OPERATORS = "van-hanh@motcua.example"


class Mailbox:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take one mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 OK"

    def about(self, alert: str, state: str = "FIRING") -> list[str]:
        """Return the texts of the mails to the operators about an alert that fires, or is over."""
        found = [mail for to, mail in self.mails if to == [OPERATORS]]
        found = [one for one in found if alert in one["Subject"] and state in one["Subject"]]
        return [str(one.get_body(("html", "plain")).get_content()) for one in found]  # type: ignore[union-attr]


@asynccontextmanager
async def mailbox(port: int) -> AsyncIterator[Mailbox]:
    """Take mail while the block lasts."""
    made = Mailbox()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(made, hostname="mailbox"), "127.0.0.1", port
    )
    async with server:
        yield made


def faster(text: str) -> str:
    """Return rules or ways whose minutes are seconds, and whose seconds are none."""
    text = re.sub(r"\b\d+s\b", "0s", text)
    return re.sub(r"\b(\d+)([mh])\b", lambda found: f"{int(found[1])}{'s' if found[2] == 'm' else 'm'}", text)


@contextmanager
def sending(folder: Path, port: int, smtp_port: int) -> Iterator[None]:
    """Run an Alertmanager with the committed ways while the block lasts; only the mail server is another."""
    ways = faster((DEPLOYED / "alertmanager.yml").read_text("utf-8"))
    assert ways.count("mail:1025") == 1
    (folder / "ways.yml").write_text(ways.replace("mail:1025", f"127.0.0.1:{smtp_port}"))
    program = shutil.which("prometheus-alertmanager")
    assert program is not None, "Alertmanager is not installed; run: apt-get install prometheus-alertmanager"
    process = subprocess.Popen(
        [
            program,
            f"--config.file={folder}/ways.yml",
            f"--storage.path={folder}/sent",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
            "--log.level=error",
        ],
        preexec_fn=die_with_parent,  # noqa: PLW1509 - tests start programs from their only thread
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def told(alertmanager: int, folder: Path) -> dict[str, object]:
    """Return what Prometheus is told besides its targets: the committed rules, and where alerts go."""
    for name in ("rules.yaml", "parts.yaml"):
        (folder / name).write_text(faster((DEPLOYED / name).read_text("utf-8")))
    return {
        "rule_files": [f"{folder}/rules.yaml", f"{folder}/parts.yaml"],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{alertmanager}"]}]}]},
    }


async def test_runbook_watchdog_its_mail_stops_with_alertmanager_and_comes_when_that_is_started() -> None:
    folder, port, smtp_port = private_folder("mails"), free_port(), free_port()
    async with mailbox(smtp_port) as taken:
        with reading(folder, {}, told(port, folder)) as prometheus:
            await until(lambda: prometheus.ask('ALERTS{alertname="Watchdog"}'), "Watchdog fires")
            assert not taken.about("Watchdog")  # Alertmanager is away, and nobody hears of anything
            with sending(folder, port, smtp_port):
                (mail, *_) = await until(lambda: taken.about("Watchdog"), "Watchdog's mail comes")
        assert "alerts leave the house" in mail
        assert "docs/operations/alerts.md#watchdog" in mail


async def test_what_fires_is_mailed_to_the_operators_with_its_runbook_and_again_when_it_is_over() -> None:
    folder, port, smtp_port, keeper = private_folder("mails"), free_port(), free_port(), free_port()
    numbers = CollectorRegistry()
    passed = Gauge("motcua_drill_passed", "whether the last drill passed", registry=numbers)
    server, thread = start_http_server(keeper, "127.0.0.1", numbers)
    try:
        async with mailbox(smtp_port) as taken:
            keeps = {"keeper": ("backup", keeper)}
            with sending(folder, port, smtp_port), reading(folder, keeps, told(port, folder)):
                (mail, *_) = await until(lambda: taken.about("DrillFailed"), "a mail says that it fires")
                assert "docs/operations/backup.md#drillfailed" in mail
                assert not taken.about("DrillFailed", "RESOLVED")
                passed.set(1)
                await until(lambda: taken.about("DrillFailed", "RESOLVED"), "a mail says that it is over")
    finally:
        server.shutdown()
        thread.join()
