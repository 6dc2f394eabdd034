"""Arranges a published procedure for reading: limits and fees side by side per case and channel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.domain.texts import named

CHANNELS = ("online", "counter", "post")
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Term:
    """The time limit and the fee of one case through the channels that share them."""

    case: str
    channels: tuple[str, ...]
    limit: str
    unsure: bool
    amount: int | None
    fee_note: str
    fee_status: str


@dataclass(frozen=True)
class Facts:
    """The table of a procedure and whether it is the same for everybody."""

    terms: tuple[Term, ...]
    has_cases: bool
    online: bool


def facts(procedure: Json, lang: str) -> Facts:
    """Lay limits and fees out per case and channel; an entry without case or channel covers all of them.

    Source: TN Đ.6.2; R-CAT-05
    """
    cases = [(str(c["id"]), named(c, "name", lang)[0]) for c in procedure.get("cases") or ()] or [("", "")]
    terms: list[Term] = []
    for case, name in cases:
        for channel in CHANNELS:
            limit = _closest(procedure.get("limits") or (), case, channel)
            fee = _closest(procedure.get("fees") or (), case, channel)
            if limit or fee:
                _add(terms, _term(name, channel, limit or {}, fee or {}, lang))
    offers = procedure.get("offers") or ()
    online = bool(procedure.get("eform")) and any("submit" in offer.get("actions", ()) for offer in offers)
    return Facts(tuple(terms), len(cases) > 1, online and procedure.get("state") != "repealed")


def _add(terms: list[Term], term: Term) -> None:
    for place, known in enumerate(terms):
        if replace(known, channels=()) == replace(term, channels=()):
            terms[place] = replace(known, channels=known.channels + term.channels)
            return
    terms.append(term)


def _term(case: str, channel: str, limit: Json, fee: Json, lang: str) -> Term:
    return Term(
        case=case,
        channels=(channel,),
        limit=named(limit, "text", lang)[0],
        unsure=bool(limit) and not limit.get("amount"),
        amount=fee.get("amount"),
        fee_note=named(fee, "note", lang)[0],
        fee_status=str(fee.get("status") or ""),
    )


def _closest(entries: Any, case: str, channel: str) -> Json | None:
    fitting = [
        e
        for e in entries
        if (e.get("case") or "") in (case, "") and (e.get("channel") or "") in (channel, "")
    ]
    return max(fitting, key=lambda e: (bool(e.get("case")), bool(e.get("channel"))), default=None)
