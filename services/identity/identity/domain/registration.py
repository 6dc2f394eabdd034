"""Who may register, with which declaration, and what a complete registration says."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from common.errors import DomainError, FieldProblem, InvalidInputError

from identity.domain.contacts import CHANNELS, e164, email_address
from identity.domain.errors import (
    DeclarationMissingError,
    DeclarationOutdatedError,
    LocalSignUpDisabledError,
)
from identity.domain.passwords import acceptable_password
from identity.domain.people import IdNumber, id_number, organisation_name, person_name, tax_code

T = TypeVar("T")
INDIVIDUAL, ORGANISATION = "individual", "organisation"
LOCAL = "local"


class Declaration(NamedTuple):
    """The text a person confirms when registering (lời cam đoan), with its version. Source: NB Đ.27.1; R-ACC-08."""

    version: str
    vi: str
    en: str


DECLARATION = Declaration(
    "2026-01",
    "Tôi cam đoan những thông tin đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật về nội dung đã khai.",
    "I declare that the information given is true, and I am responsible for it before the law.",
)


@dataclass(frozen=True)
class Applicant:
    """A checked registration, every value in the form in which it is kept."""

    kind: str
    full_name: str
    identity: IdNumber
    nationality: str
    email: str
    phone: str
    password: str
    channels: tuple[str, ...]
    organisation_name: str | None = None
    tax_code: str | None = None


class Checks:
    """Runs every check of a form and keeps what each refused, so that a person hears all of it at once."""

    def __init__(self) -> None:
        """Begin with nothing refused."""
        self.problems: list[FieldProblem] = []

    def keep(self, check: Callable[..., T], *args: object) -> T | None:
        """Give the checked value, or None after noting why it was refused."""
        try:
            return check(*args)
        except DomainError as error:
            self.problems.append(
                FieldProblem(
                    error.field or "", error.rule or error.code, error.message("vi"), error.message("en")
                )
            )
            return None

    def finish(self) -> None:
        """Refuse the form if anything was noted.

        Raises: InvalidInputError naming every field and rule.
        """
        if self.problems:
            raise InvalidInputError(self.problems)


def must_be_open(citizen_source: Collection[str]) -> None:
    """Refuse local registration where the province takes the national electronic identity only.

    Raises: LocalSignUpDisabledError.
    Source: QT Đ.3.2; QT Đ.14.1; R-ACC-01 (`accounts.citizen_source`)
    """
    if LOCAL not in citizen_source:
        raise LocalSignUpDisabledError(rule="accounts.citizen_source")


def confirmed_declaration(accepted: bool, version: str | None) -> Declaration:
    """Give the declaration that was confirmed.

    Raises: DeclarationMissingError, DeclarationOutdatedError.
    Source: NB Đ.27.1; BD Đ.15.5; HN Đ.13.2; R-ACC-08
    """
    if not accepted:
        raise DeclarationMissingError(field="declaration_accepted", rule="required")
    if version not in {None, DECLARATION.version}:
        raise DeclarationOutdatedError(field="declaration_version", rule="current")
    return DECLARATION


def applicant(
    *,
    kind: str,
    full_name: str,
    number: str,
    nationality: str | None,
    email: str,
    phone: str,
    password: str,
    channels: tuple[str, ...],
    organisation: str | None,
    tax: str | None,
) -> Applicant:
    """Check a whole registration and give it in the form in which it is kept.

    Raises: InvalidInputError naming every field and rule.
    Source: NB Đ.13.1.a; TN PL.B1; R-ACC-01
    """
    checks = Checks()
    name = checks.keep(person_name, full_name)
    identity = checks.keep(id_number, number, nationality)
    address = checks.keep(email_address, email)
    telephone = checks.keep(e164, phone)
    own = [text for text in (full_name, number, email, phone) if text]
    secret = checks.keep(acceptable_password, password, own)
    body = kind == ORGANISATION
    office = checks.keep(organisation_name, organisation) if body else None
    code = checks.keep(tax_code, tax) if body else None
    checks.finish()
    # finish() lets none of these pass as None.
    assert name is not None
    assert identity is not None
    assert address is not None
    assert telephone is not None
    assert secret is not None
    country = nationality or ("VN" if identity.value.isdigit() else "ZZ")
    wanted = tuple(channel for channel in CHANNELS if channel in channels) or ("portal", "email")
    return Applicant(kind, name, identity, country, address, telephone, secret, wanted, office, code)
