"""Other people's things, over every route of the contracts."""

import re

import pytest
from camp.contract import Deed, deeds
from camp.stage import CITIZEN, STRANGER, Stage

pytestmark = pytest.mark.attack
OWNED = {
    "code",
    "draft_id",
    "file_id",
    "attachment_id",
    "paper_id",
    "document_id",
    "message_id",
    "agency",
    "bar_id",
    "officer_id",
    "question",
    "feedback",
}
FOR_ALL = ("/api/intake/tracking", "/api/intake/verifications", "/api/catalog", "/api/qa/answers")
HIS = [deed for deed in deeds() if OWNED & set(deed.names) and not deed.path.startswith(FOR_ALL)]
OTHERS = (
    f"{STRANGER} motcua.giavien chuyenvien.giavien lanhdao.giavien motcua.tuphap chuyenvien.tuphap lanhdao.tuphap "
    "bientap quantri quantri.hoalu"
).split()
READS_OFFICERS = {"quantri", "bientap", "quantri.hoalu"}
OPEN = {
    "GET /api/catalog/address-units",
    "GET /api/catalog/agencies",
    "GET /api/catalog/agencies/{code}",
    "GET /api/catalog/fields",
    "GET /api/catalog/forms/{id_}",
    "GET /api/catalog/forms/{id_}/file",
    "GET /api/catalog/levels",
    "GET /api/catalog/procedures",
    "GET /api/catalog/procedures/{code}",
    "GET /api/catalog/services",
    "GET /api/identity/declaration",
    "GET /api/identity/terms",
    "GET /api/identity/jwks",
    "POST /api/identity/password-resets",
    "POST /api/identity/provider/attempts",
    "POST /api/identity/provider/sessions",
    "POST /api/identity/password-resets/{reset_id}/confirmation",
    "POST /api/identity/registrations",
    "POST /api/identity/registrations/{registration_id}/code",
    "POST /api/identity/registrations/{registration_id}/verification",
    "POST /api/identity/sessions",
    "POST /api/identity/sessions/refresh",
    "GET /api/identity/work",
    "POST /api/intake/lookups",
    "GET /api/intake/tracking/{code}",
    "GET /api/intake/verifications/{code}",
    "POST /api/qa/counter-ratings",
    "POST /api/qa/counter-ratings/openings",
    "GET /api/qa/answers",
    "GET /api/qa/answers.atom",
    "GET /api/qa/answers/{question}",
    "POST /api/qa/feedback",
    "GET /api/qa/feedback-terms",
    "POST /api/qa/follow-ups",
    "POST /api/qa/follow-ups/feedback",
    "POST /api/qa/follow-ups/files",
    "POST /api/qa/follow-ups/supplements",
    "POST /api/qa/questions",
    "GET /api/qa/ratings",
    "GET /api/qa/results",
    "GET /api/qa/surveys",
    "GET /api/qa/surveys/{survey}",
    "PUT /api/qa/surveys/{survey}/answer",
    "GET /api/qa/surveys/{survey}/results",
    "GET /api/qa/surveys/{survey}/results.csv",
    "GET /api/qa/terms",
    "POST /api/qa/uploads",
    "GET /api/registers/notices",
    "GET /api/registers/status",
    "GET /api/stats/identity",
    "GET /api/stats/public",
    "GET /api/stats/public.csv",
    "GET /api/stats/public/questions",
    "GET /api/stats/public/questions.csv",
}
EMPTY = ("/dossiers", "/dossiers.csv", "/counts", "/choices", "{agency}/questions", "{agency}/consultations")
"""Lists of a scope: outside it they are there, and nothing is in them."""
VICTIM = ("Nguyễn Thị Ánh", "Nguyễn Minh Anh", "000190000001", "0900000001")


def outcome(stage: Stage, deed: Deed, who: str | None) -> tuple[int, str]:
    """Let somebody do it with the victim's numbers."""
    web = stage.person(who).http if who else stage.stranger()
    answer = web.request(deed.method, deed.at(stage.known), **deed.request())
    return answer.status_code, answer.text


def looks_at_officers(deed: Deed, who: str) -> bool:
    """Tell whether it is about the agency's officers, whom some may read."""
    return "officers" in deed.path and who in READS_OFFICERS


