"""The applicant's contact data as an officer types them, by the rules that forms and accounts have too."""

from common.errors import FieldProblem, InvalidInputError
from eforms import AnswerRefusedError, Text
from eforms.kinds.contacts import email as read_email
from eforms.kinds.contacts import phone as read_phone


def read_contacts(email: str | None, phone: str | None) -> tuple[str | None, str | None]:
    """Return e-mail address and telephone number as they are stored; what is not typed stays None.

    Raises:
        InvalidInputError: one of them is no address or number.

    Source: R-ACC-01; R-INT-03
    """
    labels = {"email": Text("Thư điện tử", "E-mail"), "phone": Text("Số điện thoại", "Phone number")}
    found: dict[str, str] = {}
    problems = []
    for field, typed, read in (("email", email, read_email), ("phone", phone, read_phone)):
        try:
            found |= {field: read(typed)} if typed is not None else {}
        except AnswerRefusedError as refused:
            said = refused.text.filled(label=labels[field])
            problems.append(FieldProblem(field, refused.rule, said.vi, said.en))
    if problems:
        raise InvalidInputError(problems)
    return found.get("email"), found.get("phone")
