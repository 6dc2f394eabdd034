"""Guesses: of passwords, of codes, of numbers, at every door."""

import re
from collections import Counter

import httpx
import pytest
from camp.people import client, fresh_address, words
from camp.stage import Stage
from suite.demo.actors import eventually
from suite.demo.welcome import PASSWORD

pytestmark = pytest.mark.attack
SPELLINGS = [
    "0900000002",
    "+84900000002",
    "0900 000 002",
    "0900.000.002",
    "84900000002",
    "000090000002",
    "congdan2@motcua.example",
]


@pytest.mark.asvs("6.3.1", "2.4.1")
def test_s17_many_spellings_of_one_person_are_one_count(stage: Stage) -> None:
    """Passwords of one person are tried from one address in every notation; a few are judged, the rest is not."""
    web = stage.stranger()
    told = Counter()
    for number in range(40):
        login = SPELLINGS[number % len(SPELLINGS)]
        answer = web.post(
            "/api/identity/sessions", json={"login": login, "password": f"Sai-Mat-Khau-{number}"}
        )
        told[answer.json().get("code", answer.status_code)] += 1
    assert told["sign-in-refused"] <= 6, told
    own = stage.stranger().post(
        "/api/identity/sessions", json={"login": "congdan2@motcua.example", "password": PASSWORD}
    )
    assert own.status_code == 200, "a stranger locked a citizen out"


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize(
    "door", words("/dang-nhap /can-bo/dang-nhap /en/dang-nhap /en/can-bo/dang-nhap /can-bo/xac-thuc")
)
def test_s51_no_door_of_the_portal_judges_a_hundred_passwords(stage: Stage, door: str) -> None:
    web = stage.stranger()
    told = Counter(
        web.post(door, data={"login": f"ai.do{n}", "password": "x"}).status_code for n in range(100)
    )
    assert told[429] >= 20, told
    assert 303 not in told


def test_s17_who_exists_is_told_to_nobody(stage: Stage) -> None:
    """A wrong password, an unknown name and the wrong door hear the same; so does who asks for a new password."""

    def said(login: str) -> tuple[int, str]:
        answer = stage.stranger().post(
            "/api/identity/sessions", json={"login": login, "password": "Sai-Mat-Khau-1"}
        )
        return answer.status_code, answer.json()["code"]

    assert said("motcua.tuphap") == said("khong.co.ai") == said("0999999999")

    def asked(email: str) -> tuple[int, set[str]]:
        answer = stage.stranger().post("/api/identity/password-resets", json={"login": email})
        return answer.status_code, set(answer.json())

    assert asked("congdan2@motcua.example") == asked("khong.co@motcua.example")


@pytest.mark.asvs("2.4.1", "15.2.2")
@pytest.mark.parametrize(
    "door", ["/api/intake/tracking/", "/tra-cuu/", "/en/tra-cuu/", "/api/intake/verifications/", "/xac-minh/"]
)
def test_s52_numbers_are_not_read_off_one_after_another(stage: Stage, door: str) -> None:
    web = stage.stranger()
    told = Counter(web.get(f"{door}H42.101-261127-{n:04}").status_code for n in range(45))
    assert told[429] >= 10, told


@pytest.mark.asvs("2.4.1")
def test_s52_both_doors_count_together(stage: Stage) -> None:
    address = fresh_address()
    web = client(stage.url, address)
    told = Counter(
        web.get(f"{door}H42.101-261128-{n:04}").status_code
        for n in range(28)
        for door in ("/api/intake/tracking/", "/tra-cuu/", "/xac-minh/")
    )
    assert told[429] >= 10, told


@pytest.mark.asvs("6.6.3")
def test_s17_a_code_is_guessed_a_few_times_and_no_more(stage: Stage) -> None:
    """Five tries are judged, however many addresses they come from; then not even the right code is."""
    login = "congdan2@motcua.example"
    before = len(stage.suite.mails(login))
    asked = stage.stranger().post("/api/identity/password-resets", json={"login": login}).json()
    place = f"/api/identity/password-resets/{asked['reset_id']}/confirmation"
    news = eventually(
        lambda: stage.suite.mails(login)[: len(stage.suite.mails(login)) - before], "the letter"
    )
    (right,) = set(re.findall(r"\b[0-9]{6}\b", news[0]["text"]))

    def said(code: str) -> tuple[int, str]:
        answer = stage.stranger().post(place, json={"code": code, "password": "Mot-Mat-Khau-Moi-2026"})
        return answer.status_code, answer.json()["code"]

    wrong = [f"{n:06}" for n in range(9) if f"{n:06}" != right][:7]
    told = [said(code) for code in (*wrong, right)]
    assert told == [(422, "code-wrong")] * 5 + [(429, "code-exhausted")] * 3


@pytest.mark.asvs("6.2.1", "6.2.4")
@pytest.mark.parametrize("word", ["short", "password123", "12345678", PASSWORD, "matkhau123"])
def test_s17_a_weak_or_known_password_is_not_taken(stage: Stage, word: str) -> None:
    """The password of an account is not changed to one that everybody tries first."""
    answer = changed(stage, PASSWORD, word)
    refusal = "password-unchanged" if word == PASSWORD else "password-too-weak"
    assert (answer.status_code, answer.json()["code"]) == (422, refusal), answer.text


def changed(stage: Stage, current: str, new: str) -> httpx.Response:
    """Change the password of an officer, as the API asks for it."""
    person = stage.person("chuyenvien.tuphap")
    return person.http.put("/api/identity/me/password", json={"current": current, "new": new})


def test_s17_a_good_password_is_taken_so_the_refusals_are_of_the_word(stage: Stage) -> None:
    login, good = "motcua2.hoalu", "Con duong lang 1954"  # whom no other test signs in
    web = stage.stranger()
    told = web.post("/api/identity/sessions", json={"login": login, "password": PASSWORD}).json()
    for current, new in ((PASSWORD, good), (good, PASSWORD)):
        web.headers["Authorization"] = f"Bearer {told['access_token']}"
        answer = web.put("/api/identity/me/password", json={"current": current, "new": new})
        assert answer.status_code == 200, answer.text
        told = answer.json()


@pytest.mark.asvs("2.4.1", "15.2.2")
def test_s51_who_registers_in_a_row_is_held_up(stage: Stage) -> None:
    web = stage.stranger()
    told = Counter(web.post("/api/identity/registrations", json={}).status_code for _ in range(14))
    assert told[429] >= 3, told


@pytest.mark.asvs("6.2.8")
@pytest.mark.parametrize(
    "typed", [PASSWORD.lower(), PASSWORD + " ", " " + PASSWORD, PASSWORD[:-1], PASSWORD + "x"]
)
def test_s17_a_password_is_judged_as_it_is_typed(stage: Stage, typed: str) -> None:
    body = {"login": "lanhdao.giavien", "password": typed}
    assert stage.stranger().post("/api/identity/sessions", json=body).status_code == 401
