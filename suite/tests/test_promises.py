"""The page of promises: each leads to a test, each runbook to whoever carried it out."""

import pytest
from suite.check.asvs import ClaimError
from suite.check.promises import PAGE, Told, alerts, carried_out, page, proven, read_promises, written
from suite.run.places import checkout

KNOWN = {
    "R13": Told("who stood still acts on nothing", ("test_old",), ""),
    "R24": Told("a slow supplier is left", (), "there is one"),
}
OLD = ("test_old", "tests/test_a.py")


def test_a_test_proves_what_it_is_named_after() -> None:
    found = proven(
        KNOWN, [OLD, ("test_r13_new", "tests/test_b.py"), ("test_r_ops_02_rows", "tests/test_c.py")]
    )
    assert found == {"R13": ["tests/test_a.py::test_old", "tests/test_b.py::test_r13_new"], "R24": []}


@pytest.mark.parametrize(
    ("tests", "says"), [([], "test_old"), ([OLD, ("test_r99_x", "tests/test_b.py")], "R99")]
)
def test_what_leads_nowhere_is_refused(tests: list[tuple[str, str]], says: str) -> None:
    with pytest.raises(ClaimError, match=says):
        proven(KNOWN, tests)


def test_a_runbook_is_carried_out_by_the_test_named_after_its_alert() -> None:
    tests = [("test_runbook_joblate_a_worker_is_ended", "tests/test_a.py")]
    found = carried_out(("JobLate", "DiskFull"), tests)
    assert found == {"JobLate": ["tests/test_a.py::test_runbook_joblate_a_worker_is_ended"], "DiskFull": []}
    with pytest.raises(ClaimError, match="joblate"):
        carried_out(("DiskFull",), tests)


def test_what_no_test_proves_is_not_claimed() -> None:
    told = page(KNOWN, {"R13": ["a::b"], "R24": []}, {"JobLate": []})
    assert "**1 of 2 promises, 0 of 1 runbooks.**" in told
    assert "| R24 | a slow supplier is left | not claimed: there is one |" in told
    assert "| JobLate | nobody yet |" in told


def test_words_tests_and_reasons_are_told_apart() -> None:
    found = read_promises("R1: [kept, test_a, test_b]\nR2: [told, not yet built]")
    assert found == {"R1": Told("kept", ("test_a", "test_b"), ""), "R2": Told("told", (), "not yet built")}
    assert alerts("groups: [{rules: [{alert: A}, {alert: B}]}]") == ("A", "B")


def test_the_page_says_what_the_tests_prove() -> None:
    assert (checkout() / PAGE).read_text("utf-8") == written(checkout())
