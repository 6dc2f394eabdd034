"""A folder of certificates: one authority however many start at once, and nobody signs as somebody else."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from documents.demo_ca import make_demo_ca
from documents.folder import FolderSigner, Holder, KeyMissingError
from documents.typesetting import render_pdf
from documents.verifying import verify_pdf

AT = datetime.now(UTC).replace(microsecond=0)  # a certificate is checked against the real time
WARD = Holder("agency-H42.101", "UBND phường Hoa Lư", "H42.101")
PAPER = render_pdf("= Giấy tiếp nhận", {})


def signed(folder: FolderSigner, holder: Holder = WARD) -> bytes:
    return folder.sign(PAPER, holder, "Tiếp nhận", "Ninh Bình", AT)


def test_a_demonstration_folder_makes_its_certificates_and_keeps_them(tmp_path: Path) -> None:
    first = FolderSigner(tmp_path / "keys", demonstration=True)
    paper = signed(first)
    later = FolderSigner(tmp_path / "keys", demonstration=False)
    for report in (first.check(paper), later.check(paper), later.check(signed(later))):
        assert (report.valid, report.signer, report.signed_at) == (True, WARD.name, AT)


def test_keys_are_for_the_owner_of_the_folder_alone(tmp_path: Path) -> None:
    signed(FolderSigner(tmp_path / "keys", demonstration=True))
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert {key.stat().st_mode & 0o077 for key in (tmp_path / "keys").glob("*.key.pem")} == {0}


def test_many_that_start_at_once_end_with_one_authority(tmp_path: Path) -> None:
    start = threading.Barrier(6)

    def begin(number: int) -> bytes:
        start.wait()
        return signed(FolderSigner(tmp_path, demonstration=True), Holder(f"o{number % 2}", "Lan", "H42"))

    with ThreadPoolExecutor(6) as desks:
        papers = list(desks.map(begin, range(6)))
    assert all(FolderSigner(tmp_path, demonstration=False).check(paper).valid for paper in papers)


def test_outside_demonstration_nothing_is_made(tmp_path: Path) -> None:
    folder = FolderSigner(tmp_path / "keys", demonstration=False)
    assert not folder.can_sign(WARD.id)
    with pytest.raises(KeyMissingError):
        signed(folder)
    assert folder.check(PAPER).problem == "no-authority"
    assert not (tmp_path / "keys").exists()


def test_a_foreign_authority_without_its_key_issues_nothing(tmp_path: Path) -> None:
    (tmp_path / "ca.cert.pem").write_bytes(make_demo_ca(AT).ca_cert_pem)
    folder = FolderSigner(tmp_path, demonstration=True)
    assert not folder.can_sign(WARD.id)
    with pytest.raises(KeyMissingError):
        signed(folder)


def test_the_authority_itself_signs_no_paper(tmp_path: Path) -> None:
    folder = FolderSigner(tmp_path, demonstration=True)
    signed(folder)
    assert not folder.can_sign("ca")
    with pytest.raises(KeyMissingError):
        signed(folder, Holder("ca", "Lan", "H42"))


@pytest.mark.parametrize("other", ["../a_b", "a_b", "a/b"])
def test_every_holder_has_a_key_of_its_own_inside_the_folder(tmp_path: Path, other: str) -> None:
    folder = FolderSigner(tmp_path / "keys", demonstration=True)
    signed(folder, Holder("a:b", "An", "H42"))
    assert folder.check(signed(folder, Holder(other, "Bình", "H42"))).signer == "Bình"
    assert [place.name for place in tmp_path.iterdir()] == ["keys"]


def test_a_renewed_certificate_counts_without_a_restart(tmp_path: Path) -> None:
    folder = FolderSigner(tmp_path, demonstration=True)
    signed(folder)
    authority = make_demo_ca(AT)
    certificate, key = authority.issue("UBND phường Hoa Lư (mới)", "H42.101")
    for name, content in ((WARD.id, certificate), ("ca", authority.ca_cert_pem)):
        (tmp_path / f"{name}.cert.pem").write_bytes(content)
    (tmp_path / f"{WARD.id}.key.pem").write_bytes(key)
    report = verify_pdf(signed(folder), authority.ca_cert_pem)
    assert (report.valid, report.signer) == (True, "UBND phường Hoa Lư (mới)")
