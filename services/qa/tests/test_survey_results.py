"""What everybody may read of a survey: once it is closed, in total and per agency, saying nobody."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as some
from qa.domain.rating import LEAST
from qa.domain.survey_figures import question_figures, sheet_count, tellable
from qa.domain.survey_form import QuestionKind, SurveyQuestion
from qa_stage import AGENCY, OTHER
from survey_stage import answers, closed, results, running

SCALE = SurveyQuestion("q1", QuestionKind.SCALE, "Hài lòng?", "", required=True)


async def filled(stage, *, here, there):
    """Let people answer about two agencies: marks in their order."""
    number = await running(stage)
    for place, (agency, grade) in enumerate([*((AGENCY, g) for g in here), *((OTHER, g) for g in there)]):
        values = {"q1": "1", "q3": str(grade), "q4": "Bí mật"}
        assert (await answers(stage, number, place, agency=agency, values=values)).status_code == 204
    return number


async def test_r_sat_03_figures_are_told_in_total_and_per_agency_once_it_is_closed(stage):
    number = await filled(stage, here=(5, 5, 4, 4, 2), there=(1, 1, 1, 2, 5, 5))
    early = await stage.send("nobody", "GET", f"/surveys/{number}/results")
    assert (early.status_code, early.json()["code"]) == (404, "survey-results-not-told")
    running_one = (await stage.send("centre", "GET", f"/survey-desk/{number}")).json()
    assert running_one["taken"] is None, "a number that grows would tell when somebody answered"
    await closed(stage, number)
    told = await results(stage, number)
    scale = next(one for one in told["questions"] if one["kind"] == "scale")
    assert (told["taken"], told["least"], told["results"]) == (11, LEAST, True)
    assert (scale["total"]["answered"], scale["total"]["mean"]) == (11, 3.2)
    assert [(one["agency"], one["answered"], one["mean"]) for one in scale["agencies"]] == [
        (AGENCY, 5, 4.0),
        (OTHER, 6, 2.5),
    ]
    assert scale["agencies"][0]["values"] == {"1": 0, "2": 1, "3": 0, "4": 2, "5": 2}
    text = next(one for one in told["questions"] if one["kind"] == "short")
    assert (text["total"]["answered"], text["options"], text["total"]["values"]) == (11, [], {})


async def test_r_sat_03_no_agency_is_told_from_which_a_person_follows(stage):
    number = await filled(stage, here=(5, 5, 4, 4, 2, 3), there=(1, 1))
    await closed(stage, number)
    scale = next(one for one in (await results(stage, number))["questions"] if one["kind"] == "scale")
    assert scale["total"]["answered"] == 8
    assert [(one["answered"], one["values"], one["mean"]) for one in scale["agencies"]] == [
        (None, {}, None)
    ] * 2


async def test_r_sat_03_too_few_answers_are_no_result(stage):
    number = await filled(stage, here=(5, 5), there=(1, 1))
    await closed(stage, number)
    told = await results(stage, number)
    assert told["taken"] is None
    assert {one["total"]["answered"] for one in told["questions"]} == {None}
    assert (await stage.send("centre", "GET", f"/survey-desk/{number}")).json()["taken"] is None


async def test_r_sat_03_the_same_figures_open_in_a_spreadsheet(stage):
    number = await filled(stage, here=(5, 5, 4, 4, 2), there=(1, 1, 1, 2, 5, 5))
    await closed(stage, number)
    answer = await stage.send("nobody", "GET", f"/surveys/{number}/results.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert ["Bạn hài lòng đến đâu?", "Sở Tư pháp", "5 – cao nhất", "2", "5"] in rows
    assert ["Bạn hài lòng đến đâu?", "Tổng", "5 – cao nhất", "4", "11"] in rows
    assert not [row for row in rows if "Bí mật" in row]


@given(some.dictionaries(some.sampled_from(["", "a", "b", "c", "d", "e"]), some.integers(0, 12)))
def test_r_sat_03_what_is_left_of_a_total_is_nobody_or_enough(answered):
    told = tellable(answered)
    left = sum(n for agency, n in answered.items() if agency not in told)
    assert "" not in told
    assert all(answered[agency] >= LEAST for agency in told)
    assert not told or left == 0 or left >= LEAST


def test_r_sat_03_each_question_is_judged_by_who_answered_it():
    counts = {("a", "", ""): 9, ("b", "", ""): 9, ("a", "q1", ""): 9, ("b", "q1", ""): 2}
    counts |= {("a", "q1", "4"): 9, ("b", "q1", "1"): 2}
    [figure] = question_figures([SCALE], counts)
    assert sheet_count(counts) == 18
    assert [share.answered for share in figure.agencies] == [None, None], "b follows from a and the total"
    assert (figure.total.answered, figure.total.mean) == (11, 3.5)
