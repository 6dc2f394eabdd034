"""A mail server that asks who is there: signed in over TLS, never in clear, never to a stranger."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from common.settings import MailSettings
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from notify.adapters.smtp_mail import SmtpMail
from notify.ports import Mail, PermanentFailureError, TemporaryFailureError
from suite.run.places import free_port

USER, WORD = "motcua", "mat-khau-thu"
Serve = Callable[..., int]


class Box:
    """Keeps what was taken."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, server, session, envelope):
        self.taken += envelope.rcpt_tos
        return "250 OK"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine that nobody trusts by itself."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def serve(tmp_path: Path, box: Box, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Give a starter of mail servers that let USER in; their certificate is trusted when asked."""
    running: list[Controller] = []
    cert, key = certificate(tmp_path)

    def judge(server, session, envelope, mechanism, data):
        told = (data.login.decode(), data.password.decode())
        return AuthResult(success=told == (USER, WORD), handled=False)  # or nobody would answer a wrong one

    def start(*, tls: bool, trusted: bool) -> int:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert, key)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        more = {"tls_context": context, "require_starttls": True} if tls else {"auth_require_tls": False}
        made = Controller(
            box,
            "localhost",
            free_port(),
            authenticator=judge,
            auth_required=True,
            **more,  # type: ignore[arg-type]
        )
        made.start()
        running.append(made)
        return int(made.port)

    yield start
    for one in running:
        one.stop()


def sent(port: int, user: str = USER, word: str = WORD, tls: str = "") -> None:
    told = {
        "smtp_host": "localhost",
        "smtp_port": port,
        "smtp_user": user,
        "smtp_password": word,
        "smtp_tls": tls,
    }
    way = MailSettings.model_construct(**told).smtp_way
    mail = Mail("1", "c@d.example", "x", "y", "<p>y</p>", "vi", None, datetime.now(UTC))
    asyncio.run(SmtpMail("localhost", port, "a@b.example", **way).send(mail))


def test_a_server_that_asks_is_told_over_tls(serve: Serve, box: Box) -> None:
    sent(serve(tls=True, trusted=True))
    assert box.taken == ["c@d.example"]


@pytest.mark.parametrize("word", ["", "falsch"])
def test_a_wrong_password_sends_nothing(serve: Serve, box: Box, word: str) -> None:
    with pytest.raises(PermanentFailureError, match="smtp-535-server"):
        sent(serve(tls=True, trusted=True), word=word)
    assert not box.taken


def test_no_password_goes_out_in_clear(serve: Serve, box: Box) -> None:
    """A server without TLS would take it: the mail waits instead."""
    with pytest.raises(TemporaryFailureError):
        sent(serve(tls=False, trusted=True))
    assert not box.taken


@pytest.mark.parametrize("user", [USER, ""])
def test_a_server_that_proves_nothing_is_told_nothing(serve: Serve, box: Box, user: str) -> None:
    with pytest.raises(TemporaryFailureError):
        sent(serve(tls=True, trusted=False), user=user, tls="starttls")
    assert not box.taken


@pytest.mark.parametrize(
    ("user", "tls", "use_tls", "start_tls"),
    [("", "", False, None), ("", "starttls", False, True), ("a", "", False, True), ("a", "tls", True, False)],
)
def test_the_way_follows_from_the_settings(
    user: str, tls: str, use_tls: bool, start_tls: bool | None
) -> None:
    way = MailSettings.model_construct(smtp_user=user, smtp_password="", smtp_tls=tls).smtp_way
    assert (way["use_tls"], way["start_tls"]) == (use_tls, start_tls)
