"""A day of a ward in real browsers: forty dossiers by five ways, two outages, opinions, a new date, a wrong result."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from people import officers as steps
from people.person import Person
from people.ward import LONGER, OTHERS, Ward
from regulation.states import State
from regulation.zone import local
from suite.demo.actors import Actor, eventually
from suite.testing.suites import RunningSuite, start_suite, stop_suite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Somebody = Callable[..., Person]
MANY = {"online": 16, "desk": 8, "post": 4, "telephone": 4, "late": 8}
WAYS = ("desk", "post", "telephone")
GROUND, RIGHT = "Ghi sai tên người được khai sinh", "Nguyễn Minh Ánh"


@pytest.fixture(
    scope="module",
    params=["embedded", pytest.param("distributed", marks=pytest.mark.broker)],
)
def running(request: pytest.FixtureRequest) -> Iterator[RunningSuite]:
    os.environ["MOTCUA_GATEWAY_RATE_SCALE"] = "50"  # one address does the work of a whole ward
    started = start_suite(
        f"ward-{request.param}", *(["--distributed"] if request.param == "distributed" else [])
    )
    del os.environ["MOTCUA_GATEWAY_RATE_SCALE"]
    yield started
    stop_suite(started)


def test_a_day_of_a_ward_agrees_with_itself(
    somebody: Somebody, running: RunningSuite, tmp_path: Path
) -> None:
    ward = Ward(running.url, tmp_path)
    before = ward.counted()
    longer = _comes_in(ward)
    clerk, second, specialist, leader = (somebody(widths=(1280,)) for _ in range(4))
    _at_the_desk(ward, clerk, second)
    _opinions(ward, somebody, specialist)
    _another_day(ward, specialist, leader, longer)
    for code in ward.all:
        if code != longer:
            ward.finish(code)
    _wrong_result(ward, specialist, leader, ward.codes["online"][0])
    _agree(ward, before, longer)
    for person in (clerk, second, specialist, leader):
        person.found_nothing_wrong()


def _comes_in(ward: Ward) -> str:
    """Let forty dossiers come in; two of the portal and two of the outages are left to be accepted at a screen."""
    outages = [ward.outage(timedelta(minutes=m), timedelta(minutes=m - 20)) for m in (70, 40)]
    for number in range(MANY["online"]):
        code = ward.online()
        if number > 1:
            ward.accept(code)
    for way in WAYS:
        for _ in range(MANY[way] - (way == "desk")):
            ward.accept(ward.write_down(way))
    for number in range(MANY["late"]):
        outage, at = outages[number % 2]
        paper = {
            "received_at": local(at).isoformat(),
            "outage": outage,
            "form_number": f"{outage}-{number:03d}",
        }
        code = ward.write_down("desk", paper)
        if number > 1:
            ward.confirm(code)
            ward.accept(code)
    longer = ward.write_down("desk", procedure=LONGER)
    ward.accept(longer)
    return longer


def _at_the_desk(ward: Ward, clerk: Person, second: Person) -> None:
    """Two online dossiers are accepted at the screen, and two of the outage confirmed by the second person."""
    steps.go_to_work(clerk, "motcua.hoalu")
    for code in ward.codes["online"][:2]:
        steps.open_in(clerk, f"/can-bo/tiep-nhan?q={code}", code)
        steps.accept(clerk)
    steps.go_to_work(second, "motcua2.hoalu")
    for code in ward.codes["late"][:2]:
        second.open("/can-bo/nhap-bu")
        second.press("Đã đối chiếu phiếu giấy, xác nhận", f"main .mc-box:has-text('{code}')")
        assert "Đã xác nhận hồ sơ nhập bù." in second.words
        steps.open_in(clerk, f"/can-bo/tiep-nhan?q={code}", code)
        steps.accept(clerk)


def _opinions(ward: Ward, somebody: Somebody, specialist: Person) -> None:
    """Three opinions: of the ward's leaders and of two other agencies, each given at a screen."""
    steps.go_to_work(specialist, "chuyenvien.hoalu")
    places = [("H42.101|lanh-dao", "lanhdao.hoalu")]
    places += [
        (f"{agency}|", login)
        for agency, login in zip(OTHERS, ("chuyenvien.giavien", "chuyenvien.tuphap"), strict=True)
    ]
    for code, (place, login) in zip(ward.codes["post"], places, strict=False):
        ward.arrive(code)
        specialist.open(f"/can-bo/giai-quyet/{code}").press("Lấy ý kiến nơi khác…")
        specialist.answer(
            {"asked": place, "question": "Đã đăng ký khai sinh ở nơi cũ chưa?", "within": "1 wd"}
        )
        specialist.press("Gửi yêu cầu")
        asked = somebody(widths=(1280,))
        steps.go_to_work(asked, login)
        asked.open("/can-bo/lay-y-kien").follow(code)
        asked.answer({"answer": "Chưa đăng ký."})
        asked.press("Gửi ý kiến")
        asked.found_nothing_wrong()
        assert "Chưa đăng ký." in specialist.open(f"/can-bo/giai-quyet/{code}").words


