"""What everybody may read of a survey: once it is closed, in total and per agency, saying nobody."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as some
from qa.domain.rating import LEAST
from qa.domain.survey_figures import question_figures, sheet_count, tellable
from qa.domain.survey_form import QuestionKind, SurveyQuestion
from qa_stage import AGENCY, OTHER
from survey_stage import answers, citizens, closed, results, running

SCALE = SurveyQuestion("q1", QuestionKind.SCALE, "Hài lòng?", "", required=True)


async def filled(stage, *, here, there, visitors=False):
    """Let people answer about two agencies, with an account or without: marks in their order."""
    number = await running(stage)
    for place, (agency, grade) in enumerate([*((AGENCY, g) for g in here), *((OTHER, g) for g in there)]):
        values = {"q1": "1", "q3": str(grade), "q4": "Bí mật"}
        who = "nobody" if visitors else citizens(stage, place)
        assert (await answers(stage, number, place, who, agency=agency, values=values)).status_code == 204
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
    assert (told["taken"], told["with_account"], told["least"], told["results"]) == (11, 11, LEAST, True)
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


AGENCIES = some.sampled_from(["", "a", "b", "c", "d", "e"])


@given(some.dictionaries(AGENCIES, some.tuples(some.integers(0, 12), some.integers(0, 12))))
def test_r_sat_03_what_is_left_of_a_total_is_nobody_or_enough_whatever_was_made_up(made):
    proven = {agency: sure for agency, (sure, _) in made.items()}
    answered = {agency: sure + up for agency, (sure, up) in made.items()}
    told = tellable(answered, proven)
    assert "" not in told
    assert all(proven[agency] >= LEAST for agency in told)
    if told and sum(n for agency, n in answered.items() if agency not in told):
        assert sum(n for agency, n in proven.items() if agency not in told) >= LEAST


async def test_r_sat_03_whoever_makes_answers_up_learns_no_answer_of_the_one_who_gave_a_real_one(stage):
    number = await running(stage)
    for place, grade in enumerate((2, 1, 1, 1, 1)):
        values = {"q1": "1", "q3": str(grade)}
        assert (await answers(stage, number, place, agency=AGENCY, values=values)).status_code == 204
    await closed(stage, number)
    told = await results(stage, number)
    assert (told["taken"], told["with_account"]) == (5, None)
    shares = [share for one in told["questions"] for share in (one["total"], *one["agencies"])]
    assert [share["values"] for share in shares if share["values"]] == []


async def test_r_sat_03_a_consultation_of_many_visitors_is_told_in_total(stage):
    number = await filled(stage, here=(5,) * 20, there=(1,) * 10, visitors=True)
    await closed(stage, number)
    told = await results(stage, number)
    scale = next(one for one in told["questions"] if one["kind"] == "scale")
    assert (told["taken"], told["with_account"], scale["total"]["answered"]) == (30, None, 30)
    assert {one["answered"] for one in scale["agencies"]} == {None}


async def test_a_network_answers_without_an_account_so_often_in_an_hour(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.NETWORK", 2 / 1000)
    number = await running(stage)
    told = [(await answers(stage, number, place)).status_code for place in range(3)]
    assert told == [204, 204, 429]
    assert (await answers(stage, number, 4, who="asker")).status_code == 204
    await closed(stage, number)
    assert (await results(stage, number))["taken"] is None, "what was refused is not counted"


def test_r_sat_03_each_question_is_judged_by_who_answered_it():
    counts = {("a", "", ""): 9, ("b", "", ""): 9, ("a", "q1", ""): 9, ("b", "q1", ""): 2}
    counts |= {("a", "q1", "4"): 9, ("b", "q1", "1"): 2}
    [figure] = question_figures([SCALE], counts, accounts=True)
    assert sheet_count(counts) == 18
    assert [share.answered for share in figure.agencies] == [None, None], "b follows from a and the total"
    assert (figure.total.answered, figure.total.mean) == (11, 3.5)
