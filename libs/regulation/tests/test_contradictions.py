"""Each contradiction between two values of a profile is found, and its line is named."""

from pathlib import Path

import pytest
from regulation.profiles import NAMES, ProfileRefusedError, load, load_file
from regulation.profiles.contradictions import CONTRADICTIONS
from regulation.profiles.loading import default_leaves
from regulation.profiles.schema import REQUIRED

REQUIRED_TEXT = {
    "regulation.number": "30/2019/QĐ-UBND",
    "regulation.effective_from": "2019-09-15",
    "contacts.hotline": "'1900'",
    "contacts.address": "Số 1",
    "contacts.phone": "'1900'",
    "contacts.email": "a@b.example",
    "domains.citizen": "thu.example",
}

# The values that contradict one another, and a piece of the sentence that must be said of them.
CASES: list[tuple[dict[str, str], str]] = [
    ({"qna.enabled": "false", "feedback.channels": "[qna]"}, "arrives through questions and answers"),
    ({"qna.enabled": "false", "qna.feedback_in_qna": "true"}, "feedback is taken in questions"),
    ({"qna.feedback_in_qna": "true"}, "the other keeps it out"),
    ({"feedback.channels": "[qna, email]"}, "the other keeps it out"),
    ({"qna.answer_deadline.own": "6 wd"}, "shorter answer deadline"),
    ({"scope.levels": "[commune]"}, "province level is missing"),
    ({"regulation.effective_from": "2025-07-01"}, "no district level since"),
    ({"accounts.citizen_source": "[national_portal]"}, "no initial secret"),
    ({"accounts.officer_source": "[provincial_sso]"}, "no password to change"),
    ({"accounts.password_max_age_days": "{mode: enforce, days: null}"}, "needs a number of days"),
    ({"accounts.password_max_age_days": "{mode: 'off', days: 90}"}, "needs a number of days"),
    (
        {"connectors.population_db": "'on'", "accounts.npd_commitment_required": "false"},
        "nobody has to sign",
    ),
    ({"documents.signed": "{mode: required, papers: []}"}, "papers are listed exactly"),
    ({"documents.signed": "{mode: optional, papers: [receipt]}"}, "papers are listed exactly"),
    (
        {"notifications.sms_with_each_paper": "true", "notifications.channels": "[portal]"},
        "announced by SMS",
    ),
    ({"notifications.channels": "[sms]"}, "portal inbox is always"),
    ({"catalog.level_scheme": "levels_1_4", "fees.channels.l3": "null"}, "a level has no fee channel"),
    ({"fees.channels.l4": "null"}, "no channel to pay"),
    ({"fees.source": "national_procedure_database"}, "fees come from the national"),
    ({"feedback.sync": "[national_portal]"}, "exchanged with the national portal"),
    ({"portal.front_door": "national_portal"}, "citizens file on the national portal"),
    (
        {"portal.front_door": "national_portal", "connectors.national_portal": "'on'"},
        "citizens file on the national portal",
    ),
    ({"post.loss_compensation": "true", "post.intake": "'off'"}, "the post compensates"),
    ({"ui.languages": "[en]"}, "Vietnamese is missing"),
]


def write(path: Path, values: dict[str, str]) -> Path:
    """Write a profile of flat leaves as nested YAML, one leaf per line."""
    lines: list[str] = []
    seen: set[str] = set()
    for key, value in sorted((REQUIRED_TEXT | values).items()):
        groups = key.split(".")
        for depth in range(1, len(groups)):
            if (above := ".".join(groups[:depth])) not in seen:
                seen.add(above)
                lines.append(f"{'  ' * (depth - 1)}{groups[depth - 1]}:")
        lines.append(f"{'  ' * (len(groups) - 1)}{groups[-1]}: {{value: {value}, source: NB Đ.1}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_bare_profile_holds_and_takes_the_default_title(tmp_path: Path) -> None:
    profile = load_file(write(tmp_path / "thu.yaml", {}))
    assert (profile.vi, profile.en) == ("thu", "thu")
    assert set(REQUIRED_TEXT) == REQUIRED
    assert profile.get("qna.enabled") != default_leaves()["qna.enabled"]


@pytest.mark.parametrize(("values", "sentence"), CASES, ids=[" ".join(values) for values, _ in CASES])
def test_values_that_cannot_both_hold_are_refused(
    tmp_path: Path, values: dict[str, str], sentence: str
) -> None:
    path = write(tmp_path / "thu.yaml", values)
    with pytest.raises(ProfileRefusedError) as refused:
        load_file(path)
    found = next(one for one in refused.value.problems if sentence in one.what)
    assert found.what.startswith("contradiction of ")
    named = path.read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert found.key.rpartition(".")[2] in named


def test_answer_deadlines_in_different_units_are_not_compared(tmp_path: Path) -> None:
    profile = load_file(write(tmp_path / "thu.yaml", {"qna.answer_deadline.own": "24 h"}))
    assert str(profile.limit("qna.answer_deadline.own")) == "24 h"


def test_every_contradiction_was_seen_once() -> None:
    assert all(any(piece in one.sentence for _, piece in CASES) for one in CONTRADICTIONS)


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_profile_contradicts_itself(name: str) -> None:
    values = {key: leaf.value for key, leaf in load(name).leaves.items()}
    assert [one.sentence for one in CONTRADICTIONS if one.found(values)] == []
