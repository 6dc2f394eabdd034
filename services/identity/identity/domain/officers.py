"""What a complete request for an officer's account says, and the first password it gets."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from common.errors import DomainError
from regulation.roles import OFFICER_ROLES, Role, Scope

from identity.domain.contacts import e164, email_address
from identity.domain.people import IdNumber, id_number, login_name, officer_name
from identity.domain.registration import Checks
from identity.domain.roles import officer_scope

FIRST_PASSWORD_LENGTH = 14
# No letters or digits that look alike on paper.
FIRST_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"  # noqa: S105 - an alphabet


class RolesMissingError(DomainError):
    """An officer without a role can do nothing."""

    code = "roles-missing"
    vi = "Hãy chọn ít nhất một vai trò trong danh sách."
    en = "Choose at least one role from the list."


@dataclass(frozen=True)
class Officer:
    """A checked officer (cán bộ, công chức, viên chức): one named person with one identity number."""

    login: str
    full_name: str
    identity: IdNumber
    email: str
    phone: str | None
    agency: str
    unit: str | None
    roles: tuple[str, ...]
    scope: Scope


def officer(
    *,
    login: str,
    full_name: str,
    number: str,
    email: str,
    phone: str | None,
    agency: str,
    unit: str | None,
    roles: Sequence[str],
    scope: str | None,
    default_scope: str,
) -> Officer:
    """Check a whole request for an officer's account.

    Raises: InvalidInputError naming every field and rule.
    Source: NB Đ.2.3; NB Đ.1.2.b; R-ACC-11; R-ACC-18
    """
    checks = Checks()
    name = checks.keep(officer_name, full_name)
    sign_in = checks.keep(login_name, login)
    identity = checks.keep(id_number, number, "VN")
    address = checks.keep(email_address, email)
    telephone = checks.keep(e164, phone) if phone else None
    granted = checks.keep(officer_roles, roles)
    checks.finish()
    # finish() lets none of these pass as None.
    assert name is not None
    assert sign_in is not None
    assert identity is not None
    assert address is not None
    assert granted is not None
    seen = officer_scope(scope, default_scope)
    return Officer(sign_in, name, identity, address, telephone, agency, unit, granted, seen)


def officer_roles(roles: Sequence[str], field: str = "roles") -> tuple[str, ...]:
    """Give an officer's roles, each once and in the order of the list of roles.

    Raises: RolesMissingError when there is none, an unknown one, or a citizen's.
    """
    known = [role.value for role in Role if role in OFFICER_ROLES]
    if not roles or not set(roles).issubset(known):
        raise RolesMissingError(field=field, rule="choice")
    return tuple(role for role in known if role in roles)


def first_password() -> str:
    """Give a random password that works until the first sign-in."""
    return "".join(secrets.choice(FIRST_PASSWORD_LETTERS) for _ in range(FIRST_PASSWORD_LENGTH))