def only_counts(text: str) -> str:
    """Return the figures of a list that may be empty."""
    return re.sub(r'"capp?e?d?":[^,}]*', "", text)


@pytest.mark.asvs("8.2.1", "8.2.2", "8.3.1", "8.4.1")
@pytest.mark.parametrize("who", OTHERS)
def test_s3_s4_nobody_reaches_what_is_somebody_elses(stage: Stage, who: str) -> None:
    before, reached = stage.fate(), {}
    for deed in HIS:
        if looks_at_officers(deed, who):
            continue
        status, text = outcome(stage, deed, who)
        empty = status == 200 and deed.path.endswith(EMPTY) and not re.search("[1-9]", only_counts(text))
        if not (status in (401, 403, 404) or empty) or any(
            word in text for word in (*VICTIM, stage.job.code)
        ):
            reached[str(deed)] = status, text[:120]
    assert not reached
    assert stage.fate() == before


@pytest.mark.asvs("8.2.1", "8.3.1")
def test_s1_without_a_sign_in_only_what_is_public_answers(stage: Stage) -> None:
    answered = {}
    for deed in deeds():
        status, _ = outcome(stage, deed, None)
        if str(deed) not in OPEN and status not in (401, 404, 429):
            answered[str(deed)] = status
    assert not answered


@pytest.mark.asvs("8.2.1", "8.3.1")
@pytest.mark.parametrize("who", [STRANGER, "motcua.giavien", "chuyenvien.giavien"])
def test_s2_who_is_no_administrator_finds_no_administration(stage: Stage, who: str) -> None:
    """Every route that changes the catalogue, the officers or the notices is shut."""
    wanted = ("/api/catalog", "/api/identity/officers", "/api/notify/templates")
    ruling = [one for one in deeds() if one.path.startswith(wanted) and one.method != "GET"]
    told = {str(deed): outcome(stage, deed, who)[0] for deed in ruling}
    logs = [one for one in deeds() if "access-lines" in one.path or one.path == "/api/notify/templates"]
    told |= {str(deed): outcome(stage, deed, who)[0] for deed in logs}
    assert set(told.values()) <= {403, 404}, told


@pytest.mark.asvs("8.2.2", "8.2.1")
@pytest.mark.parametrize("who", OTHERS)
def test_s3_no_list_no_search_no_export_and_no_count_shows_it(stage: Stage, who: str) -> None:
    code, agency = stage.job.code, stage.known["agency"]
    for path in (
        f"/api/intake/desk/dossiers?q={code}",
        f"/api/intake/desk/dossiers.csv?q={code}",
        "/api/intake/dossiers",
        "/api/intake/drafts",
        "/api/intake/requests",
        "/api/intake/looks",
        "/api/intake/vault/papers",
        "/api/notify/messages",
        f"/api/processing/agencies/{agency}/dossiers?q={code}",
        f"/api/processing/agencies/{agency}/dossiers/counts",
        f"/api/stats/dossiers?q={code}",
    ):
        if path.startswith("/api/stats/dossiers") and who == "quantri.hoalu":
            continue  # an administrator of the agency drills down to its codes
        answer = stage.person(who).http.get(path)
        assert not any(word in answer.text for word in (code, stage.draft["id"], *VICTIM)), path


@pytest.mark.asvs("8.2.3", "15.3.3", "2.2.2")
def test_s5_no_field_nobody_offered_is_taken(stage: Stage) -> None:
    citizen = stage.person(CITIZEN)
    lies = {
        "roles": ["operator"],
        "kind": "officer",
        "agency": "H42",
        "scope": "province",
        "id": "x",
        "state": "returned",
    }
    before = citizen.get("/api/identity/me")
    answer = citizen.http.patch("/api/identity/me", json={"version": before["version"], **lies})
    assert answer.status_code in (200, 422)
    after = citizen.get("/api/identity/me")
    assert {name: after.get(name) for name in lies} == {name: before.get(name) for name in lies}
    place = f"/api/intake/drafts/{stage.draft['id']}"
    page = {
        "values": {"child_name": "Nguyễn Minh Anh", "fee_amount": 0, "state": "returned"},
        "due_at": "2030-01-01",
    }
    citizen.http.put(f"{place}/pages/child", json={**page, "owner_id": "x", "status": "accepted"})
    draft = citizen.get(place)
    assert "fee_amount" not in draft["answers"] if "answers" in draft else "fee_amount" not in str(draft)
    assert stage.job.dossier(citizen)["state"] == "returned"