def _another_day(ward: Ward, specialist: Person, leader: Person, code: str) -> None:
    """One dossier takes longer: the applicant is promised another day, signed by the leader, and the old one stays."""
    handled = ward.arrive(code)
    specialist.open(f"/can-bo/giai-quyet/{code}").press("Xin lỗi, hẹn lại…")
    furthest = ward.job(code)._handled(ward.jobs.specialist)["extension_until_on"]
    specialist.answer({"reason": "Phải hỏi nơi cư trú cũ."})
    specialist.page.locator("#until_on").fill(f"{date.fromisoformat(furthest):%d/%m/%Y}")
    specialist.press("Trình lãnh đạo")
    steps.go_to_work(leader, "lanhdao.hoalu")
    leader.open(f"/can-bo/giai-quyet/{code}").press("Xem và ký phiếu xin lỗi, hẹn lại…")
    leader.press("Ký số phiếu xin lỗi")
    after = ward.job(code)._handled(ward.jobs.specialist)
    assert (after["due_at"], after["extended_until"][:10] >= furthest) == (handled["due_at"], True)


def _wrong_result(ward: Ward, specialist: Person, leader: Person, code: str) -> None:
    """One result was wrong and is replaced by decision."""
    old = ward.job(code)._handled(ward.jobs.leader)["verification_code"]
    specialist.open(f"/can-bo/giai-quyet/{code}").press("Thu hồi, thay thế kết quả…")
    specialist.answer(
        {"way": "replace", "ground": GROUND, "legal_basis": "Điều 20 Luật Hộ tịch", "c-child_name": RIGHT}
    )
    specialist.press("Trình lãnh đạo")
    leader.open(f"/can-bo/giai-quyet/{code}").press("Xem và ký quyết định về kết quả…")
    leader.press("Ký số quyết định")

    def told() -> bool:
        return bool(Actor(ward.url).get(f"/api/intake/verifications/{old}")["replaced_by"])

    eventually(told, "the verify page to tell that the old result counts no more")


def _agree(ward: Ward, before: dict[str, int], longer: str) -> None:
    """Nothing is lost or doubled: desk, units, statistics, identities and history tell of the same dossiers."""
    assert Counter({way: len(codes) for way, codes in ward.codes.items()}) == MANY
    assert len(set(ward.all)) == sum(MANY.values()) == 40
    wanted = {"received": before["received"] + 40, "finished": before["finished"] + 39}
    eventually(lambda: ward.counted() == wanted, f"statistics to count {wanted}")
    assert Actor(ward.url).get("/api/stats/identity")["holds"]
    for code in ward.all:
        states = ward.expect(code, State.RESULT_READY, State.RETURNED, State.IN_PROCESS, State.FORWARDED)
        assert (states["state"] in (State.IN_PROCESS, State.FORWARDED)) == (code == longer), code
        deeds = [one["action"] for one in states["timeline"]]
        assert deeds.count("submit") == 1, (code, deeds)
        assert deeds.count("accept") == 1, (code, deeds)
    late = [ward.expect(code, State.RESULT_READY, State.RETURNED) for code in ward.codes["late"]]
    assert {one["entry"]["late_waits"] for one in late} == {False}
