"""What the services of the suite would answer: one procedure, one draft, one dossier, also as the unit handles it."""

import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from intake.domain.submitter import DEFINITION as SUBMITTER
from regulation.roles import rights_of

CODE = "H42.101-261121-0001"
AGENCY = "H42.101"
BULK = "0193a1b2-0000-7000-8000-0000000000b1"
DRAFT = "0193a1b2-0000-7000-8000-000000000001"
_ANSWERS = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))


def sample(name: str, **changes: Any) -> Any:
    """Give a fresh copy of an answer, with changes."""
    found = copy.deepcopy(_ANSWERS[name])
    if name == "chosen":
        found = {**copy.deepcopy(_ANSWERS["handled_row"]), **found}
    if name == "draft":
        found["submitter"]["eform"] = copy.deepcopy(SUBMITTER)
    if changes:
        found.update(changes)
    return found


CHECKER = ["checklist", "acceptance", "supplement-requests", "redirection", "refusal", "contact"]
DEEDS = {
    ("submitted", "desk_officer"): CHECKER,
    ("supplement_requested", "desk_officer"): ["refusal", "contact"],
    ("in_process", "desk_officer"): ["contact"],
    ("result_ready", "desk_officer"): ["contact", "comparison", "handover"],
    ("submitted", "signer"): ["supplement-requests"],
}
"""What intake answers may be done, by state and role (its own table is tested there)."""
SETTLED = ("redirected", "refused", "returned", "rejected", "result_ready")


def at(state: str, *roles: str, **changes: Any) -> Any:
    """Give the dossier as intake shows it in a state to an officer; ``needs_leader`` and ``approved`` are flags."""
    told = sample("dossier", state=state)
    needs_leader, approved = changes.pop("needs_leader", False), changes.pop("approved", False)
    told["flags"] |= {
        "checking": state == "submitted",
        "paused": state == "supplement_requested",
        "running": state not in SETTLED,
        "supplement_needs_leader": needs_leader,
        "supplement_approved": approved,
    }
    deeds = [deed for role in roles for deed in DEEDS.get((state, role), ())]
    if needs_leader and {"signer", "agency_head"} & {*roles}:
        deeds.append("supplement-approval")
    told["actions"] = list(dict.fromkeys(deeds))
    told["check_remaining_minutes"] = 80 if state == "submitted" else None
    told["check_urgency"] = "soon" if state == "submitted" else "plenty"
    return {**told, **changes}


def revoked() -> list[dict[str, Any]]:
    """Give the papers of a dossier whose result was replaced by another."""
    [receipt] = sample("dossier")["documents"]
    result = {
        **receipt,
        "id": "d-2",
        "kind": "result",
        "name": "Kết quả giải quyết",
        "verification_code": "V-2",
    }
    wrong = {
        **result,
        "created_at": "2026-11-24T02:00:00Z",
        "revoked_at": "2026-11-26T02:00:00Z",
        "successor": "V-3",
        "revocation_sentence": "Văn bản này đã được thay thế bằng văn bản số 02/2026, mã xác minh V-3, ngày"
        " 26/11/2026 và không còn giá trị.",
    }
    return [receipt, wrong, {**result, "id": "d-3", "verification_code": "V-3"}]


def tokens(**account: Any) -> dict[str, Any]:
    """Give what identity answers to a sign-in."""
    forced = account.pop("must_change_password", False)
    who = sample("citizen", **account)
    who["rights"] = sorted(rights_of(who["roles"]))
    return {
        "access_token": "access-1",
        "expires_in": 900,
        "refresh_token": "refresh-1",
        "must_change_password": forced,
        "session_id": "s-1",
        "idle_seconds": (900 if who["kind"] == "officer" else 1800),
        "ends_at": (datetime.now(UTC) + timedelta(hours=12)).isoformat(),
        "owes": "",
        "change_due": "off",
        "statements_due": False,
        "account": who,
    }


def officer(login: str, *roles: str) -> dict[str, Any]:
    """Give what identity answers to an officer's sign-in."""
    who = {"id": login, "kind": "officer", "display_name": "Đinh Thị Hoa", "roles": list(roles)}
    who["rights"] = sorted(rights_of(roles))
    return tokens(**who, agency=AGENCY, unit="mot-cua", scope="agency")


def asked_opinion(**changes: Any) -> Any:
    """Give a request for an opinion as who is asked sees it."""
    told = {
        "dossier_code": CODE,
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "asking_agency": AGENCY,
        "asking_agency_name": "UBND phường Hoa Lư",
        "answerable": True,
    }
    return sample("consultation", **told | changes)


PLACES = [
    {"agency": AGENCY, "name": "UBND phường Hoa Lư", "unit": "mot-cua", "staffed": True},
    {"agency": "H42.15", "name": "Sở Tư pháp tỉnh Ninh Bình", "unit": None, "staffed": True},
    {"agency": "H42.18", "name": "Sở Y tế tỉnh Ninh Bình", "unit": None, "staffed": False},
]
"""Where an opinion can be asked for."""
OPINION = sample("consultation")["id"]