@pytest.mark.asvs("8.2.1", "8.2.3")
@pytest.mark.parametrize(
    "who", ["quantri.hoalu", "vanphong.tinh", "quantri", "lanhdao.hoalu", "motcua.hoalu"]
)
def test_s2_nobody_raises_himself(stage: Stage, who: str) -> None:
    actor = stage.person(who)
    mine = actor.account["id"]
    shown = actor.http.get(f"/api/identity/officers/{mine}")
    version = shown.json().get("version", 1) if shown.status_code == 200 else 1
    for more in ({"roles": ["operator", "signer", "agency_admin"]}, {"scope": "province"}, {"agency": "H42"}):
        answer = actor.http.patch(f"/api/identity/officers/{mine}", json={"version": version, **more})
        assert answer.status_code in (403, 404, 409, 422), (more, answer.text)
    again = actor.get("/api/identity/me")
    assert {name: again[name] for name in ("roles", "scope", "agency")} == {
        name: actor.account[name] for name in ("roles", "scope", "agency")
    }


@pytest.mark.asvs("8.2.2", "8.4.1")
@pytest.mark.parametrize("agency", ["H42", "H42.102", "H42.15", "H42.101.1"])
def test_s2_an_administrator_makes_nobody_elsewhere(stage: Stage, agency: str) -> None:
    body = {
        "login": "ke.gian",
        "full_name": "Kẻ Gian",
        "id_number": "000087000999",
        "agency": agency,
        "unit": "mot-cua",
        "roles": ["desk_officer"],
        "scope": "agency",
        "email": "a@motcua.example",
    }
    answer = stage.person("quantri.hoalu").http.post(
        "/api/identity/officers", json=body, headers={"Idempotency-Key": agency}
    )
    assert answer.status_code in (403, 404, 422), answer.text
    if answer.status_code == 422:
        assert "agency" in answer.text
    assert "ke.gian" not in str(stage.person("quantri").get("/api/identity/officers"))


@pytest.mark.asvs("2.3.1", "2.3.2")
def test_s6_no_step_is_taken_before_its_turn(stage: Stage) -> None:
    """A dossier whose result is returned is not accepted, refused, assigned, signed or answered any more."""
    before = stage.fate()
    turns = {
        "motcua.hoalu": ("acceptance", "refusal", "redirection", "supplement-requests", "handover"),
        CITIZEN: ("supplement-answer",),
    }
    for who, actions in turns.items():
        for action in actions:
            deed = Deed("POST", "/api/intake/dossiers/{code}/" + action, "intake")
            status, _ = outcome(stage, deed, who)
            assert status in (403, 404, 409, 422), (who, action, status)
    for who, action in (
        ("chuyenvien.hoalu", "proposal"),
        ("lanhdao.hoalu", "signature"),
        ("lanhdao.hoalu", "approval"),
    ):
        deed = Deed("POST", "/api/processing/agencies/{agency}/dossiers/{code}/" + action, "processing")
        status, _ = outcome(stage, deed, who)
        assert status in (403, 404, 409, 422), (who, action, status)
    assert stage.fate() == before


FACTOR = "/api/identity/me/second-factor"
OWN = {"GET /api/identity/me", f"GET {FACTOR}", f"POST {FACTOR}", f"GET {FACTOR}/passkeys"}


@pytest.mark.asvs("8.2.1")
def test_s8_a_first_password_opens_nothing_but_its_change(stage: Stage) -> None:
    who, told = "moi.hoalu", {}
    for deed in deeds():
        if str(deed) != "DELETE /api/identity/sessions/current":
            status, _ = outcome(stage, deed, who)
            if 200 <= status < 300:
                told[str(deed)] = status
    assert told
    assert not set(told) - OPEN - OWN
