"""Certificates tell when they end, before anybody is refused for it; the runbook is followed to its end."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from common.metrics import registry
from common.settings import PaperSettings
from cryptography import x509
from registers.domain.standing import facts_of
from registers.settings import Settings as WatchSettings
from suite.run.certificates import Certificates, ends_at, kinds
from suite.run.tls import closed, lay_papers

NAME = "motcua_certificate_ends_timestamp_seconds"


def told(service: str, kind: str) -> float | None:
    return registry.get_sample_value(NAME, {"service": service, "certificate": kind})


def lay(folder: Path, name: str, days: int) -> Path:
    """Lay a certificate that has nearly so many days left into a folder of signers."""
    place, now = folder / f"{name}.cert.pem", datetime.now(UTC)
    made = lay_papers(folder.parent / f"{name}{days}", folder.parent / "x", now - timedelta(days=397 - days))
    place.write_bytes(made.certificate.read_bytes())
    made.certificate.unlink()
    return place


@pytest.fixture
def ending(tmp_path: Path) -> Path:
    """Lay a folder of signers in which one certificate ends within days, and return that one."""
    folder = tmp_path / "signing"
    folder.mkdir()
    lay(folder, "ca", 300)
    lay(folder, "officer-1", 200)
    return lay(folder, "officer-2", 9)


def test_r_ops_16_a_certificate_that_ends_is_told(ending: Path) -> None:
    settings, now = PaperSettings(signing_folder=ending.parent), datetime.now(UTC).timestamp()
    Certificates("intake", settings).tell()
    said = f'{NAME}{{certificate="signers"}} {told("intake", "signers")}\n'
    facts = facts_of("intake", f"# TYPE {NAME} gauge\n{said}", ready=True, now=now)
    assert (facts.days_left, facts.problems()) == ({"signers": 8}, ("certificate",))
    assert told("intake", "signing-authority") == ends_at(ending.parent / "ca.cert.pem")


def test_runbook_certificateends_the_file_is_found_and_a_new_one_lies_in_its_place(ending: Path) -> None:
    settings, soon = (
        PaperSettings(signing_folder=ending.parent),
        (datetime.now(UTC) + timedelta(14)).timestamp(),
    )
    Certificates("intake", settings).tell()
    assert (told("intake", "signers") or soon) < soon
    words = ["openssl", "x509", "-noout", "-enddate", "-in", str(ending)]  # the runbook's look
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert datetime.fromtimestamp(ends_at(ending), UTC).strftime("%Y GMT") in shown
    lay(ending.parent, ending.name.partition(".")[0], 250)  # and what it says to do
    Certificates("intake", settings).tell()
    assert told("intake", "signers") == ends_at(ending.parent / "officer-1.cert.pem")
    assert (told("intake", "signers") or 0) > soon


def test_nobody_is_named_and_a_damaged_one_counts_as_ended(tmp_path: Path) -> None:
    folder = tmp_path / "signing"
    folder.mkdir()
    lay(folder, "0190-nguyen-van-a", 300)
    (folder / "broken.cert.pem").write_text("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n")
    Certificates("processing", PaperSettings(signing_folder=folder)).tell()
    assert told("processing", "signers") == 0.0
    names = {
        labels["certificate"]
        for one in registry.collect()
        if one.name == NAME
        for labels in (sample.labels for sample in one.samples)
    }
    assert not any("nguyen" in name for name in names)


def test_what_a_service_trusts_and_what_stands_beside_it_is_told(tmp_path: Path) -> None:
    papers = lay_papers(tmp_path, tmp_path / "tls" / "postgres")
    address = f"postgresql://a:b@127.0.0.1/registers{closed(papers.authority)}"
    settings = WatchSettings(
        database_url=address, certificates={"servers": tmp_path / "tls", "edge": papers.certificate}
    )
    assert kinds(settings)["servers-authority"] == [papers.authority]
    Certificates("registers", settings).tell()
    server = x509.load_pem_x509_certificate(papers.certificate.read_bytes())
    assert told("registers", "servers") == told("registers", "edge") == server.not_valid_after_utc.timestamp()
    assert (told("registers", "servers-authority") or 0) > (told("registers", "servers") or 0)
