"""Pages no journey comes to, in Vietnamese and English: read at both widths like every other page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from people.person import Person
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.browser
Somebody = Callable[..., Person]
PUBLIC = (
    "/",
    "/thu-tuc?q=khai+sinh",
    "/thu-tuc?q=xin+chao",
    "/thu-tuc/1.001193",
    "/thu-tuc/1.001193/huong-dan",
    "/tra-cuu",
    "/xac-minh",
    "/hoi-dap",
    "/hoi-dap/dat-cau-hoi",
    "/phan-anh-kien-nghi",
    "/thong-ke",
    "/thong-ke?group=field&period=year",
    "/dang-nhap",
    "/dang-ky",
    "/quen-mat-khau",
    "/huong-dan",
    "/lien-he",
    "/kha-nang-tiep-can",
    "/quyen-rieng-tu",
    "/dieu-khoan",
    "/khong-co-trang-nay",
    "/can-bo/dang-nhap",
)
OWN = (
    "/",
    "/ho-so-cua-toi",
    "/ho-so-cua-toi/{code}",
    "/ho-so-cua-toi/{code}/da-nop",
    "/hoi-dap/cua-toi",
    "/phan-anh-kien-nghi/cua-toi",
    "/thong-bao",
    "/tai-khoan",
    "/ho-so-cua-toi/{code}/nhan-ket-qua",
    "/tai-khoan/sua",
    "/tai-khoan/thu-dien-tu",
    "/tai-khoan/dien-thoai",
    "/tai-khoan/lich-su-truy-cap",
    "/tai-khoan/kho",
    "/tai-khoan/dong",
    "/doi-mat-khau",
    "/thu-tuc/1.001193/nop",
    "/tra-cuu/{code}",
)
DESK = (
    "/can-bo",
    "/can-bo/tiep-nhan",
    "/can-bo/tiep-nhan?muc=xong",
    "/can-bo/tiep-nhan?han=overdue",
    "/can-bo/thong-bao",
    "/can-bo/tiep-nhan/{code}",
    "/can-bo/tiep-nhan/{code}/bo-sung",
    "/can-bo/tiep-nhan/{code}/tu-choi",
    "/can-bo/tiep-nhan/{code}/chuyen-huong",
)
LEADER = (
    "/can-bo",
    "/can-bo/hoi-dap",
    "/can-bo/phan-anh",
    "/can-bo/giai-quyet?loc=all",
    "/can-bo/ky",
    "/can-bo/giai-quyet?loc=overdue",
)


@pytest.fixture(scope="module")
def code(embedded: RunningSuite, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the code of a dossier that waits at the desk."""
    job = MainJob(embedded.url, tmp_path_factory.mktemp("papers"))
    job.sign_in()
    job.submit()
    return job.code


def walk(person: Person, code: str, prefix: str, paths: tuple[str, ...]) -> None:
    """Open page after page."""
    for path in paths:
        person.open(prefix + (path.format(code=code) if path != "/" or not prefix else ""))


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
@pytest.mark.parametrize(
    ("login", "home", "paths"),
    [
        ("", "", PUBLIC),
        ("congdan@motcua.example", "", OWN),
        ("motcua.hoalu", "/can-bo", DESK),
        ("lanhdao.hoalu", "/can-bo", LEADER),
    ],
    ids=["visitor", "citizen", "desk", "leader"],
)
def test_each_page_is_without_fault(
    somebody: Somebody, code: str, login: str, home: str, paths: tuple[str, ...], prefix: str
) -> None:
    person = somebody()
    if login:
        person.sign_in(login, PASSWORD, prefix + home)
    walk(person, code, prefix, paths)
    person.found_nothing_wrong()


def test_the_sweep_sees_a_page_with_faults(somebody: Somebody, tmp_path: Path) -> None:
    person = somebody()
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><html><body><h1>a</h1><h1>b</h1><p style='width:700px;color:#ccc'>None</p><input></body>"
    )
    person.page.goto(bad.as_uri())
    person.page.evaluate("document.title = ''")
    found = " ".join(person.faults())
    for fault in (
        "2 main headings",
        "lang is",
        "no title",
        "scrolls sideways",
        "color-contrast",
        "label",
        "raw word",
    ):
        assert fault in found
