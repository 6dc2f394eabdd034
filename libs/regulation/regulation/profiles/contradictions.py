"""Values of one profile that cannot both hold, each as a sentence with the keys that disagree."""

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from regulation.durations import Duration
from regulation.profiles.kinds import Value
from regulation.profiles.limits import Limit

Values = Mapping[str, Value]


class Contradiction(NamedTuple):
    """Keys that disagree, the sentence that says how, and the test that finds it."""

    keys: tuple[str, ...]
    sentence: str
    found: Callable[[Values], bool]


def _tokens(values: Values, key: str) -> frozenset[str]:
    listed = values[key]
    return (
        frozenset(token.partition("@")[0] for token in listed) if isinstance(listed, tuple) else frozenset()
    )


def _field(values: Values, key: str, name: str) -> object:
    record = values[key]
    return record.get(name) if isinstance(record, Mapping) else None


def _out_of_order(values: Values) -> bool:
    kinds = ("own", "cross_sector", "special_max")
    limits = [values[f"qna.answer_deadline.{kind}"] for kind in kinds]
    spans = [limit.duration for limit in limits if isinstance(limit, Limit) and limit.duration is not None]
    same_unit = len({span.unit for span in spans}) == 1
    return same_unit and _amounts(spans) != sorted(_amounts(spans))


def _amounts(spans: list[Duration]) -> list[Fraction]:
    return [span.amount for span in spans]


def _after_the_reform(values: Values) -> bool:
    since = values["regulation.effective_from"]
    return isinstance(since, dt.date) and since >= dt.date(2025, 7, 1)


CONTRADICTIONS: tuple[Contradiction, ...] = (
    Contradiction(
        ("qna.enabled", "feedback.channels"),
        "feedback arrives through questions and answers, which are off",
        lambda v: v["qna.enabled"] is False and "qna" in _tokens(v, "feedback.channels"),
    ),
    Contradiction(
        ("qna.feedback_in_qna", "qna.enabled"),
        "feedback is taken in questions and answers, which are off",
        lambda v: v["qna.feedback_in_qna"] is True and v["qna.enabled"] is False,
    ),
    Contradiction(
        ("feedback.channels", "qna.feedback_in_qna"),
        "one value lets feedback in through questions and answers, the other keeps it out",
        lambda v: ("qna" in _tokens(v, "feedback.channels")) is not (v["qna.feedback_in_qna"] is True),
    ),
    Contradiction(
        ("qna.answer_deadline.special_max", "qna.answer_deadline.cross_sector", "qna.answer_deadline.own"),
        "a harder kind of question has a shorter answer deadline",
        _out_of_order,
    ),
    Contradiction(
        ("scope.levels",),
        "the province level is missing",
        lambda v: "province" not in _tokens(v, "scope.levels"),
    ),
    Contradiction(
        ("scope.levels", "regulation.effective_from"),
        "there is no district level since 01/7/2025 (Luật 72/2025)",
        lambda v: _after_the_reform(v) and "district" in _tokens(v, "scope.levels"),
    ),
    Contradiction(
        ("accounts.initial_credential", "accounts.citizen_source"),
        "without local citizen accounts there is no initial secret to give",
        lambda v: (
            "local" not in _tokens(v, "accounts.citizen_source")
            and v["accounts.initial_credential"] != "none"
        ),
    ),
    Contradiction(
        ("accounts.first_login_change", "accounts.officer_source"),
        "without local officer accounts there is no password to change at first login",
        lambda v: (
            "local" not in _tokens(v, "accounts.officer_source") and v["accounts.first_login_change"] is True
        ),
    ),
    Contradiction(
        ("accounts.password_max_age_days",),
        "password ageing needs a number of days, and off has none",
        lambda v: (
            (_field(v, "accounts.password_max_age_days", "mode") == "off")
            is not (_field(v, "accounts.password_max_age_days", "days") is None)
        ),
    ),
    Contradiction(
        ("accounts.npd_commitment_required", "connectors.population_db"),
        "the population database is on and nobody has to sign the commitment",
        lambda v: v["connectors.population_db"] == "on" and v["accounts.npd_commitment_required"] is False,
    ),
    Contradiction(
        ("documents.signed",),
        "papers are listed exactly where their signature is required",
        lambda v: (
            (_field(v, "documents.signed", "mode") == "required")
            is not bool(_field(v, "documents.signed", "papers"))
        ),
    ),
    Contradiction(
        ("notifications.sms_with_each_paper", "notifications.channels"),
        "every paper is announced by SMS, which is no channel",
        lambda v: (
            v["notifications.sms_with_each_paper"] is True
            and "sms" not in _tokens(v, "notifications.channels")
        ),
    ),
    Contradiction(
        ("notifications.channels",),
        "the portal inbox is always a channel (R-NTF-01)",
        lambda v: "portal" not in _tokens(v, "notifications.channels"),
    ),
    Contradiction(
        ("fees.channels.l3", "fees.channels.l4", "catalog.level_scheme"),
        "services have levels 1 to 4 and a level has no fee channel",
        lambda v: (
            v["catalog.level_scheme"] == "levels_1_4"
            and None in {v["fees.channels.l3"], v["fees.channels.l4"]}
        ),
    ),
    Contradiction(
        ("fees.channels.any", "fees.channels.l4"),
        "there is no channel to pay a fee",
        lambda v: v["fees.channels.any"] is None and v["fees.channels.l4"] is None,
    ),
    Contradiction(
        ("fees.source", "connectors.procedure_db"),
        "fees come from the national procedure database, whose connection is off",
        lambda v: v["fees.source"] == "national_procedure_database" and v["connectors.procedure_db"] == "off",
    ),
    Contradiction(
        ("feedback.sync", "connectors.national_portal"),
        "feedback is exchanged with the national portal, whose connection is off",
        lambda v: (
            "national_portal" in _tokens(v, "feedback.sync") and v["connectors.national_portal"] == "off"
        ),
    ),
    Contradiction(
        ("portal.front_door", "connectors.national_portal", "accounts.citizen_source"),
        "citizens file on the national portal, whose connection or accounts are off",
        lambda v: (
            v["portal.front_door"] == "national_portal"
            and (
                v["connectors.national_portal"] != "on"
                or "electronic_identification" not in _tokens(v, "accounts.citizen_source")
            )
        ),
    ),
    Contradiction(
        ("post.loss_compensation", "post.intake"),
        "the post compensates a loss and takes no dossiers",
        lambda v: v["post.loss_compensation"] is True and v["post.intake"] == "off",
    ),
    Contradiction(
        ("ui.languages",),
        "Vietnamese is missing",
        lambda v: "vi" not in _tokens(v, "ui.languages"),
    ),
)
