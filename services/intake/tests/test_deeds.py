"""What may be done with a dossier is a table of state, right and reach."""

from dataclasses import dataclass

import pytest
from intake.domain.deeds import DEEDS, Whereabouts, possible_deeds
from intake.domain.labels import state_tone
from intake.domain.life_cycle import TRANSITIONS
from regulation.queues import DESK as QUEUES
from regulation.states import State

DESK = "H42.101"


@dataclass(frozen=True)
class Who:
    """Somebody with roles."""

    roles: frozenset[str]
    subject: str = "o-1"
    scope: str | None = "agency"
    agency: str | None = DESK
    unit: str | None = "mot-cua"


def at(state: str, **more: object) -> Whereabouts:
    return Whereabouts(state, DESK, None, frozenset(("c-1",)), **more)  # type: ignore[arg-type]


OFFICER, LEADER = Who(frozenset({"desk_officer"})), Who(frozenset({"agency_head"}))
APPLICANT = Who(frozenset({"citizen"}), "c-1", None, None, None)
CHECK = ["checklist", "acceptance", "supplement-requests", "redirection", "refusal", "contact"]


@pytest.mark.parametrize(
    ("state", "who", "deeds"),
    [
        ("submitted", OFFICER, CHECK),
        ("supplement_requested", OFFICER, ["refusal", "contact"]),
        ("in_process", OFFICER, ["contact"]),
        ("result_ready", OFFICER, ["contact", "handover"]),
        ("rejected", OFFICER, ["contact", "handover"]),
        ("returned", OFFICER, []),
        ("refused", OFFICER, []),
        ("submitted", LEADER, ["supplement-requests"]),
        ("submitted", APPLICANT, ["result-channel"]),
        ("supplement_requested", APPLICANT, ["supplement-answer", "result-channel"]),
        ("result_ready", APPLICANT, []),
        ("redirected", APPLICANT, ["passing-on"]),
        ("redirected", OFFICER, []),
        ("submitted", Who(frozenset({"specialist"})), []),
        ("submitted", Who(frozenset({"desk_officer"}), agency="H42.15"), []),
        ("submitted", Who(frozenset({"citizen"}), "c-2", None, None, None), []),
        ("submitted", Who(frozenset({"auditor"}), scope="province"), []),
    ],
)
def test_deeds_follow_state_right_and_reach(state: str, who: Who, deeds: list[str]) -> None:
    assert possible_deeds(at(state), who) == deeds


def test_a_leader_is_asked_only_where_a_further_request_waits_for_the_word() -> None:
    assert "supplement-approval" in possible_deeds(at("submitted", needs_leader=True), LEADER)
    assert "supplement-approval" not in possible_deeds(at("submitted", needs_leader=True), OFFICER)


def test_under_scope_own_what_a_colleague_decided_stays_out() -> None:
    mine, theirs = (Whereabouts("submitted", DESK, who, frozenset()) for who in ("o-1", "o-2"))
    who = Who(frozenset({"desk_officer"}), scope="own")
    assert possible_deeds(mine, who) == CHECK
    assert possible_deeds(theirs, who) == []


def test_every_deed_is_possible_somewhere_and_every_state_has_a_list_and_a_tone() -> None:
    assert {action for action, _ in DEEDS.values()} <= {action for _, action in TRANSITIONS}
    assert sorted(state for queue in QUEUES.values() for state in queue.states) == sorted(State)
    assert {state_tone(state) for state in State} == {
        "new",
        "yours",
        "elsewhere",
        "negative",
        "signing",
        "done",
        "working",
    }
