"""What the services of the suite would answer: one procedure, one draft, one dossier, also as the unit handles it."""

import copy
from pathlib import Path
from typing import Any

import yaml

CODE = "H42.101-261121-0001"
AGENCY = "H42.101"
DRAFT = "0193a1b2-0000-7000-8000-000000000001"
_ANSWERS = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))


def sample(name: str, **changes: Any) -> Any:
    """Give a fresh copy of an answer, with changes."""
    found = copy.deepcopy(_ANSWERS[name])
    if changes:
        found.update(changes)
    return found


def tokens(**account: Any) -> dict[str, Any]:
    """Give what identity answers to a sign-in."""
    forced = account.pop("must_change_password", False)
    return {
        "access_token": "access-1",
        "expires_in": 900,
        "refresh_token": "refresh-1",
        "must_change_password": forced,
        "account": sample("citizen", **account),
    }


def officer(login: str, *roles: str) -> dict[str, Any]:
    """Give what identity answers to an officer's sign-in."""
    who = {"id": login, "kind": "officer", "display_name": "Đinh Thị Hoa", "roles": list(roles)}
    return tokens(**who, agency=AGENCY, unit="mot-cua", scope="agency")
