"""How a question begins: its row, its follow-up key, its first clock and the fact that tells of it."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import orjson
from audit import carried
from common.outbox import OutboxRow, outbox_values
from common.sealed import sealed_columns
from common.sealing import Ring
from regulation.text import fold
from regulation.zone import local_day

from qa.domain import AskerKind, ClockKind, Deed, QuestionRules, State, contact_of
from qa.domain.asker import Values
from qa.domain.known import Known, mailbox
from qa.events import QuestionAsked
from qa.models.bar import Bar
from qa.models.base import Json
from qa.models.clock import clock_values
from qa.models.feedback import Feedback
from qa.models.marks import asker_marks, hidden_sameness
from qa.models.question import Question

KEY_BYTES = 32
MAILS_COUNT: Final = timedelta(days=1)
Carry = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What the request keeps of its answer, from the answer without the number."""


@dataclass(frozen=True)
class Asking:
    """What is asked, checked and in its stored form; `owner` is the account that asks, if any.

    What is `named` must exist; a supplementary question names nothing anew. `proofs` are marks of what the account
    proved; they are judged and not kept.
    """

    asker_kind: AskerKind
    asker: Values
    owner: str | None
    topic: str
    agency: str | None
    procedure: str | None
    title: str
    text: str
    doubts: list[str]
    consent_name: bool
    sameness: str
    proofs: frozenset[str] = frozenset()
    follows: str | None = None
    named: bool = True


@dataclass(frozen=True)
class Birth:
    """A question that begins: what is asked, its row and clock, its fact, and the key that is told once."""

    asking: Asking
    row: Json
    clock: Json
    fact: OutboxRow
    key: str
    day: date

    @property
    def mailbox(self) -> str | None:
        """The mailbox of an asker without an account, which nobody proved."""
        return mailbox(email) if (email := self.row["asker_email"]) and self.asking.owner is None else None

    @property
    def answer(self) -> Json:
        """What the asker is told, but for the number."""
        return {
            "key": self.key,
            "account": self.asking.owner is not None,
            "asked_at": self.row["asked_at"],
            "due_at": self.row["due_at"],
            "warnings": self.asking.doubts,
        }

    def as_json(self, ring: Ring | None, carry: Carry | None, *, line: bool) -> str:
        """Return the record that the statement reads, with what says who somebody is sealed."""
        row, asking = self.row, self.asking
        named = {"named_agency": asking.agency, "named_procedure": asking.procedure} if asking.named else {}
        email, same = row["asker_email"], hidden_sameness(asking.sameness, ring)
        return orjson.dumps(
            {
                **sealed_columns(Question, row, f"question.{row['key_hash']}", ring),
                **named,
                **self._barred(ring),
                "asker_marks": asker_marks(asking.asker, ring),
                "sameness": same,
                "samenesses": [asking.sameness, same],
                "head": f"HD-{self.day.year}-",
                "day": self.day,
                "mail": email,
                "mail_mark": Question.asker_email.mark_of(ring, email and mailbox(email)),
                "sender_mark": Feedback.sender.mark_of(ring, email and mailbox(email)),
                "mails_since": row["asked_at"] - MAILS_COUNT,
                "clock_id": self.clock["id"],
                "ledger": self.clock["ledger"],
                "deed": Deed.ASKED,
                "event_id": self.fact.id,
                "event_type": self.fact.type,
                "routing_key": self.fact.routing_key,
                "envelope": orjson.Fragment(self.fact.envelope_json),
                "line": carried() if line else {},
                **(carry(self.answer) if carry else {}),
            },
            option=orjson.OPT_UTC_Z,
        ).decode()

    def _barred(self, ring: Ring | None) -> dict[str, list[str]]:
        """Return by what a decision may name the asker: in clear, and by its marks."""
        who = Known.of(self.asking.asker, self.asking.owner, self.asking.proofs)
        ways = (
            ("id_number", Bar.id_number, who.numbers),
            ("email", Bar.email, who.emails),
            ("phone", Bar.phone, who.phones),
        )
        told = {f"bar_{name}": sorted(said) for name, _, said in ways}
        marks = {
            f"bar_{name}_mark": [mark for one in said if (mark := column.mark_of(ring, one))]
            for name, column, said in ways
        }
        return {**told, **marks, "bar_proofs": sorted(who.proofs)}


def begun(asking: Asking, rules: QuestionRules, now: datetime) -> Birth:
    """Begin a question; outside working hours it counts as received at the next working hour.

    Source: TN Đ.15.3.a; R-QNA-01; R-QNA-10; R-QNA-11
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    clock = clock_values("", ClockKind.TRIAGE, "", rules.ledger(ClockKind.TRIAGE, now), rules)
    email, phone = contact_of(asking.asker)
    row = {
        "announced": 1,
        "state": State.ASKED,
        "key_hash": hashlib.sha256(key.encode()).hexdigest(),
        "owner": asking.owner,
        "account_gone": False,
        "asker_kind": asking.asker_kind,
        "asker": asking.asker,
        "asker_email": email,
        "asker_phone": phone,
        "asker_key": key if email and asking.owner is None else None,
        "consent_name": asking.consent_name,
        "topic": asking.topic,
        "asked_agency": asking.agency,
        "procedure": asking.procedure,
        "title": asking.title,
        "title_key": fold(asking.title),
        "text": asking.text,
        "doubts": asking.doubts,
        "follows": asking.follows,
        "asked_at": now,
        "returned_count": 0,
        "clock": ClockKind.TRIAGE,
        "clock_from": clock["started_at"],
        "due_at": clock["due_at"],
        "soon_at": clock["soon_at"],
        "interim": [],
        "line_count": 1,
        "version": 1,
    }
    return Birth(asking, row, clock, outbox_values(_fact(row), "qa"), key, local_day(now))


def _fact(row: Json) -> QuestionAsked:
    """Return the fact; its number and whom it is told stand in it once they are known."""
    return QuestionAsked(
        aggregate_id="",
        aggregate_version=row["announced"],
        agency=None,
        occurred_at=row["asked_at"],
        number="",
        state=row["state"],
        topic=row["topic"],
        owner=row["owner"],
        reachable=row["owner"] is None and row["asker_email"] is not None,
        asked_at=row["asked_at"],
        asked_agency=row["asked_agency"],
        due_at=row["due_at"],
        tell=(),
    )
