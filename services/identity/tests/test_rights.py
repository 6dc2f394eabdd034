"""Each route lets in exactly the roles that the policy gives its right."""

import pytest
from regulation.roles import Right, who_may
from suite.testing import officer
from suite.testing.rights import left_open, let_in

NOBODY = "/api/identity/officers/018f0000-0000-7000-8000-00000000dead"
PERSON = {
    "login": "thu.nghiem",
    "full_name": "Nguyễn Thị Thử",
    "id_number": "000190009999",
    "email": "thu@motcua.example",
    "agency": "H99.9",
    "roles": ["specialist"],
}


async def test_r_acc_17_rights_are_granted_by_who_may(town):
    assert await let_in(town.app, "PATCH", NOBODY, {"version": 1, "unit": "x"}) == who_may(Right.GRANT_RIGHTS)


async def test_r_acc_17_the_provinces_office_grants_its_roles_and_an_agency_does_not(town, key):
    admin = officer("agency_admin", agency="H99.9", subject="admin")
    office = officer("province_office", agency="H42", scope="province", subject="office")
    asked = {**PERSON, "roles": ["province_leader"], "scope": "province", "agency": "H99.9"}
    async with town.as_(admin) as web:
        refused = await web.post("/api/identity/officers", json=asked, headers=key())
    assert (refused.status_code, refused.json()["code"]) == (403, "role-not-grantable")
    async with town.as_(office) as web:
        made = await web.post("/api/identity/officers", json=asked, headers=key())
    assert (made.status_code, made.json()["roles"]) == (201, [])
    assert made.json()["waiting_names"] == ["Lãnh đạo UBND tỉnh"]


async def test_a_sign_in_tells_the_rights_of_the_account(town):
    _, tokens = await town.registered()
    assert tokens["account"]["rights"] == sorted(
        [
            Right.BEGIN_DRAFT,
            Right.SUBMIT_DOSSIER,
            Right.FOLLOW_DOSSIER,
            Right.FOLLOW_QUESTION,
            Right.RATE_DOSSIER,
        ]
    )


@pytest.mark.parametrize(("role", "status"), [("agency_admin", 200), ("postal_worker", 403), ("police", 403)])
async def test_r_acc_18_officers_are_listed_for_who_may_read_them(town, role, status):
    async with town.as_(officer(role, scope="agency")) as web:
        assert (await web.get("/api/identity/officers")).status_code == status


KEYS = "/api/identity/me/second-factor/passkeys"
FOR_ALL = {
    *(f"GET /api/identity/{path}" for path in ("work", "jwks", "declaration", "terms", "ended-sessions")),
    *(f"POST /api/identity/provider/{path}" for path in ("attempts", "sessions")),
    *(f"POST /api/identity/{path}" for path in ("sessions", "sessions/refresh", "service-tokens")),
    *(f"POST /api/identity/password-resets{path}" for path in ("", "/{reset_id}/confirmation")),
    *(
        f"POST /api/identity/registrations{path}"
        for path in ("", "/{registration_id}/verification", "/{registration_id}/code")
    ),
}
OWN = {
    *(f"GET /api/identity/me{path}" for path in ("", "/history", "/access-log")),
    "PATCH /api/identity/me",
    "GET /api/identity/me/account-standing",
    *(f"{method} /api/identity/me/closing" for method in ("POST", "DELETE")),
    "PUT /api/identity/me/password",
    "POST /api/identity/me/number-statements",
    *(f"{method} /api/identity/me/statements" for method in ("GET", "POST")),
    "POST /api/identity/me/email-changes",
    "GET /api/identity/me/second-factor",
    *(
        f"POST /api/identity/me/second-factor{path}"
        for path in ("", "/confirmation", "/proof", "/recovery-codes")
    ),
    *(f"{method} {KEYS}" for method in ("GET", "POST")),
    *(f"POST {KEYS}/{what}" for what in ("offer", "challenge", "proof")),
    f"DELETE {KEYS}/{{passkey_id}}",
    "POST /api/identity/me/phone-proofs",
    "POST /api/identity/me/phone-proofs/{proof_id}/verification",
    "POST /api/identity/me/email-changes/{change_id}/verification",
    "DELETE /api/identity/sessions/current",
}


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(town):
    assert await left_open(town.app, FOR_ALL | OWN) == []
