"""By what somebody is known again, each in the form it is read in: account, paper, e-mail, telephone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from common.errors import FieldProblem, InvalidInputError
from eforms import AnswerRefusedError
from eforms.kinds.contacts import email, phone
from eforms.kinds.people import identity_number
from regulation.text import cleaned_line

from qa.domain.asker import EMAILS, PHONES
from qa.domain.errors import BarNamesNobodyError

_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "account": str,
    "id_number": lambda typed: identity_number(typed)[0],
    "email": email,
    "phone": phone,
}


_NUMBER: Final = re.compile(r"\d[\w./-]*/[\w./-]*\w|\d+")


def mailbox(email: str) -> str:
    """Return the mailbox an address leads to: what stands after a plus makes no other one."""
    name, at, place = email.rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{place}"


def number_of(decision: str) -> str:
    """Return the number of a decision without the words beside it, which may say about whom and why it is.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    found = _NUMBER.search(decision)
    return found[0] if found else "–"


@dataclass(frozen=True)
class Known:
    """Everything that tells who asks; a bar on any of it holds. Source: R-QNA-03"""

    account: str | None
    numbers: frozenset[str]
    emails: frozenset[str]
    phones: frozenset[str]
    proofs: frozenset[str] = frozenset()
    """Marks of what the account proved, whatever is typed."""

    @classmethod
    def of(
        cls, asker: Mapping[str, Any], account: str | None, proofs: frozenset[str] = frozenset()
    ) -> "Known":
        """Gather it from what an asker said of itself, which stands in its read form, and what its account proved."""

        def said(names: tuple[str, ...]) -> frozenset[str]:
            return frozenset(str(asker[name]) for name in names if asker.get(name))

        return cls(account, said(("id_number",)), said(EMAILS), said(PHONES), proofs)

    @classmethod
    def typed(cls, typed: Mapping[str, str], account: str, proofs: frozenset[str]) -> "Known":
        """Gather it from what an account knows of itself; what has no form keeps nobody from asking."""
        read = {name: _read(name, said) for name, said in typed.items()}

        def one(name: str) -> frozenset[str]:
            return frozenset({said} if (said := read.get(name)) else ())

        return cls(account, one("id_number"), one("email"), one("phone"), proofs)


def _read(name: str, typed: str) -> str | None:
    said = cleaned_line(typed)
    try:
        return _READERS[name](said) if said else None
    except AnswerRefusedError:
        return None


def barred_marks(typed: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the marks of whoever is barred, in the form in which askers are read: another would never match.

    Raises:
        BarNamesNobodyError: no mark is given.
        InvalidInputError: one has no form.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    marks: dict[str, str | None] = dict.fromkeys(_READERS)
    problems = []
    for name, reader in _READERS.items():
        said = cleaned_line(typed.get(name) or "")
        try:
            marks[name] = reader(said) if said else None
        except AnswerRefusedError as error:
            vi, en = "Thông tin này chưa đúng dạng.", "This is not in the right form."
            problems.append(FieldProblem(name, error.rule, vi, en))
    if problems:
        raise InvalidInputError(problems)
    if not any(marks.values()):
        raise BarNamesNobodyError(field="id_number", rule="required")
    return marks
