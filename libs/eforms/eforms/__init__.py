"""E-forms with one meaning: what a form asks, how answers are read, which of them count, what is wrong with them."""

from eforms.answers import boxes, read_answer, read_page, tidy, told_answer, written_answer
from eforms.applicants import answers_of_applicant, applicant_of, prefilled
from eforms.checking import answer_problem, form_problems, judge, page_problems
from eforms.definition import Choice, Form, Page, Question, Row
from eforms.likeness import taken_over
from eforms.linting import definition_problems, fields_of
from eforms.logic import Settled, asked_questions, settle
from eforms.reading import read_form, read_question
from eforms.texts import AnswerRefusedError, Problem, Text

__all__ = [
    "AnswerRefusedError",
    "Choice",
    "Form",
    "Page",
    "Problem",
    "Question",
    "Row",
    "Settled",
    "Text",
    "answer_problem",
    "answers_of_applicant",
    "applicant_of",
    "asked_questions",
    "boxes",
    "definition_problems",
    "fields_of",
    "form_problems",
    "judge",
    "page_problems",
    "prefilled",
    "read_answer",
    "read_form",
    "read_page",
    "read_question",
    "settle",
    "taken_over",
    "tidy",
    "told_answer",
    "written_answer",
]
